import { isDeepStrictEqual } from 'node:util'
import {
  brokenLaws,
  type PlainGraph,
  rowsAfterSteps,
  rowsWhen,
  tips,
  withAncestors,
} from './plain-graph.ts'
import {
  carrierOf,
  downwards,
  followers,
  heads,
  lineage,
  oneSymbol,
  type Place,
  Refusal,
  readName,
  refuseOverlap,
  standsFor,
  upwards,
  walk,
  withDependents,
} from './plain-names.ts'
import { type Answer, type GraphVector, listOf, type VectorCommand } from './vector.ts'

/**
 * What limbeck's documentation promises as the answer to a vector, worked out with sets alone: the
 * order of steps and listings is left to the laws.
 */
export type PlainAnswer =
  | { readonly error: string }
  /** Files that make no graph: each of these errors is true. */
  | { readonly defects: ReadonlySet<string> }
  /** The revisions that run, and the rows before and after. */
  | {
      readonly runs: readonly string[]
      readonly before: readonly string[]
      readonly after: readonly string[]
    }
  /** Rows written without running anything, as they are after each step. */
  | { readonly stamped: readonly (readonly string[])[]; readonly before: readonly string[] }
  | { readonly lists: readonly string[] }
  /** Revisions in no order, or in that of an argument. */
  | { readonly found: readonly string[] }
  /** A new revision, and what it follows. */
  | { readonly placed: string; readonly down: readonly string[] }
  /** The labels that apply to each revision. */
  | { readonly labels: Readonly<Record<string, readonly string[]>> }

/** The promised answer; undefined for a kind of command that this reading does not cover. */
export function plainAnswer(vector: GraphVector, graph: PlainGraph): PlainAnswer | undefined {
  if (graph.defects.size > 0) return { defects: graph.defects }
  try {
    return answers[vector.command.kind]?.(graph, vector.command, vector.heads)
  } catch (error) {
    if (error instanceof Refusal) return { error: error.category }
    throw error
  }
}

/** Whether an answer is the one promised, and keeps the laws where it has steps or an order. */
export function isPromised(vector: GraphVector, graph: PlainGraph, ours: Answer): boolean {
  const promised = plainAnswer(vector, graph)
  if (promised === undefined) return false
  if ('error' in promised) return ours.error?.category === promised.error
  if ('defects' in promised) return promised.defects.has(ours.error?.category ?? 'ok')
  if ('labels' in promised) return hasLabels(vector.expect, promised.labels, ours)
  if ('found' in promised) return ours.revs !== undefined && isSameSet(promised.found, ours.revs)
  if ('lists' in promised) return isListing(graph, promised.lists, ours.revs)
  if ('placed' in promised) {
    const { id, down } = (ours.revision ?? {}) as { id?: string; down?: string | string[] }
    return id === promised.placed && isSameSet(promised.down, listOf(down))
  }
  const { steps, headsAfter } = ours
  if (!steps || !headsAfter) return false
  if ('stamped' in promised) {
    const states = rowsAfterSteps(promised.before, steps).map(rows => [...rows].sort())
    const last = promised.stamped.at(-1) ?? [...promised.before].sort()
    return isDeepStrictEqual(promised.stamped, states) && isSameSet(last, headsAfter)
  }
  return (
    isSameSet(
      promised.runs,
      steps.map(step => step.rev),
    ) &&
    isSameSet(promised.after, headsAfter) &&
    brokenLaws(graph, promised.before, steps, headsAfter).length === 0
  )
}

interface Described {
  readonly labels: readonly string[]
}

/** Everything as it was recorded, but for the labels. */
function hasLabels(
  recorded: Answer,
  labels: Readonly<Record<string, readonly string[]>>,
  ours: Answer,
): boolean {
  const described = Object.entries((recorded.revisions ?? {}) as Record<string, Described>)
  const revisions = Object.fromEntries(
    described.map(([id, rest]) => [id, { ...rest, labels: labels[id] }]),
  )
  return isDeepStrictEqual({ ...recorded, revisions }, ours)
}

/** Exactly these, each before everything that it needs. */
export function isListing(
  graph: PlainGraph,
  lists: readonly string[],
  revs: Answer['revs'],
): boolean {
  const ids = revs as readonly string[] | undefined
  if (!ids || !isSameSet(lists, ids)) return false
  return ids.every((id, index) => {
    const needed = withAncestors(graph, [id])
    return ids.slice(0, index).every(other => other === id || !needed.has(other))
  })
}

/** The same members, in any order. */
export const isSameSet = (some: readonly unknown[], others: readonly unknown[]) =>
  String([...some].sort()) === String([...others].sort())

type Answerer = (
  graph: PlainGraph,
  command: VectorCommand,
  rows: readonly string[],
) => PlainAnswer | undefined

const answers: Readonly<Record<string, Answerer>> = {
  upgrade: moved(upgraded),
  downgrade: moved(downgraded),
  stamp: (graph, command, rows) => {
    const targets = listOf(command.target)
    if (!command.offline) return stamped(graph, command.purge ? [] : rows, targets)
    if (command.purge) throw new Refusal('offline-purge')
    const ranges = targets.map(text => (text.includes(':') ? readRange(text) : ['', text]))
    const starts = new Set(ranges.map(([start]) => start).filter(Boolean))
    if (starts.size > 1) throw new Refusal('offline-several-starts')
    const before = standsFor(graph, [...starts].map(String))
    return stamped(
      graph,
      before,
      ranges.map(([, end]) => end || 'base'),
    )
  },
  history: (graph, { target }, rows) => {
    const [start, end] = typeof target === 'string' ? readRange(target) : ['', '']
    for (const row of rows) assertRow(graph, row)
    if (end === 'current' && rows.length === 0) return { lists: [] }
    const ends = [end || 'heads', start || 'base'].map(it => (it === 'current' ? rows : it))
    return { lists: between(graph, ends[0]!, ends[1]!, { isInclusive: true, isClipped: true }) }
  },
  iterate: (graph, command) => {
    const { upper, lower, inclusive, implicitBase } = command
    const options = { isInclusive: inclusive, isWhole: implicitBase }
    const ends = [upper ?? 'base', lower ?? 'base'] as const
    if (command.forDowngrade) return { lists: undone(graph, ends[0], String(ends[1]), options) }
    return { lists: between(graph, ...ends, options) }
  },
  current: (graph, { checkHeads }, rows) => {
    for (const row of rows) assertRow(graph, row)
    const applied = withAncestors(graph, rows)
    const isFollowed = (id: string) => followers(graph, id).some(next => applied.has(next))
    if (checkHeads && !heads(graph).every(id => applied.has(id))) throw new Refusal('not-at-head')
    return { found: [...applied].filter(id => !isFollowed(id)) }
  },
  describe: graph => ({
    labels: Object.fromEntries(graph.ids.map(id => [id, labelsOn(graph, id)])),
  }),
  revision: (graph, command) => placed(graph, command, command.head ?? 'head'),
  merge: (graph, command) => placed(graph, command, listOf(command.target)),
  resolve: (graph, { target, single }) => {
    const found = standsFor(graph, target!)
    if (single && found.length > 1) throw new Refusal('multiple-heads')
    return { found }
  },
}

/** The place of a new revision; its id comes first, then labels, parents, dependencies. */
function placed(
  graph: PlainGraph,
  command: VectorCommand,
  target: string | readonly string[],
): PlainAnswer {
  const { revId = '', splice = false } = command
  if (/[^\p{L}\p{N}_.]|^(heads?|base|current)$|^.{33}|^$/u.test(revId)) {
    throw new Refusal('illegal-revision-id')
  }
  if (graph.ids.includes(revId)) throw new Refusal('duplicate-revision')
  if (graph.named.has(revId)) throw new Refusal('duplicate-label')
  for (const label of listOf(command.branchLabel)) {
    if (label === revId || graph.named.has(label)) throw new Refusal('duplicate-label')
    if (isMisleading(graph, label)) throw new Refusal('BRANCH_LABEL_INVALID')
  }
  const parents = standsFor(graph, target)
  if (new Set(parents).size < parents.length) throw new Refusal('duplicate-heads')
  if (!splice && parents.some(id => followers(graph, id).length > 0)) {
    throw new Refusal('not-a-head')
  }
  for (const name of listOf(command.dependsOn)) {
    const found = standsFor(graph, name)
    if (found.length !== 1) throw new Refusal(found[0] ? 'multiple-heads' : 'no-such-revision')
  }
  return { placed: revId, down: parents }
}

/** Whether a label could be taken for an id, the beginning of one, or a part of an argument. */
function isMisleading({ ids }: PlainGraph, label: string): boolean {
  if (/^$|[@+:\-\s,'"`\\\p{Cc}]|^(heads?|base|current)$/u.test(label)) return true
  if (/^[\da-f]{8,}$/i.test(label) && /\d/.test(label)) return true
  return /^[\da-f]{4,}$/i.test(label) && ids.some(id => id.startsWith(label))
}

/** The labels of what a revision follows, and those of the branch of which it is the only line below. */
export function labelsOn(graph: PlainGraph, id: string): string[] {
  const carriers = downwards(graph, [id])
  for (let at = id; isOnOneLine(graph, at); ) {
    at = followers(graph, at)[0]!
    carriers.add(at)
  }
  const labels = [...graph.named].filter(
    ([name, carrier]) => name !== carrier && carriers.has(carrier),
  )
  return labels.map(([label]) => label).sort()
}

/** Nothing but one revision needs it, and that follows nothing else; nor is it a merge. */
function isOnOneLine(graph: PlainGraph, id: string): boolean {
  const next = graph.ids.filter(other => graph.parents.get(other)!.includes(id))
  if (next.length !== 1 || graph.follows.get(id)!.length > 1) return false
  return String(graph.follows.get(next[0]!)) === id
}

function assertRow({ ids }: PlainGraph, row: string): void {
  if (!ids.includes(row)) throw new Refusal('no-such-revision')
}

function readRange(text: string): [start: string, end: string] {
  const ends = text.trim().split(':')
  if (ends.length !== 2) throw new Refusal('bad-history-range')
  return ends as [string, string]
}

type Planner = (graph: PlainGraph, rows: readonly string[], target: string) => PlainAnswer

/** Offline, the rows come from `from:to`. */
function moved(planner: Planner): Answerer {
  return (graph, command, rows) => {
    const target = String(command.target)
    const isRange = target.includes(':')
    if (!command.offline && isRange) throw new Refusal('range-not-allowed')
    if (!command.offline) return planner(graph, rows, target)
    if (!isRange && command.kind === 'downgrade') throw new Refusal('offline-needs-range')
    const [start, end] = isRange ? readRange(target) : ['', target]
    return planner(graph, standsFor(graph, start || 'base'), end || 'base')
  }
}

function upgraded(graph: PlainGraph, before: readonly string[], target: string): PlainAnswer {
  for (const row of before) assertRow(graph, row)
  const targets = goals(graph, before, target)
  refuseOverlap(graph, targets)
  refuseOverlap(graph, before)
  const applied = withAncestors(graph, before)
  const runs = [...withAncestors(graph, targets)].filter(id => !applied.has(id))
  if (runs.length === 0) return { runs, before, after: before }
  refuseRepetition(graph, before, runs)
  return { runs, before, after: tips(graph, new Set([...applied, ...runs])) }
}

/** A row that is there twice cannot be updated. */
function refuseRepetition(graph: PlainGraph, rows: readonly string[], runs: readonly string[]) {
  const replaced = new Set(runs.flatMap(id => graph.parents.get(id)!))
  const twice = rows.find((row, index) => rows.indexOf(row) !== index)
  if (twice !== undefined && replaced.has(twice)) throw new Refusal('row-count-mismatch')
}

/** What `+n`, or an absolute name, leads up to. */
export function goals(
  graph: PlainGraph,
  rows: readonly string[],
  target: string | readonly string[],
  isClipped = false,
): readonly string[] {
  if (typeof target !== 'string') return standsFor(graph, target)
  const name = readName(graph, target)
  if (name.offset === undefined) return standsFor(graph, target)
  if (name.symbol === undefined && name.offset <= 0) throw new Refusal('relative-out-of-range')
  const branch = name.branch === undefined ? undefined : carrierOf(graph, name.branch)
  const start = name.symbol === undefined ? startUp(graph, rows, branch) : oneSymbol(graph, name)
  const place = walk(graph, start, name.offset, { branch, isClipped })
  return place === 'base' ? [] : [place]
}

function startUp(graph: PlainGraph, rows: readonly string[], branch: string | undefined): Place {
  const starts = branch === undefined ? rows : appliedOn(graph, rows, branch)
  if (starts.length > 1) throw new Refusal('ambiguous-upgrade')
  return starts[0] ?? 'base'
}

function appliedOn(graph: PlainGraph, rows: readonly string[], branch: string): readonly string[] {
  const members = lineage(graph, branch)
  const there = rows.filter(row => members.has(row))
  if (there.length > 0) return there
  return tips(graph, new Set([...withAncestors(graph, rows)].filter(id => members.has(id))))
}

interface WayDown {
  readonly place: Place
  readonly branch: string | undefined
}

function wayDown(
  graph: PlainGraph,
  rows: readonly string[],
  target: string,
  isClipped = false,
): WayDown {
  const name = readName(graph, target)
  const branch = name.branch === undefined ? undefined : carrierOf(graph, name.branch)
  const { offset = 0 } = name
  if (name.symbol !== undefined) {
    return { place: walk(graph, oneSymbol(graph, name), offset, { branch, isClipped }), branch }
  }
  const starts = branch === undefined ? [...new Set(rows)] : currentOn(graph, rows, branch)
  if (starts[0] === undefined || offset >= 0) throw new Refusal('relative-out-of-range')
  if (branch !== undefined && starts.length > 1) throw new Refusal('ambiguous-upgrade')
  return { place: walk(graph, starts[0], offset, { isClipped }), branch: branch ?? starts[0] }
}

/** The rows on a branch; else what is applied of it and not followed by anything applied. */
function currentOn(graph: PlainGraph, rows: readonly string[], branch: string): readonly string[] {
  const members = lineage(graph, branch)
  const there = [...new Set(rows)].filter(row => members.has(row))
  if (there.length > 0) return there
  const applied = withAncestors(graph, rows)
  return [...applied].filter(
    id => members.has(id) && !followers(graph, id).some(next => applied.has(next)),
  )
}

/** What follows a place directly: at a fork, what is on the branch. */
function rootsAbove(graph: PlainGraph, { place, branch }: WayDown): string[] {
  const above = followers(graph, place)
  if (above.length < 2 || branch === undefined) return above
  const along = downwards(graph, [branch])
  const roots = above.filter(id => along.has(id))
  if (roots.length === 0) throw new Refusal('not-an-ancestor')
  return roots
}

/** What a downgrade from some revisions to another takes down. */
function undone(
  graph: PlainGraph,
  upper: string | readonly string[],
  lower: string,
  { isInclusive, isWhole }: BetweenOptions,
): string[] {
  const rows = standsFor(graph, upper)
  const way = wayDown(graph, rows, lower)
  const { place } = way
  const roots = isInclusive && place !== 'base' ? [place] : rootsAbove(graph, way)
  const applied = [...withAncestors(graph, rows)]
  const above = withDependents(graph, roots)
  const below = withAncestors(graph, roots)
  const runs = applied.filter(id => above.has(id) || (isWhole && !below.has(id)))
  if (runs.length === 0 && place !== 'base' && !rows.includes(place)) {
    throw new Refusal('not-an-ancestor')
  }
  return runs
}

function downgraded(graph: PlainGraph, before: readonly string[], target: string): PlainAnswer {
  for (const row of before) assertRow(graph, row)
  const way = wayDown(graph, before, target)
  const { place } = way
  const roots = rootsAbove(graph, way)
  const applied = withAncestors(graph, before)
  const runs = [...withDependents(graph, roots)].filter(id => applied.has(id))
  if (runs.length === 0 && place !== 'base' && !before.includes(place)) {
    throw new Refusal('not-an-ancestor')
  }
  if (runs.length === 0) return { runs, before, after: before }
  if (runs.some(id => before.indexOf(id) !== before.lastIndexOf(id))) {
    throw new Refusal('row-count-mismatch')
  }
  const left = new Set([...applied].filter(id => !runs.includes(id)))
  return { runs, before, after: rowsWhen(graph, left, before) }
}

/** Each destination takes the place of the rows it needs or that need it; `base` first clears. */
function stamped(
  graph: PlainGraph,
  before: readonly string[],
  targets: readonly string[],
): PlainAnswer {
  for (const row of before) assertRow(graph, row)
  const destinations = targets.flatMap(text => {
    if (readName(graph, text).offset !== undefined) throw new Refusal('relative-out-of-range')
    return standsFor(graph, text)
  })
  refuseOverlap(graph, destinations)
  let rows = [...before]
  const states: string[][] = []
  for (const row of before) {
    if (!targets.some(text => clears(graph, text, row))) continue
    rows = rows.filter(other => other !== row)
    states.push([...rows].sort())
  }
  for (const id of destinations) {
    if (rows.includes(id)) continue
    rows = [...rows.filter(row => !(before.includes(row) && isRelated(graph, row, id))), id]
    states.push([...rows].sort())
  }
  return { stamped: states, before }
}

function clears(graph: PlainGraph, text: string, row: string): boolean {
  const { branch, symbol } = readName(graph, text)
  if (symbol !== 'base') return false
  return branch === undefined || isRelated(graph, row, carrierOf(graph, branch))
}

const isRelated = (graph: PlainGraph, one: string, other: string) =>
  withAncestors(graph, [one]).has(other) || withAncestors(graph, [other]).has(one)

interface BetweenOptions {
  readonly isInclusive?: boolean | undefined
  /** Everything that the upper end needs is listed. */
  readonly isWhole?: boolean | undefined
  readonly isClipped?: boolean | undefined
}

/** What lies between two ends of which the lower is needed by the upper. */
function between(
  graph: PlainGraph,
  upper: string | readonly string[],
  lower: string | readonly string[],
  options: BetweenOptions,
): string[] {
  const stretches = stretchesOf(graph, upper, lower, options.isClipped)
  refuseOverlap(
    graph,
    stretches.flatMap(({ targets }) => targets),
  )
  return [...new Set(stretches.flatMap(stretch => within(graph, stretch, options)))]
}

interface Stretch {
  readonly targets: readonly string[]
  /** None: everything down to the bases. */
  readonly start: readonly string[]
}

function within(
  graph: PlainGraph,
  { targets, start }: Stretch,
  { isInclusive, isWhole }: BetweenOptions,
): string[] {
  const needed = withAncestors(graph, targets)
  if (!isWhole && !start.every(id => needed.has(id))) throw new Refusal('not-an-ancestor')
  refuseOverlap(graph, start)
  for (const id of withAncestors(graph, start)) needed.delete(id)
  if (isInclusive) for (const id of start) needed.add(id)
  const above = upwards(graph, start)
  return [...needed].filter(id => isWhole || start.length === 0 || above.has(id))
}

/** A bare `-n` counts from each upper end, whatever else from the lower. */
function stretchesOf(
  graph: PlainGraph,
  upper: string | readonly string[],
  lower: string | readonly string[],
  isClipped: boolean | undefined,
): Stretch[] {
  const name = typeof lower === 'string' ? readName(graph, lower) : undefined
  const onBranch = (targets: readonly string[]) => {
    if (name?.branch === undefined) return targets
    const members = lineage(graph, carrierOf(graph, name.branch))
    return targets.filter(id => members.has(id))
  }
  if (name?.offset !== undefined && name.symbol === undefined) {
    const targets = onBranch(goals(graph, [], upper, isClipped))
    return targets.map(id => {
      const { place } = wayDown(graph, [id], lower as string, isClipped)
      return { targets: [id], start: place === 'base' ? [] : [place] }
    })
  }
  const start = standsFor(graph, lower)
  return [{ targets: onBranch(goals(graph, start, upper, isClipped)), start }]
}
