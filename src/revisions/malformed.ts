import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { fewOf } from '../text/sentences.ts'
import type { MutableNode } from './nodes.ts'
import type { Revision } from './revision.ts'

type Names = ReadonlyMap<string, MutableNode>

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
export function missingParentError(node: MutableNode, id: string, names: Names): LimbeckError {
  return new LimbeckError(
    'REVISION_MISSING_PARENT',
    `Revision ${node.id} follows '${id}', which no revision file has as its id${files(node)}.`,
    {
      facts: { revision: node.id, downRevision: id, path: pathOf(node.revision) },
      hint:
        slipIn(id, names) ??
        'Bring the missing file back, or correct downRevision (it takes full ids only).',
    },
  )
}

/** A dependency that is neither an id nor a label. */
export function missingDependencyError(
  node: MutableNode,
  name: string,
  names: Names,
): LimbeckError {
  return new LimbeckError(
    'REVISION_MISSING_DEPENDENCY',
    `Revision ${node.id} depends on '${name}', which is no revision's id or branch label${files(node)}.`,
    {
      facts: { revision: node.id, dependsOn: name, path: pathOf(node.revision) },
      hint:
        slipIn(name, names) ??
        'Bring the missing file back, or correct dependsOn (full ids and branch labels only).',
    },
  )
}

/** What was meant where a file names another by less or more than its id. */
function slipIn(name: string, names: Names): string | undefined {
  const carrier = names.get(name)
  if (carrier) return `'${name}' is a branch label; a file follows ids: '${carrier.id}'.`
  const begun = [...names.values()].filter(({ id }) => id.startsWith(name))
  const [only] = new Set(begun)
  if (only !== undefined && new Set(begun).size === 1) {
    return `Files name each other by whole ids: '${only.id}'.`
  }
  return didYouMean(name, names.keys())
}

function files(...nodes: readonly MutableNode[]): string {
  return pathsOf(nodes.map(node => node.revision))
}

/** Where revisions are written, to end a sentence with: ` (a.ts and b.ts)`; empty where they have no file. */
export function pathsOf(revisions: readonly Revision[]): string {
  const paths = revisions.map(pathOf).filter(path => path !== undefined)
  if (paths.length === 0) return ''
  return paths.length > 2 ? ` (${fewOf(paths)})` : ` (${paths.join(' and ')})`
}

/** The file of a revision that was read from one. */
export function pathOf(revision: Revision): string | undefined {
  const { path } = revision as { readonly path?: string }
  return path
}
