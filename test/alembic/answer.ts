import { LimbeckError } from '../../src/errors.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import {
  branchPoints,
  history,
  parseRange,
  revisionsBetween,
  revisionsToUndo,
} from '../../src/revisions/history.ts'
import { placeRevision } from '../../src/revisions/new-revision.ts'
import {
  isBase,
  isBranchPoint,
  isHead,
  isMergePoint,
  isRealBase,
  isRealBranchPoint,
  isRealHead,
  type RevisionGraph,
  type RevisionNode,
} from '../../src/revisions/nodes.ts'
import { type Plan, planDowngrade, planUpgrade, type Step } from '../../src/revisions/plan.ts'
import {
  resolveRevision,
  resolveRevisions,
  resolveRows,
  type Target,
} from '../../src/revisions/resolve.ts'
import { planStamp } from '../../src/revisions/stamp.ts'
import { currentRevisions } from '../../src/revisions/traversal.ts'
import { fileNameOf } from '../../src/scripts/file-names.ts'
import { categoryOf } from './categories.ts'
import { type Answer, type GraphVector, listOf, toRevision, type VectorCommand } from './vector.ts'

/** What limbeck answers, in the vectors' shape: without undefined keys, as JSON has none. */
export function answerOf(vector: GraphVector): Answer {
  return JSON.parse(JSON.stringify(answered(vector))) as Answer
}

function answered(vector: GraphVector): Answer {
  try {
    const graph = buildGraph(vector.revisions.map(toRevision))
    return answers[vector.command.kind]!(graph, vector.command, vector.heads)
  } catch (error) {
    if (error instanceof LimbeckError) {
      const { code, message } = error
      return { error: { category: categoryOf(code), message } }
    }
    throw error
  }
}

type Answerer = (graph: RevisionGraph, command: VectorCommand, rows: readonly string[]) => Answer

const answers: Record<string, Answerer> = {
  upgrade: (graph, command, rows) =>
    moved(command, rows, (from, to) => planUpgrade(graph, atRows(graph, from), to)),
  downgrade: (graph, command, rows) =>
    moved(command, rows, (from, to) => planDowngrade(graph, atRows(graph, from), to)),
  stamp: (graph, command, rows) => stamped(graph, command, rows),
  history: (graph, command, rows) => {
    const range = typeof command.target === 'string' ? parseRange(command.target) : {}
    const revs = ids(history(graph, range, ids(resolveRows(graph, rows))))
    const current = revs.filter(id => rows.includes(id))
    return command.indicateCurrent ? { revs, current } : { revs }
  },
  heads: (graph, command) => ({
    revs: ids(command.resolveDependencies ? graph.realHeads : graph.heads),
  }),
  bases: graph => ({ revs: ids(graph.bases) }),
  branches: graph => ({
    branches: branchPoints(graph).map(node => ({
      rev: node.id,
      children: ids(node.nextRevisions).sort(),
    })),
  }),
  current: (graph, command, rows) => {
    const shown = currentRevisions(graph, resolveRows(graph, rows))
    const atHeads = graph.heads.every(head => shown.includes(head))
    if (command.checkHeads && !atHeads) return { error: { category: 'not-at-head' } }
    return { revs: ids(shown).sort() }
  },
  resolve: (graph, command) => {
    const { target } = command
    if (!command.single) return { revs: ids(resolveRevisions(graph, target as Target)) }
    const node = resolveRevision(graph, target as string)
    return { revs: node ? [node.id] : [] }
  },
  describe: graph => describe(graph),
  fact: (graph, command) => facts[command.fact!]!(graph),
  iterate: (graph, command) => {
    const { upper, lower, inclusive, implicitBase } = command
    const options = { inclusive, implicitBase, clip: false }
    const ends = [upper ?? 'base', lower ?? 'base'] as const
    if (!command.forDowngrade) return { revs: ids(revisionsBetween(graph, ...ends, options)) }
    return { revs: ids(revisionsToUndo(graph, ends[0], ends[1] as string, options)) }
  },
  revision: (graph, command) => written(graph, command, command.head ?? 'head'),
  merge: (graph, command) => written(graph, command, listOf(command.target)),
}

const ids = (nodes: readonly RevisionNode[]) => nodes.map(node => node.id)

const such = (is: (node: RevisionNode) => boolean) => (graph: RevisionGraph) => ({
  revs: ids(graph.nodes.filter(is)).sort(),
})

/** What a real graph's answers say of it as a whole. */
const facts: Record<string, (graph: RevisionGraph) => Answer> = {
  heads: such(isHead),
  bases: such(isBase),
  realHeads: such(isRealHead),
  realBases: such(isRealBase),
  branchPoints: such(isBranchPoint),
  mergePoints: such(isMergePoint),
  branchLabels: ({ nodes }) => {
    const labelled = nodes.filter(node => node.labels.length > 0)
    return { branchLabels: Object.fromEntries(labelled.map(({ id, labels }) => [id, labels])) }
  },
}

type Mover = (from: readonly string[] | string, to: string) => Plan

/** Offline, the rows come from `from:to`. */
function moved(command: VectorCommand, rows: readonly string[], plan: Mover): Answer {
  const target = command.target as string
  if (!command.offline) {
    if (target.includes(':')) return { error: { category: 'range-not-allowed' } }
    return planned(plan(rows, target))
  }
  const range = target.includes(':') ? parseRange(target) : undefined
  if (!range && command.kind === 'downgrade') return { error: { category: 'offline-needs-range' } }
  const made = plan(range?.start ?? 'base', range ? (range.end ?? 'base') : target)
  return { ...planned(made), headsBefore: made.headsBefore }
}

function atRows(graph: RevisionGraph, rows: readonly string[] | string): readonly string[] {
  return typeof rows === 'string' ? ids(resolveRevisions(graph, rows)) : rows
}

function stamped(graph: RevisionGraph, command: VectorCommand, rows: readonly string[]): Answer {
  const targets = listOf(command.target)
  if (!command.offline) return planned(planStamp(graph, command.purge ? [] : rows, targets))
  if (command.purge) return { error: { category: 'offline-purge' } }
  const ranges = targets.map(text => (text.includes(':') ? parseRange(text) : { end: text }))
  const starts = new Set(ranges.map(range => range.start).filter(start => start !== undefined))
  if (starts.size > 1) return { error: { category: 'offline-several-starts' } }
  const from = atRows(graph, [...starts][0] ?? 'base')
  const plan = planStamp(
    graph,
    from,
    ranges.map(range => range.end ?? 'base'),
  )
  return { ...planned(plan), headsBefore: from }
}

function planned(plan: Plan): Answer {
  const warnings = plan.warnings.map(() => 'ambiguous-relative-downgrade')
  const answer = { steps: plan.steps.map(stepAnswer), headsAfter: [...plan.headsAfter].sort() }
  return warnings.length > 0 ? { ...answer, warnings } : answer
}

function stepAnswer({ revision, direction, deletes, inserts, updates, from, to }: Step) {
  const step = { op: direction, rev: revision.id, deletes, inserts, updates }
  return direction === 'stamp' ? { ...step, from, to } : step
}

function describe(graph: RevisionGraph): Answer {
  const labels: Record<string, string> = {}
  for (const node of graph.nodes) {
    for (const label of node.revision.branchLabels) labels[label] = node.id
  }
  return {
    heads: ids(graph.heads),
    realHeads: ids(graph.realHeads),
    bases: ids(graph.bases),
    realBases: ids(graph.realBases),
    labels,
    revisions: Object.fromEntries(graph.nodes.map(node => [node.id, described(node)])),
  }
}

const flags: Record<string, (node: RevisionNode) => boolean> = {
  head: isHead,
  realHead: isRealHead,
  base: isBase,
  realBase: isRealBase,
  branchPoint: isBranchPoint,
  realBranchPoint: isRealBranchPoint,
  mergePoint: isMergePoint,
}

function described(node: RevisionNode) {
  return {
    flags: Object.keys(flags).filter(flag => flags[flag]!(node)),
    labels: node.labels,
    nextRevs: ids(node.nextRevisions).sort(),
    allNextRevs: ids(node.allNextRevisions).sort(),
    resolvedDependencies: ids(node.dependencies),
    normalizedDependencies: ids(node.normalizedDependencies).sort(),
  }
}

function written(graph: RevisionGraph, command: VectorCommand, head: Target): Answer {
  const place = placeRevision(graph, {
    id: command.revId!,
    head,
    splice: command.splice,
    branchLabels: listOf(command.branchLabel),
    dependsOn: listOf(command.dependsOn),
  })
  const { id, downRevisions, dependsOn, branchLabels } = place
  const after = buildGraph([
    ...graph.nodes.map(node => node.revision),
    { ...place, message: '', doc: '' },
  ])
  const down = downRevisions.length > 1 ? downRevisions : (downRevisions[0] ?? null)
  const file = fileNameOf({ id, message: command.message ?? '' }).replace(/\.ts$/, '.py')
  return {
    revision: { id, down, dependsOn, labels: branchLabels, file },
    headsAfter: ids(after.heads),
  }
}
