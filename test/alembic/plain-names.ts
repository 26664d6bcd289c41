import { type PlainGraph, tips, withAncestors } from './plain-graph.ts'
import { listOf } from './vector.ts'

/** A request that is refused, in the vectors' categories. */
export class Refusal extends Error {
  readonly category: string

  constructor(category: string) {
    super(category)
    this.category = category
  }
}

/** At a revision, or below all. */
export type Place = string | 'base'

/** A revision argument taken apart, as limbeck's documentation describes it. */
export interface Name {
  readonly branch: string | undefined
  readonly symbol: string | undefined
  readonly offset: number | undefined
}

/** Takes `branch@symbol+n` apart; an id or label is taken whole, whatever it contains. */
export function readName({ named }: PlainGraph, text: string): Name {
  if (named.has(text)) return { branch: undefined, symbol: text, offset: undefined }
  const at = text.indexOf('@')
  const rest = text.slice(at + 1)
  const [, before, steps] = /^(.*?)([+-]\d+)?$/s.exec(rest)!
  const name = {
    branch: at < 0 ? undefined : text.slice(0, at),
    symbol: (named.has(rest) ? rest : before) || undefined,
    offset: steps === undefined || named.has(rest) ? undefined : Number(steps),
  }
  if (name.branch === '' || (name.symbol ?? name.offset) === undefined) {
    throw new Refusal('no-such-revision')
  }
  return name
}

/** The revision that stands for a branch; its lineage is what it follows and what follows it. */
export function carrierOf(graph: PlainGraph, branch: string): string {
  return onlyOne(candidates(graph, branch), 'no-such-branch')
}

/** What an argument stands for; a bare `-n` counts down from every head. */
export function standsFor(graph: PlainGraph, target: string | readonly string[]): string[] {
  return listOf(target).flatMap(text => {
    const name = readName(graph, text)
    if (name.offset === undefined) return symbolOf(graph, name)
    const carrier = name.branch === undefined ? undefined : carrierOf(graph, name.branch)
    if (name.symbol === undefined && name.offset >= 0) throw new Refusal('relative-out-of-range')
    const heads = realHeads(graph).filter(id => !carrier || lineage(graph, carrier).has(id))
    const starts = name.symbol === undefined ? heads : [oneSymbol(graph, name)]
    const places = starts.map(start => walk(graph, start, name.offset!, { branch: carrier }))
    return places.filter(place => place !== 'base')
  })
}

/** The one place that a symbol names. */
export function oneSymbol(graph: PlainGraph, name: Name): Place {
  const found = symbolOf(graph, name)
  if (found.length > 1) throw new Refusal('multiple-heads')
  return found[0] ?? 'base'
}

function symbolOf(graph: PlainGraph, { branch, symbol = '' }: Name): string[] {
  const carrier = branch === undefined ? undefined : carrierOf(graph, branch)
  const onBranch = (id: string) => !carrier || lineage(graph, carrier).has(id)
  if (symbol === 'base') return []
  if (symbol === 'heads') return carrier ? heads(graph).filter(onBranch) : realHeads(graph)
  if (symbol === 'head') {
    const found = heads(graph).filter(onBranch)
    if (found.length > 1) throw new Refusal('multiple-heads')
    return found
  }
  const everywhere = candidates(graph, symbol)
  const found = everywhere.filter(onBranch)
  return [onlyOne(found, everywhere.length > 0 ? 'not-in-branch' : 'no-such-revision')]
}

function onlyOne(found: readonly string[], otherwise: string): string {
  if (found.length > 1) throw new Refusal('ambiguous-revision')
  if (found[0] === undefined) throw new Refusal(otherwise)
  return found[0]
}

/** The revision of this name, else those whose names begin so and are longer than three characters. */
function candidates({ named }: PlainGraph, text: string): string[] {
  const exact = named.get(text)
  if (exact !== undefined) return [exact]
  const longer = [...named].filter(([name]) => name.length > 3 && name.startsWith(text))
  return [...new Set(longer.map(([, id]) => id))]
}

export interface WalkOptions {
  /** Decides at a fork. */
  readonly branch?: string | undefined
  /** Stops at the end of the graph. */
  readonly isClipped?: boolean | undefined
}

/** Where so many steps lead, up towards the heads or, below zero, down. */
export function walk(
  graph: PlainGraph,
  start: Place,
  steps: number,
  { branch, isClipped }: WalkOptions = {},
): Place {
  let place = start
  for (let left = Math.abs(steps); left > 0; left--) {
    const ahead = steps > 0 ? followers(graph, place) : below(graph, place)
    const ways = branch && steps > 0 ? ahead.filter(id => lineage(graph, branch).has(id)) : ahead
    if (ways.length > 1) throw new Refusal('ambiguous-walk')
    if (ways[0] === undefined && isClipped) return place
    if (ways[0] === undefined) throw new Refusal('relative-out-of-range')
    place = ways[0]
  }
  return place
}

function below({ follows }: PlainGraph, place: Place): readonly Place[] {
  if (place === 'base') return []
  const down = follows.get(place)!
  return down.length === 0 ? ['base'] : down
}

/** What follows a place directly: for base, whatever follows nothing. */
export function followers({ ids, follows }: PlainGraph, place: Place): string[] {
  return ids.filter(id =>
    place === 'base' ? follows.get(id)!.length === 0 : follows.get(id)!.includes(place),
  )
}

/** What a revision follows and what follows it, near and far, with itself. */
export function lineage(graph: PlainGraph, id: string): Set<string> {
  return new Set([...downwards(graph, [id]), ...upwards(graph, [id])])
}

/** The revisions and what they follow. */
export function downwards({ follows }: PlainGraph, ids: readonly string[]): Set<string> {
  const all = new Set(ids)
  for (const id of all) for (const down of follows.get(id)!) all.add(down)
  return all
}

/** The revisions and what follows them. */
export function upwards(graph: PlainGraph, ids: readonly string[]): Set<string> {
  const all = new Set(ids)
  for (const id of all) for (const next of followers(graph, id)) all.add(next)
  return all
}

/** The revisions and everything that needs them. */
export function withDependents({ ids, parents }: PlainGraph, some: readonly string[]): Set<string> {
  const all = new Set(some)
  for (const id of all) for (const next of ids) if (parents.get(next)!.includes(id)) all.add(next)
  return all
}

export const heads = (graph: PlainGraph) =>
  graph.ids.filter(id => followers(graph, id).length === 0)

export const realHeads = (graph: PlainGraph) => {
  const last = tips(graph, new Set(graph.ids))
  return graph.ids.filter(id => last.includes(id))
}

/** Refuses revisions of which one needs another. */
export function refuseOverlap(graph: PlainGraph, ids: readonly string[]): void {
  const needed = (id: string) => [...withAncestors(graph, [id])].filter(other => other !== id)
  if (ids.some(id => needed(id).some(other => ids.includes(other)))) {
    throw new Refusal('overlapping-revisions')
  }
}

/** What is wrong with each of some names, taken alone; a bare `-n` is a walk from every head. */
export function mistakesIn(graph: PlainGraph, texts: readonly string[]): Set<string> {
  const mistakes = new Set<string>()
  const attempt = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      mistakes.add(error.category)
    }
  }
  for (const text of texts) {
    attempt(() => standsFor(graph, text))
    attempt(() => {
      const { symbol, offset } = readName(graph, text)
      if (symbol !== undefined || offset === undefined || offset >= 0) return
      for (const head of realHeads(graph)) attempt(() => walk(graph, head, offset))
    })
  }
  return mistakes
}
