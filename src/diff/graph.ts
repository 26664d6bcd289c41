/** A directed graph over the numbers below `size`: an edge leads to what has to come later. */
export interface Graph {
  readonly size: number
  readonly next: readonly ReadonlySet<number>[]
}

/** The same edges the other way round. */
export function reversedGraph({ size, next }: Graph): Graph {
  const back = Array.from({ length: size }, () => new Set<number>())
  for (const [from, targets] of next.entries()) for (const to of targets) back[to]?.add(from)
  return { size, next: back }
}

/** The nodes in an order that follows every edge; among those that are free, the least comes first. */
export function topologicalOrder(
  graph: Graph,
  nodes: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const waiting = incomingCounts(graph, nodes)
  const free = new Heap(compare)
  for (const [node, count] of waiting) if (count === 0) free.push(node)
  const order: number[] = []
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order.push(node)
    for (const to of graph.next[node] ?? []) {
      const count = waiting.get(to)
      if (count === undefined) continue
      waiting.set(to, count - 1)
      if (count === 1) free.push(to)
    }
  }
  return order
}

function incomingCounts(graph: Graph, nodes: readonly number[]): Map<number, number> {
  const counts = new Map(nodes.map(node => [node, 0]))
  for (const node of nodes) {
    for (const to of graph.next[node] ?? []) {
      const count = counts.get(to)
      if (count !== undefined) counts.set(to, count + 1)
    }
  }
  return counts
}

/** The sets of nodes that reach each other, of more than one node (Tarjan, without recursion). */
export function cycles({ size, next }: Graph): number[][] {
  const found: number[][] = []
  const index = new Int32Array(size).fill(-1)
  const low = new Int32Array(size)
  const onStack = new Uint8Array(size)
  const stack: number[] = []
  let count = 0
  const enter = (node: number) => {
    index[node] = low[node] = count++
    stack.push(node)
    onStack[node] = 1
    return { node, rest: (next[node] ?? new Set<number>()).values() }
  }
  const leave = (node: number) => {
    if (low[node] !== index[node]) return
    const members = stack.splice(stack.lastIndexOf(node))
    for (const member of members) onStack[member] = 0
    if (members.length > 1) found.push(members)
  }
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue
    const path = [enter(root)]
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { value: to, done } = top.rest.next()
      if (done) {
        path.pop()
        const parent = path.at(-1)
        if (parent) low[parent.node] = Math.min(low[parent.node]!, low[top.node]!)
        leave(top.node)
      } else if (index[to] === -1) path.push(enter(to))
      else if (onStack[to]) low[top.node] = Math.min(low[top.node]!, index[to]!)
    }
  }
  return found
}

/** A binary heap with the least value on top. */
class Heap {
  readonly #values: number[] = []
  readonly #compare: (a: number, b: number) => number

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  push(value: number): void {
    const values = this.#values
    let at = values.push(value) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(values[parent]!, values[at]!) <= 0) break
      this.#swap(at, parent)
      at = parent
    }
  }

  pop(): number | undefined {
    const values = this.#values
    const top = values[0]
    const last = values.pop()
    if (values.length > 0 && last !== undefined) {
      values[0] = last
      this.#sink()
    }
    return top
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const least = this.#least(at)
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #least(at: number): number {
    const values = this.#values
    const family = [at, 2 * at + 1, 2 * at + 2].filter(place => place < values.length)
    return family.reduce((a, b) => (this.#compare(values[b]!, values[a]!) < 0 ? b : a))
  }

  #swap(a: number, b: number): void {
    const values = this.#values
    ;[values[a], values[b]] = [values[b]!, values[a]!]
  }
}
