import type { RevisionGraph } from '../../revisions/nodes.ts'
import { planUpgrade, type Step } from '../../revisions/plan.ts'

/** One of the orders in which databases may have run the branches of a merge. */
export interface Order {
  /** The merged revisions as they are reached, one after the other. */
  readonly branches: readonly string[]
  readonly steps: readonly Step[]
}

/**
 * The orders that matter: every branch comes first once, with the others behind it in a ring, so that
 * of any two branches each runs before the other. Where dependencies leave no choice there is one.
 */
export function mergeOrders(graph: RevisionGraph, branches: readonly string[]): Order[] {
  const orders = new Map<string, Order>()
  for (const first of branches.keys()) {
    const order = orderOf(graph, [...branches.slice(first), ...branches.slice(0, first)])
    const key = order.steps.map(({ revision }) => revision.id).join(' ')
    if (!orders.has(key)) orders.set(key, order)
  }
  return [...orders.values()]
}

/** From base, what one branch needs, then what the next one needs beside that, and so on. */
function orderOf(graph: RevisionGraph, branches: readonly string[]): Order {
  const steps: Step[] = []
  let rows: readonly string[] = []
  for (const branch of branches) {
    const plan = planUpgrade(graph, rows, [branch])
    steps.push(...plan.steps)
    rows = plan.headsAfter
  }
  return { branches, steps }
}

/** The revisions that all orders begin with. */
export function beginsAlike(orders: readonly Order[]): ReadonlySet<string> {
  const [first, ...others] = orders.map(({ steps }) => steps.map(({ revision }) => revision.id))
  const end = first!.findIndex((id, place) => others.some(other => other[place] !== id))
  return new Set(end < 0 ? first : first!.slice(0, end))
}
