import { relative } from 'node:path'
import { shownMoment } from '../text/moments.ts'
import type { EditedScript } from './edited-scripts.ts'

/** What is known of an edited script, in a sentence without its end. */
export function editedWords(edited: EditedScript, cwd: string): string {
  const { revision, path, appliedAt, changedAt, appliedHash, hash, problem } = edited
  const applied = `applied${appliedAt === undefined ? '' : ` ${shownMoment(appliedAt)}`}, ${short(appliedHash)}`
  const now = `the file is of ${shownMoment(changedAt)}, ${short(hash)}`
  const reason = problem === undefined ? '' : `; it cannot be loaded: ${problem}`
  return `${revision} was edited after it was applied: ${relative(cwd, path)} (${applied}; ${now})${reason}`
}

const short = (hash: string | undefined): string =>
  hash === undefined ? 'hash unknown' : `hash ${hash.slice(0, 8)}`
