import { LimbeckError } from '../errors.ts'
import { listed } from '../text/sentences.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import type { ScannedRevision } from './revision.ts'
import { revisionLine } from './spoken-revision.ts'

/** A word that stands for one revision, where there are several heads. */
export function multipleHeadsError(
  graph: RevisionGraph,
  text: string,
  heads: readonly RevisionNode[],
): LimbeckError {
  return new LimbeckError(
    'MULTIPLE_HEADS',
    [
      `'${text}' stands for one revision, and there are ${heads.length} heads:`,
      ...heads.map(head => `  ${revisionLine(head)}`),
    ].join('\n'),
    { facts: { argument: text, heads: heads.map(headFacts) }, hint: hint(graph, heads) },
  )
}

/** A head as a program reads it. */
export function headFacts({ id, revision }: RevisionNode) {
  const { message, createdAt, path } = revision as Partial<ScannedRevision>
  return { id, message, createdAt, path }
}

/** Branches with labels of their own are meant to stay apart; other heads come from parallel work. */
function hint(graph: RevisionGraph, heads: readonly RevisionNode[]): string {
  const branches = byLabels(heads)
  if (branches.length === 1) {
    return `${join(graph, heads)}; or put the one that is applied nowhere behind the other: \`limbeck rebase\`. \`heads\` names all of them.`
  }
  const words = branches.map(own => `\`${nameOfBranch(own, heads)}\``)
  const forked = branches.filter(own => own.length > 1)
  return [
    `Name all of them, \`heads\`, or one branch: ${words.join(', ')}.`,
    ...forked.map(own => `${join(graph, own)}.`),
  ].join(' ')
}

/** How heads of one branch are joined, as a sentence for each branch that has several; empty for none. */
export function joinHints(graph: RevisionGraph): string[] {
  return byLabels(graph.realHeads)
    .filter(own => own.length > 1)
    .map(own => `${join(graph, own)}.`)
}

/** Heads with the same labels stand together. */
function byLabels(heads: readonly RevisionNode[]): RevisionNode[][] {
  const keyOf = (head: RevisionNode) => head.labels.join(' ')
  return [...new Set(heads.map(keyOf))].map(key => heads.filter(head => keyOf(head) === key))
}

/** `label@head` by a label that no other head has; for what has none, the id. */
function nameOfBranch(own: readonly RevisionNode[], heads: readonly RevisionNode[]): string {
  const others = heads.filter(head => !own.includes(head)).flatMap(head => head.labels)
  const label = own[0]!.labels.find(candidate => !others.includes(candidate))
  return label === undefined ? own.map(head => head.id).join('`, `') : `${label}@head`
}

function join(graph: RevisionGraph, heads: readonly RevisionNode[]): string {
  const ids = heads.map(head => head.id)
  const isAll =
    heads.length === graph.realHeads.length && heads.every(head => graph.realHeads.includes(head))
  return `Join ${ids.length === 2 ? 'the two' : 'them'}: \`limbeck merge ${isAll ? 'heads' : ids.join(' ')} -m "${mergeMessage(ids)}"\``
}

/** What the revision that joins these is called where nobody says. */
export function mergeMessage(ids: readonly string[]): string {
  return `merge ${listed(ids)}`
}
