import type { RevisionResult } from '../../commands/results.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** The file that was written; for autogenerate also what it holds and what was proved of it. */
export function printRevision(result: RevisionResult, view: View): string {
  const { path, changes } = result
  if (changes !== undefined) return printProposal(result, changes, view)
  return path === undefined ? '' : `Generating ${path} ...  done\n`
}

function printProposal(
  { path, proof = [], notes = [], notModelled = [] }: RevisionResult,
  changes: readonly string[],
  { cwd, colours }: View,
): string {
  const written =
    path === undefined
      ? ['No changes: the database is what the target says. Nothing was written.']
      : [`  wrote ${colours.green(shownPath(path, cwd))}`]
  const lines = [
    ...changes.map(change => `  ${change}`),
    ...notModelled.map(object => `  not modelled: ${object}`),
    ...(proof.length === 0 ? [] : [`  proved: ${proof.join(' · ')}`]),
    ...notes.map(note => `  note: ${note}`),
    ...written,
  ]
  return `${lines.join('\n')}\n`
}
