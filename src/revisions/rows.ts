import { LimbeckError } from '../errors.ts'
import type { RevisionNode } from './nodes.ts'
import { ancestorsOf } from './traversal.ts'

/** What one step does to the version table, to be executed in this order. */
export interface RowChanges {
  readonly deletes: readonly string[]
  readonly inserts: readonly string[]
  /** Pairs of the old id and the new one. */
  readonly updates: readonly (readonly [from: string, to: string])[]
}

const none = { deletes: [], inserts: [], updates: [] } satisfies RowChanges

/** The row changes of plain moves: `from` rows become the `to` row, reusing one of them. */
export function replaceRows(from: readonly string[], to: string): RowChanges {
  const last = from.at(-1)
  if (last === undefined) return { ...none, inserts: [to] }
  return { ...none, deletes: from.slice(0, -1), updates: [[last, to]] }
}

/** The row changes when `node` is upgraded to: it takes the place of those parents that have rows. */
export function upgradeRows(node: RevisionNode, rows: readonly string[]): RowChanges {
  const parents = node.parents.map(parent => parent.id).filter(id => rows.includes(id))
  return replaceRows(parents, node.id)
}

/**
 * The row changes when `node`, until now a tip of what is applied, is undone: those of its parents
 * that become tips get rows, unless they have one.
 */
export function downgradeRows(
  node: RevisionNode,
  rows: readonly string[],
  applied: ReadonlySet<RevisionNode>,
): RowChanges {
  const isTip = (parent: RevisionNode) =>
    !parent.allNextRevisions.some(next => next !== node && applied.has(next))
  const tips = node.parents.filter(isTip).map(tip => tip.id)
  const missing = tips.filter(id => !rows.includes(id))
  const last = missing.at(-1)
  if (last === undefined) return { ...none, deletes: [node.id] }
  return { ...none, inserts: missing.slice(0, -1), updates: [[node.id, last]] }
}

/** The rows after the changes; each update and delete must find exactly one row. */
export function applyRowChanges(rows: readonly string[], changes: RowChanges): string[] {
  const after = [...rows]
  for (const id of changes.deletes) after.splice(placeOf(after, id), 1)
  after.push(...changes.inserts)
  for (const [from, to] of changes.updates) after[placeOf(after, from)] = to
  return after
}

function placeOf(rows: readonly string[], id: string): number {
  const found = rows.filter(row => row === id).length
  if (found === 1) return rows.indexOf(id)
  throw new LimbeckError(
    'VERSION_ROWS_UNEXPECTED',
    `The version table should hold '${id}' once, and holds it ${found} times.`,
    {
      facts: { revision: id, found, rows },
      hint: '`limbeck stamp --purge <revision>` writes the rows anew.',
    },
  )
}

/** Refuses revisions of which one comes before another: together they say nothing more than the later. */
export function assertNoOverlap(nodes: readonly RevisionNode[], what: string): void {
  const below = ancestorsOf(nodes.flatMap(node => node.parents))
  if (!nodes.some(node => below.has(node))) return
  for (const node of nodes) {
    const ancestors = ancestorsOf(node.parents)
    const overlapping = nodes.filter(other => ancestors.has(other))
    if (overlapping.length > 0) throw overlapError(node, overlapping, what)
  }
}

function overlapError(
  node: RevisionNode,
  overlapping: readonly RevisionNode[],
  what: string,
): LimbeckError {
  const ids = overlapping.map(other => other.id)
  return new LimbeckError(
    'REVISIONS_OVERLAP',
    `${what} ${node.id} already contains ${ids.join(', ')}.`,
    {
      facts: { revision: node.id, contains: ids },
      hint: 'Leave out the earlier one; `limbeck stamp --purge` mends a version table.',
    },
  )
}
