import { LimbeckError } from '../errors.ts'
import { planStamp } from '../revisions/stamp.ts'
import type { StampInput } from './inputs.ts'
import { move } from './move.ts'
import { parseRoute, startHeads } from './offline-range.ts'
import type { StampResult } from './results/move.ts'
import { nothingToDo } from './stays.ts'

/** Writes version rows as if the revisions had just been reached, and runs nothing. */
export async function stamp(input: StampInput): Promise<StampResult> {
  const { sql = false, purge = false } = input
  if (input.accept) return (await import('./accept-scripts.ts')).acceptScripts(input)
  if (sql && purge)
    throw new LimbeckError('PURGE_OFFLINE', 'stamp --purge is not possible with --sql.', {
      hint: 'Purge on a live database, or leave one of the two out.',
    })
  const routes = input.revisions.map(text => parseRoute(text, sql))
  const [from, ...others] = new Set(routes.map(route => route.from))
  if (others.length > 0)
    throw new LimbeckError(
      'RANGE_STARTS_DIFFER',
      'The ranges of one stamp must share their start.',
      {
        facts: { arguments: input.revisions },
      },
    )
  const targets = routes.map(route => route.to)
  return move(input, {
    isOffline: sql,
    argument: { start: from, destination: targets },
    startHeads: ({ graph }) => startHeads(graph, from),
    plan: ({ graph }, heads) => planStamp(graph, purge ? [] : heads, targets),
    remark: (_, plan) => (sql || purge ? undefined : nothingToDo(plan)),
    before: ({ versionTable }) => (purge ? [versionTable.deleteAllStatement()] : []),
  })
}
