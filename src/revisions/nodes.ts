import type { Revision } from './revision.ts'

/** A revision with its neighbours. "Next" looks towards the heads, "down" towards the bases. */
export interface RevisionNode {
  readonly id: string
  readonly revision: Revision
  /** Place in load order, which decides wherever the graph itself leaves a choice. */
  readonly position: number
  readonly downRevisions: readonly RevisionNode[]
  /** `dependsOn`, with labels replaced by the revisions that carry them. */
  readonly dependencies: readonly RevisionNode[]
  /** The dependencies that no revision below this one declares already. */
  readonly normalizedDependencies: readonly RevisionNode[]
  /** Everything that must run first: down revisions, then normalized dependencies. */
  readonly parents: readonly RevisionNode[]
  /** Revisions that follow this one. */
  readonly nextRevisions: readonly RevisionNode[]
  /** Revisions that follow or depend on this one. */
  readonly allNextRevisions: readonly RevisionNode[]
  /** Branch labels that apply here, its own and those spread along the branch; sorted. */
  readonly labels: readonly string[]
}

/** The revisions and how they follow each other; heads and bases are in load order. */
export interface RevisionGraph {
  readonly nodes: readonly RevisionNode[]
  /** Ids and declared branch labels, which share one space of names. */
  readonly names: ReadonlyMap<string, RevisionNode>
  /** Revisions that nothing follows. */
  readonly heads: readonly RevisionNode[]
  /** Revisions that nothing follows or depends on. */
  readonly realHeads: readonly RevisionNode[]
  /** Revisions that follow nothing. */
  readonly bases: readonly RevisionNode[]
  /** Revisions that follow nothing and depend on nothing. */
  readonly realBases: readonly RevisionNode[]
}

/** A node while its graph is being built. */
export type MutableNode = {
  -readonly [K in keyof RevisionNode]: RevisionNode[K] extends readonly RevisionNode[]
    ? MutableNode[]
    : RevisionNode[K] extends readonly string[]
      ? string[]
      : RevisionNode[K]
}

export const isHead = (node: RevisionNode) => node.nextRevisions.length === 0
export const isRealHead = (node: RevisionNode) => node.allNextRevisions.length === 0
export const isBase = (node: RevisionNode) => node.downRevisions.length === 0
export const isRealBase = (node: RevisionNode) => isBase(node) && node.dependencies.length === 0
export const isBranchPoint = (node: RevisionNode) => node.nextRevisions.length > 1
export const isRealBranchPoint = (node: RevisionNode) => node.allNextRevisions.length > 1
export const isMergePoint = (node: RevisionNode) => node.downRevisions.length > 1
