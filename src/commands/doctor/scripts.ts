import type { Verdict } from '../../dialects/health.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { counted, fewOf } from '../../text/sentences.ts'

/** The revision files and the graph that they make. */
export function scriptsVerdict({ graph, byId }: Scripts): Verdict {
  const heads = graph.heads.map(({ id }) => id)
  if (byId.size === 0)
    return {
      status: 'note',
      message: 'There are no revisions yet.',
      fix: 'limbeck revision --autogenerate -m "…"',
    }
  const count = counted(byId.size, 'revision')
  if (heads.length > 1)
    return {
      status: 'warning',
      message: `${count} with ${heads.length} heads: ${fewOf(heads)}.`,
      fix: 'Where they are not meant to stay apart: `limbeck merge heads`, or `limbeck rebase`. `limbeck upgrade heads` moves along all.',
    }
  return { status: 'ok', message: `${count}; the head is ${heads[0]}.` }
}
