import type { RevisionResult, WrittenRevision } from '../../commands/results/revision.ts'
import { openRenameLines } from '../rename-words.ts'
import { exceptCode } from './except-code.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** The files that were written; for autogenerate also what they hold and what was proved of them. */
export function printRevision(result: RevisionResult, view: View): string {
  const { changes } = result
  const lines = changes === undefined ? plainLines(result) : proposalLines(result, changes, view)
  return lines.map(line => `${line}\n`).join('')
}

function plainLines(result: RevisionResult): string[] {
  const files = filesOf(result)
  if (files.length === 0) return ['processRevisionDirectives in env.ts left nothing to write.']
  return files.flatMap(file => [`Generating ${file.path} ...  done`, ...hookLines(file)])
}

function proposalLines(result: RevisionResult, changes: readonly string[], view: View): string[] {
  const { cwd, colours } = view
  const { proof = [], notes = [], renames = [], notModelled = [], replay } = result
  const files = filesOf(result)
  return [
    ...changes.map(change => `  ${change}`),
    ...notModelled.map(object => `  not modelled: ${object}`),
    ...(proof.length === 0 ? [] : [`  proved${exceptCode(replay, view)}: ${proof.join(' · ')}`]),
    ...openRenameLines(renames),
    ...notes.map(note => `  note: ${note}`),
    ...files.flatMap(file => [
      `  wrote ${colours.green(shownPath(file.path, cwd))}`,
      ...hookLines(file).map(line => `  ${line}`),
    ]),
    ...(files.length === 0 ? [nothingWritten(result, changes)] : []),
  ]
}

const nothingWritten = ({ replay }: RevisionResult, changes: readonly string[]): string =>
  changes.length === 0
    ? `No changes: ${replay ? 'the revisions make' : 'the database is'} what the target says. Nothing was written.`
    : 'processRevisionDirectives in env.ts took all of this out. Nothing was written.'

function filesOf({ path, hooks = [], more = [] }: RevisionResult) {
  return path === undefined ? [...more] : [{ path, hooks }, ...more]
}

/** In Alembic's words. */
export const hookLines = ({ hooks }: Pick<WrittenRevision, 'hooks'>): string[] =>
  hooks.map(name => `Running post write hook '${name}' ...  done`)
