import { LimbeckError } from '../errors.ts'
import { assertGoodNewId, assertGoodNewLabel } from './identifier.ts'
import { isHead, type RevisionGraph, type RevisionNode } from './nodes.ts'
import { resolveRevision, resolveRevisions, type Target } from './resolve.ts'

/** What is asked of a revision about to be written. */
export interface NewRevisionRequest {
  readonly id: string
  /** What it follows: by default the only head; `base` starts a line of its own. */
  readonly head?: Target | undefined
  /** It may follow a revision that is no head, and so start a branch. */
  readonly splice?: boolean | undefined
  readonly branchLabels?: readonly string[] | undefined
  readonly dependsOn?: readonly string[] | undefined
}

/** The place of a new revision in the graph: what its file will say. */
export interface NewRevision {
  readonly id: string
  readonly downRevisions: readonly string[]
  readonly branchLabels: readonly string[]
  readonly dependsOn: readonly string[]
}

/** Finds the place of a new revision, and refuses one that would break the graph. */
export function placeRevision(graph: RevisionGraph, request: NewRevisionRequest): NewRevision {
  const { id, branchLabels = [], dependsOn = [] } = request
  assertGoodNewId(id)
  assertFreeId(graph, id)
  for (const label of branchLabels) {
    if (label === id) throw takenError(label, 'the id of the new revision itself')
    assertFreeLabel(graph, label)
    assertGoodNewLabel(label)
    assertNoBeginning(graph, label)
  }
  const parents = resolveRevisions(graph, request.head ?? 'head')
  assertDistinct(parents)
  if (!request.splice) for (const parent of parents) assertIsHead(parent, request.head)
  return {
    id,
    downRevisions: parents.map(parent => parent.id),
    branchLabels: [...new Set(branchLabels)],
    dependsOn: [...new Set(dependsOn.map(name => dependency(graph, name)))],
  }
}

/** A label stays a label, so that the file says what was meant; the rest becomes full ids. */
function dependency(graph: RevisionGraph, name: string): string {
  const node = resolveRevision(graph, name)
  if (node) return node.labels.includes(name) ? name : node.id
  throw new LimbeckError('REVISION_NOT_FOUND', `'${name}' is no revision to depend on.`, {
    facts: { argument: name },
    hint: 'Name a revision or a branch label.',
  })
}

function assertFreeId(graph: RevisionGraph, id: string): void {
  const other = graph.names.get(id)
  if (!other) return
  if (other.id !== id) throw takenError(id, `a branch label of revision ${other.id}`)
  throw new LimbeckError('REVISION_DUPLICATE', `There is a revision '${id}' already.`, {
    facts: { revision: id },
    hint: 'Choose another id, or let limbeck choose one.',
  })
}

function assertFreeLabel(graph: RevisionGraph, label: string): void {
  const other = graph.names.get(label)
  if (!other) return
  const use = other.id === label ? 'the id of a revision' : `a branch label of revision ${other.id}`
  throw takenError(label, use)
}

/** A label in an id's own digits would stand in the way of whoever abbreviates that id. */
function assertNoBeginning(graph: RevisionGraph, label: string): void {
  const other = /^[\da-f]{4,}$/i.test(label) && graph.nodes.find(({ id }) => id.startsWith(label))
  if (!other) return
  const fact = `is the beginning of the revision id ${other.id}`
  throw new LimbeckError('BRANCH_LABEL_INVALID', `The branch label '${label}' ${fact}.`, {
    facts: { label, revision: other.id },
    hint: 'Choose another name.',
  })
}

function takenError(name: string, use: string): LimbeckError {
  return new LimbeckError('BRANCH_LABEL_TAKEN', `'${name}' is already ${use}.`, {
    facts: { name },
    hint: 'Choose another name.',
  })
}

function assertDistinct(parents: readonly RevisionNode[]): void {
  const twice = parents.find((parent, index) => parents.indexOf(parent) !== index)
  if (!twice) return
  throw new LimbeckError('REVISION_PARENT_TWICE', `Revision ${twice.id} is named twice.`, {
    facts: { revision: twice.id },
    hint: 'Name each revision to be followed once.',
  })
}

function assertIsHead(parent: RevisionNode, asked: Target = []): void {
  if (isHead(parent)) return
  const label = parent.revision.branchLabels.find(name => [asked].flat().includes(name))
  throw new LimbeckError(
    'REVISION_NOT_A_HEAD',
    `Revision ${parent.id} is followed by ${parent.nextRevisions.map(next => next.id).join(', ')} already.`,
    {
      facts: { revision: parent.id, followedBy: parent.nextRevisions.map(next => next.id) },
      hint: `${label === undefined ? 'Use' : `\`${label}@head\` is the head of that branch. Use`} --splice to start a branch there.`,
    },
  )
}
