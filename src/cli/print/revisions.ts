import type {
  CurrentResult,
  HeadsResult,
  HistoryResult,
  ShowResult,
} from '../../commands/results.ts'
import { printRevisions, revisionBlock } from './revision-line.ts'
import type { View } from './view.ts'

/** Where the database is. */
export function printCurrent({ database, revisions }: CurrentResult, view: View): string {
  const title = view.isVerbose ? `Current revision(s) for ${database}:\n` : ''
  return title + printRevisions(revisions, { points: true }, view)
}

/** The revisions of a range, newest first. */
export function printHistory({ revisions }: HistoryResult, view: View): string {
  const parts = { parents: true, labels: true, current: true, points: true, message: true }
  return printRevisions(revisions, parts, view)
}

/** The revisions that nothing follows. */
export function printHeads({ revisions }: HeadsResult, view: View): string {
  return printRevisions(revisions, { labels: true }, view)
}

/** Everything about the revisions asked for. */
export function printShow({ revisions }: ShowResult): string {
  return revisions.map(revision => revisionBlock(revision, {})).join('')
}
