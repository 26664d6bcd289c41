import { LimbeckError } from '../errors.ts'
import type { MutableNode } from './nodes.ts'
import type { Revision } from './revision.ts'

/** Two files with one id. */
export function duplicateError(node: MutableNode, other: MutableNode): LimbeckError {
  return new LimbeckError(
    'REVISION_DUPLICATE',
    `Two revision files have the id '${node.id}'${files(other, node)}.`,
    {
      facts: {
        revision: node.id,
        paths: [other.revision, node.revision].map(pathOf).filter(Boolean),
      },
      hint: 'Give one of them another id, in the file and in what follows it, or delete it.',
    },
  )
}

/** A label that another revision has as its id or label. */
export function labelTakenError(
  label: string,
  node: MutableNode,
  other: MutableNode,
): LimbeckError {
  const taken = other.id === label ? 'the id of a revision' : `a label of revision ${other.id}`
  return new LimbeckError(
    'BRANCH_LABEL_TAKEN',
    `The branch label '${label}' of revision ${node.id} is already ${taken}${files(other, node)}.`,
    {
      facts: { label, revision: node.id, takenBy: other.id },
      hint: 'Choose another label in one of the files.',
    },
  )
}

/** A down revision that no file has as its id. */
export function missingParentError(node: MutableNode, id: string): LimbeckError {
  return new LimbeckError(
    'REVISION_MISSING_PARENT',
    `Revision ${node.id} follows '${id}', which no revision file has as its id${files(node)}.`,
    {
      facts: { revision: node.id, downRevision: id, path: pathOf(node.revision) },
      hint: 'Bring the missing file back, or correct downRevision (it takes full ids only).',
    },
  )
}

/** A dependency that is neither an id nor a label. */
export function missingDependencyError(node: MutableNode, name: string): LimbeckError {
  return new LimbeckError(
    'REVISION_MISSING_DEPENDENCY',
    `Revision ${node.id} depends on '${name}', which is no revision's id or branch label${files(node)}.`,
    {
      facts: { revision: node.id, dependsOn: name, path: pathOf(node.revision) },
      hint: 'Bring the missing file back, or correct dependsOn (full ids and branch labels only).',
    },
  )
}

function files(...nodes: readonly MutableNode[]): string {
  return pathsOf(nodes.map(node => node.revision))
}

/** Where revisions are written, to end a sentence with: ` (a.ts and b.ts)`; empty where they have no file. */
export function pathsOf(revisions: readonly Revision[]): string {
  const paths = revisions.map(pathOf).filter(path => path !== undefined)
  return paths.length === 0 ? '' : ` (${paths.join(' and ')})`
}

function pathOf(revision: Revision): string | undefined {
  const { path } = revision as { readonly path?: string }
  return path
}
