import type { GraphVector, StepAnswer } from './vector.ts'
import { listOf } from './vector.ts'

/**
 * A second, plain reading of a vector's graph, which shares nothing with the product: the laws and
 * the differences are judged by it.
 */
export interface PlainGraph {
  readonly ids: readonly string[]
  /** Everything a revision follows or depends on directly. */
  readonly parents: ReadonlyMap<string, readonly string[]>
  /** What a revision follows directly. */
  readonly follows: ReadonlyMap<string, readonly string[]>
  /** A name that stands for a revision in the files: an id, or a label. */
  readonly named: ReadonlyMap<string, string>
  /** What is wrong with the files, in the vectors' categories. */
  readonly defects: ReadonlySet<string>
}

export function readPlainly({ revisions }: Pick<GraphVector, 'revisions'>): PlainGraph {
  const named = new Map<string, string>()
  const defects = new Set<string>()
  for (const { id } of revisions) {
    if (named.has(id)) defects.add('duplicate-revision')
    if (/[@+:-]/.test(id) || reserved.includes(id)) defects.add('illegal-revision-id')
    named.set(id, id)
  }
  for (const { id, labels } of revisions) {
    for (const label of labels) {
      if (named.has(label)) defects.add('duplicate-label')
      named.set(label, id)
    }
  }
  const parents = new Map<string, string[]>()
  const follows = new Map<string, string[]>()
  for (const { id, down, dependsOn } of revisions) {
    const before = [...listOf(down), ...dependsOn.map(name => named.get(name) ?? name)]
    if (
      before.some(name => !named.has(name)) ||
      listOf(down).some(name => named.get(name) !== name)
    ) {
      defects.add('missing-revision')
    }
    if (listOf(down).includes(id)) defects.add('self-loop')
    else if (before.includes(id)) defects.add('dependency-self-loop')
    parents.set(id, before)
    follows.set(id, [...listOf(down)])
  }
  if (hasCycle(follows)) defects.add('cycle')
  if (hasCycle(parents)) defects.add('dependency-cycle')
  return { ids: [...parents.keys()], parents, follows, named, defects }
}

const reserved = ['head', 'heads', 'base', 'current']

/** Takes away whatever has nothing below it until nothing changes; what is left goes in circles. */
function hasCycle(parents: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Map(parents)
  for (let before = -1; before !== left.size; ) {
    before = left.size
    for (const [id, below] of left) if (!below.some(name => left.has(name))) left.delete(id)
  }
  return left.size > 0
}

/** The ids and all they need. */
export function withAncestors(graph: PlainGraph, ids: readonly string[]): Set<string> {
  const all = new Set(ids)
  for (const id of all) for (const parent of graph.parents.get(id) ?? []) all.add(parent)
  return all
}

/** The members of a set that no other member needs. */
export function tips(graph: PlainGraph, set: ReadonlySet<string>): string[] {
  const needed = new Set([...set].flatMap(id => graph.parents.get(id) ?? []))
  return [...set].filter(id => !needed.has(id)).sort()
}

/** Rows that say nothing, because another row needs them. */
export function superfluousRows(graph: PlainGraph, rows: readonly string[]): string[] {
  const said = tips(graph, withAncestors(graph, rows))
  return rows.filter(id => !said.includes(id))
}

/** The rows after each step. */
export function rowsAfterSteps(rows: readonly string[], steps: readonly StepAnswer[]): string[][] {
  const states: string[][] = []
  let now = [...rows]
  for (const { deletes, inserts, updates } of steps) {
    const gone = [...deletes, ...updates.map(([from]) => from)]
    now = [...now.filter(id => !gone.includes(id)), ...inserts, ...updates.map(([, to]) => to)]
    states.push(now)
  }
  return states
}

/** The rows where these are applied: the tips, and what was superfluous at the start as long as it is. */
export function rowsWhen(
  graph: PlainGraph,
  applied: ReadonlySet<string>,
  atStart: readonly string[],
): string[] {
  const superfluous = superfluousRows(graph, atStart).filter(id => applied.has(id))
  return [...new Set([...tips(graph, applied), ...superfluous])].sort()
}

/**
 * What must hold of any plan: nothing runs before what it needs, nothing twice, and the rows after
 * each step are the tips of what is applied. Returns what does not.
 */
export function brokenLaws(
  graph: PlainGraph,
  rows: readonly string[],
  steps: readonly StepAnswer[],
  headsAfter: readonly string[],
): string[] {
  const broken: string[] = []
  const applied = withAncestors(graph, rows)
  const states = rowsAfterSteps(rows, steps)
  steps.forEach(({ op, rev }, index) => {
    const needs = graph.parents.get(rev) ?? []
    if (op === 'upgrade') {
      if (applied.has(rev)) broken.push(`${rev} is applied already`)
      if (needs.some(id => !applied.has(id))) broken.push(`${rev} runs before what it needs`)
      applied.add(rev)
    } else {
      applied.delete(rev)
      const needing = [...applied].filter(id => graph.parents.get(id)?.includes(rev))
      if (needing.length > 0) broken.push(`${rev} goes while ${needing} needs it`)
    }
    const expected = rowsWhen(graph, applied, rows)
    const found = [...states[index]!].sort()
    if (String(expected) !== String(found)) broken.push(`after ${rev}: ${found}, not ${expected}`)
  })
  const last = [...(states.at(-1) ?? rows)].sort()
  if (String(last) !== String([...headsAfter].sort())) broken.push('headsAfter is something else')
  return broken
}
