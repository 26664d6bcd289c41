import { planUpgrade } from '../revisions/plan.ts'
import type { UpgradeInput } from './inputs.ts'
import { move } from './move.ts'
import { expectUpwards, parseRoute, startHeads } from './offline-range.ts'
import type { UpgradeResult } from './results.ts'

/** Runs the upgrades between where the database is and a revision; with `sql`, gives them as a script. */
export async function upgrade(input: UpgradeInput): Promise<UpgradeResult> {
  const isOffline = input.sql ?? false
  const route = parseRoute(input.revision, isOffline)
  return move(input, {
    isOffline,
    startHeads: ({ graph }) => startHeads(graph, route.from),
    plan: ({ graph }, heads) => expectUpwards(graph, route, planUpgrade(graph, heads, route.to)),
  })
}
