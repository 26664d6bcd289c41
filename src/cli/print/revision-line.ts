import type { RevisionLine } from '../../commands/results/revision-line.ts'
import type { Colours } from '../colours.ts'
import { ledgerLines } from './ledger-lines.ts'
import type { View } from './view.ts'

/** What a listing says of a revision beside its id and whether it is a head. */
export interface LineParts {
  readonly parents?: boolean | undefined
  readonly labels?: boolean | undefined
  /** Whether the database is there. */
  readonly current?: boolean | undefined
  /** Branch points and merge points. */
  readonly points?: boolean | undefined
  readonly message?: boolean | undefined
}

/** Revisions one line each, or with `--verbose` one block each; the forms are Alembic's. */
export function printRevisions(
  revisions: readonly RevisionLine[],
  parts: LineParts,
  view: View,
): string {
  if (view.isVerbose) return revisions.map(one => revisionBlock(one, parts)).join('')
  return revisions.map(revision => `${shortLine(revision, parts, view)}\n`).join('')
}

function shortLine(revision: RevisionLine, parts: LineParts, { colours }: View): string {
  const { id, message } = revision
  return [
    parts.parents ? `${parentsOf(revision)} -> ` : '',
    colours.yellow(id),
    marksOf(revision, parts, colours),
    parts.message ? `, ${message}` : '',
  ].join('')
}

/** What stands in brackets after an id: labels, and what the revision is. */
export function marksOf(
  revision: RevisionLine,
  parts: LineParts,
  colours: Pick<Colours, 'cyan' | 'green'> = plain,
): string {
  const { labels, isCurrent } = revision
  return [
    parts.labels && labels.length > 0 ? ` (${labels.join(', ')})` : '',
    painted(headMark(revision), colours.cyan),
    parts.current && isCurrent ? colours.green(' (current)') : '',
    parts.points ? pointMarks(revision) : '',
  ].join('')
}

/** Nothing stays nothing, without escape codes around it. */
const painted = (text: string, paint: (text: string) => string): string =>
  text === '' ? '' : paint(text)

const plain = { cyan: String, green: String }

function parentsOf({ downRevisions, dependsOn }: RevisionLine): string {
  const down = downRevisions.length === 0 ? '<base>' : downRevisions.join(', ')
  return dependsOn.length === 0 ? down : `${down} (${dependsOn.join(', ')})`
}

function headMark({ isHead, isEffectiveHead }: RevisionLine): string {
  if (isEffectiveHead) return ' (effective head)'
  return isHead ? ' (head)' : ''
}

const pointMarks = ({ isBranchPoint, isMergePoint }: RevisionLine): string =>
  `${isBranchPoint ? ' (branchpoint)' : ''}${isMergePoint ? ' (mergepoint)' : ''}`

/** All that is known of a revision. */
export function revisionBlock(revision: RevisionLine, parts: LineParts): string {
  const { id, downRevisions, dependsOn, branchesInto, labels, path } = revision
  const list = (title: string, words: readonly string[]) =>
    words.length === 0 ? [] : [`${title}: ${words.join(', ')}`]
  const parents = revision.isMergePoint
    ? list('Merges', downRevisions)
    : [`Parent: ${downRevisions[0] ?? '<base>'}`]
  return `${[
    `Rev: ${id}${blockMarks(revision, parts)}`,
    ...parents,
    ...list('Also depends on', dependsOn),
    ...list('Branches into', branchesInto),
    ...list('Branch names', labels),
    `Path: ${path}`,
    ...ledgerLines(revision),
    '',
    ...revision.doc.split('\n').map(line => `    ${line}`),
    '',
  ].join('\n')}\n`
}

const blockMarks = (revision: RevisionLine, parts: LineParts): string =>
  [
    revision.isHead ? ' (head)' : '',
    pointMarks(revision),
    parts.current && revision.isCurrent ? ' (current)' : '',
  ].join('')
