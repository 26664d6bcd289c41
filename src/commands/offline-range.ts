import { LimbeckError } from '../errors.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import type { Plan } from '../revisions/plan.ts'
import { resolveRevisions } from '../revisions/resolve.ts'

/** The ends of a revision argument: `to`, or with `--sql` `from:to`. */
export interface Route {
  readonly from: string | undefined
  readonly to: string
}

/** Reads a revision argument. A range only means something where no database says where it starts. */
export function parseRoute(text: string, isOffline: boolean): Route {
  const ends = text.split(':')
  const [from = '', to = ''] = ends
  if (ends.length === 1) return { from: undefined, to: from }
  if (ends.length > 2 || to === '') throw notARange(text)
  if (isOffline) return { from: from || undefined, to }
  throw new LimbeckError('RANGE_NEEDS_SQL', `The range ${text} is only possible with --sql.`, {
    facts: { argument: text },
    hint: `A database knows where it starts: name the destination alone, ${to}.`,
  })
}

function notARange(text: string): LimbeckError {
  return new LimbeckError('REVISION_RANGE_INVALID', `'${text}' is not a range of revisions.`, {
    facts: { argument: text },
    hint: 'Write from:to, such as base:head.',
  })
}

/** The version rows that an offline script starts from; none where it starts at base. */
export function startHeads(graph: RevisionGraph, from: string | undefined): readonly string[] {
  return from === undefined ? [] : resolveRevisions(graph, from).map(node => node.id)
}

/** Refuses a range whose ends were swapped: no upgrade leads from one to the other. */
export function expectUpwards(graph: RevisionGraph, { from, to }: Route, plan: Plan): Plan {
  if (from === undefined || plan.steps.length > 0) return plan
  const ends = new Set(startHeads(graph, to))
  if (plan.headsBefore.every(id => ends.has(id))) return plan
  throw new LimbeckError('REVISION_RANGE_INVALID', `No upgrade leads from ${from} to ${to}.`, {
    facts: { argument: `${from}:${to}` },
    hint: `Write the older revision first, or go down: \`limbeck downgrade ${from}:${to} --sql\`.`,
  })
}
