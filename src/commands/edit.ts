import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { LimbeckError } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { type Editor, findEditor } from './find-editor.ts'
import type { EditInput, RunProgram } from './inputs.ts'
import type { EditResult } from './results/revision.ts'
import { nodesOrCurrent } from './show.ts'

/** Opens the files of the revisions that an identifier stands for, one after the other. */
export async function edit(input: EditInput): Promise<EditResult> {
  const { revision, runProgram, cwd = process.cwd() } = input
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const nodes = await nodesOrCurrent(project, graph, revision)
  if (nodes.length === 0) throw nothingToEdit(revision)
  const editor = findEditor({ env: project.env, cwd })
  const paths = nodes.map(node => (node.revision as ScannedRevision).path)
  for (const path of paths) await open(editor, path, runProgram)
  return { paths }
}

async function open(
  { program, words }: Editor,
  path: string,
  runProgram: RunProgram,
): Promise<void> {
  const failure = await runProgram(program, [...words, path])
  if (failure === undefined) return
  throw new LimbeckError('EDITOR_FAILED', `The editor ${program} ${failure}.`, {
    facts: { program, path },
    hint: `Look at ${path} for what was saved; EDITOR chooses another editor.`,
  })
}

function nothingToEdit(revision: string): LimbeckError {
  const sentence =
    revision === 'current'
      ? 'The database is at no revision, so there is no file to open.'
      : `'${revision}' stands for no revision, so there is no file to open.`
  return new LimbeckError('NOTHING_TO_EDIT', sentence, {
    facts: { argument: revision },
    hint: '`limbeck history` lists the revisions.',
  })
}
