import type { CurrentDatabase, CurrentResult } from '../../commands/results/current.ts'
import type {
  BranchesResult,
  BranchPoint,
  HeadsResult,
  ShowResult,
} from '../../commands/results/graph.ts'
import { type LineParts, printRevisions, revisionBlock } from './revision-line.ts'
import type { View } from './view.ts'

/** Where the database is; of several, each under its name. */
export function printCurrent(result: CurrentResult, view: View): string {
  const hasTitle = view.isVerbose || result.databases !== undefined
  const print = ({ database, revisions }: CurrentDatabase) =>
    (hasTitle ? `Current revision(s) for ${database}:\n` : '') +
    printRevisions(revisions, { points: true }, view)
  return (result.databases ?? [result]).map(print).join('')
}

/** The revisions that nothing follows. */
export function printHeads({ revisions }: HeadsResult, view: View): string {
  return printRevisions(revisions, { labels: true }, view)
}

/** Each branch point, and under it what follows it. */
export function printBranches({ branchPoints }: BranchesResult, view: View): string {
  return branchPoints.map(point => printBranchPoint(point, view)).join('')
}

function printBranchPoint({ revision, children }: BranchPoint, view: View): string {
  const parts: LineParts = { labels: true, points: true }
  const indent = ' '.repeat(revision.id.length)
  const lines = children.map(child => {
    const line = printRevisions(
      [child],
      { ...parts, message: view.isVerbose },
      { ...view, isVerbose: false },
    )
    return `${indent} -> ${line}`
  })
  return `${printRevisions([revision], parts, view)}${lines.join('')}\n`
}

/** Everything about the revisions asked for. */
export function printShow({ revisions }: ShowResult): string {
  return revisions.map(revision => revisionBlock(revision, {})).join('')
}
