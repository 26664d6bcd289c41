import type { Scripts } from '../environment/scripts.ts'
import { type Plan, planUpgrade } from '../revisions/plan.ts'
import { resolveRows } from '../revisions/resolve.ts'
import { upgradeTargets } from '../revisions/targets.ts'
import { warnOfEdited } from './edited.ts'
import type { UpgradeInput } from './inputs.ts'
import { move } from './move.ts'
import { expectUpwards, parseRoute, startHeads } from './offline-range.ts'
import type { UpgradeResult } from './results/move.ts'
import { staysAt } from './stays.ts'

/** Runs the upgrades between where the database is and a revision; with `sql`, gives them as a script. */
export async function upgrade(input: UpgradeInput): Promise<UpgradeResult> {
  const isOffline = input.sql ?? false
  const route = parseRoute(input.revision ?? 'head', isOffline)
  return move(input, {
    isOffline,
    argument: { start: route.from, destination: route.to },
    startHeads: ({ graph }) => startHeads(graph, route.from),
    plan: ({ graph }, heads) => expectUpwards(graph, route, planUpgrade(graph, heads, route.to)),
    beforePlan: warnOfEdited,
    remark: (scripts, plan) => (isOffline ? undefined : whyNothing(scripts, plan, route.to)),
  })
}

/** Says that, and where, a database stays: to have asked for something below it may be a slip. */
function whyNothing({ graph }: Scripts, plan: Plan, to: string): string | undefined {
  const { steps, headsBefore } = plan
  if (steps.length > 0) return undefined
  if (graph.heads.length === 0) return 'Nothing to do: there are no revisions.'
  const targets = upgradeTargets(graph, resolveRows(graph, headsBefore), to)
  const passed = targets.filter(({ id }) => !headsBefore.includes(id))
  const isPast = passed.some(node => node.nextRevisions.length > 0)
  const below =
    targets.length === 0 && headsBefore.length > 0 ? ['base'] : passed.map(({ id }) => id)
  if (below.length === 0) return staysAt(plan)
  const at = headsBefore.join(', ')
  const hint = isPast || below[0] === 'base' ? ` \`limbeck downgrade ${to}\` goes down.` : ''
  return `Nothing to do: the database is past ${below.join(', ')}, at ${at}.${hint}`
}
