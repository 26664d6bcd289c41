import type { LimbeckError } from '../errors.ts'
import { assertNoCycles, assertNoSelfReference } from './cycles.ts'
import { assertGoodId } from './identifier.ts'
import { spreadLabels } from './labels.ts'
import {
  duplicateError,
  labelTakenError,
  missingDependencyError,
  missingParentError,
  pathsOf,
} from './malformed.ts'
import {
  isBase,
  isHead,
  isRealBase,
  isRealHead,
  type MutableNode,
  type RevisionGraph,
} from './nodes.ts'
import type { Revision } from './revision.ts'

/** Builds the graph of revisions given in load order, or throws what is wrong with it. */
export function buildGraph(revisions: readonly Revision[]): RevisionGraph {
  const nodes = revisions.map(newNode)
  const ids = indexById(nodes)
  const names = addLabels(nodes, ids)
  connect(nodes, ids, names)
  assertNoCycles(nodes)
  for (const node of nodes) normalizeDependencies(node)
  spreadLabels(nodes)
  return {
    nodes,
    names,
    heads: nodes.filter(isHead),
    realHeads: nodes.filter(isRealHead),
    bases: nodes.filter(isBase),
    realBases: nodes.filter(isRealBase),
  }
}

function newNode(revision: Revision, position: number): MutableNode {
  assertGoodId(revision.id, () => pathsOf([revision]))
  assertNoSelfReference(revision)
  return {
    id: revision.id,
    revision,
    position,
    downRevisions: [],
    dependencies: [],
    normalizedDependencies: [],
    parents: [],
    nextRevisions: [],
    allNextRevisions: [],
    labels: [],
  }
}

function indexById(nodes: readonly MutableNode[]): Map<string, MutableNode> {
  const ids = new Map<string, MutableNode>()
  for (const node of nodes) {
    const other = ids.get(node.id)
    if (other) throw duplicateError(node, other)
    ids.set(node.id, node)
  }
  return ids
}

function addLabels(nodes: readonly MutableNode[], ids: ReadonlyMap<string, MutableNode>) {
  const names = new Map(ids)
  for (const node of nodes) {
    for (const label of node.revision.branchLabels) {
      const other = names.get(label)
      if (other) throw labelTakenError(label, node, other)
      names.set(label, node)
    }
  }
  return names
}

type Names = ReadonlyMap<string, MutableNode>

function connect(nodes: readonly MutableNode[], ids: Names, names: Names): void {
  for (const node of nodes) {
    node.dependencies = node.revision.dependsOn.map(name =>
      named(names, name, () => missingDependencyError(node, name, names)),
    )
    node.downRevisions = node.revision.downRevisions.map(id =>
      named(ids, id, () => missingParentError(node, id, names)),
    )
  }
  for (const node of nodes) {
    for (const down of node.downRevisions) add(down.nextRevisions, node)
    for (const before of [...node.downRevisions, ...node.dependencies]) {
      add(before.allNextRevisions, node)
    }
  }
}

function named(names: Names, name: string, missing: () => LimbeckError): MutableNode {
  const node = names.get(name)
  if (!node) throw missing()
  return node
}

function add(nodes: MutableNode[], node: MutableNode): void {
  // Nodes are connected one after the other, so a second mention can only be the last one.
  if (nodes.at(-1) !== node) nodes.push(node)
}

function normalizeDependencies(node: MutableNode): void {
  node.normalizedDependencies = [...new Set(node.dependencies)].filter(
    dependency => !isDeclaredBelow(node, dependency),
  )
  node.parents = [...new Set([...node.downRevisions, ...node.normalizedDependencies])]
}

/** Whether a revision below `node` declares the same dependency. */
function isDeclaredBelow(node: MutableNode, dependency: MutableNode): boolean {
  const declares = (revision: MutableNode) => revision.dependencies.includes(dependency)
  // Most dependencies are declared once, and then there is nothing to look for.
  if (!dependency.allNextRevisions.some(next => next !== node && declares(next))) return false
  const below = new Set(node.downRevisions)
  for (const revision of below) {
    if (declares(revision)) return true
    for (const down of revision.downRevisions) below.add(down)
  }
  return false
}
