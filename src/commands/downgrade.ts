import { LimbeckError } from '../errors.ts'
import { planDowngrade } from '../revisions/plan.ts'
import type { DowngradeInput } from './inputs.ts'
import { move } from './move.ts'
import { parseRoute, startHeads } from './offline-range.ts'
import type { DowngradeResult } from './results.ts'

/** Runs the downgrades from where the database is to a revision, which stays; `base` undoes everything. */
export async function downgrade(input: DowngradeInput): Promise<DowngradeResult> {
  const isOffline = input.sql ?? false
  const { from, to } = parseRoute(input.revision, isOffline)
  if (isOffline && from === undefined) throw startMissing(to)
  return move(input, {
    isOffline,
    argument: { start: from, destination: to },
    startHeads: ({ graph }) => startHeads(graph, from),
    plan: ({ graph }, heads) => planDowngrade(graph, heads, to),
  })
}

function startMissing(to: string): LimbeckError {
  return new LimbeckError(
    'RANGE_REQUIRED',
    'downgrade --sql needs to know where it starts, since no database is asked.',
    { facts: { argument: to }, hint: `Write from:to, such as head:${to}.` },
  )
}
