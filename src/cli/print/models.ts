import type { ModelFile, ModelsResult } from '../../commands/results/models.ts'
import { counted } from '../../text/sentences.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** The files, what they declare, and what they cannot say. */
export function printModels(result: ModelsResult, { cwd, colours }: View): string {
  const { files, isWritten, declared, notModelled, output } = result
  const words = isWritten ? written : toWrite
  const tables = declared.table ?? 0
  const others = Object.values(declared).reduce((sum, count) => sum + count, 0) - tables
  const lines = [
    ...files.map(({ path, state }) => `  ${words[state].padEnd(9)} ${shownPath(path, cwd)}`),
    ...notModelled.map(object => `  not modelled: ${object}`),
    `${counted(tables, 'table')} and ${counted(others, 'other object')} in ${counted(files.length, 'file')}.`,
    ...(isWritten ? ['', colours.bold('Next:'), ...nextSteps(shownPath(output, cwd))] : []),
  ]
  return `${lines.join('\n')}\n`
}

type Words = Readonly<Record<ModelFile['state'], string>>

const written: Words = { new: 'wrote', changed: 'replaced', unchanged: 'unchanged' }
const toWrite: Words = { new: 'new', changed: 'changed', unchanged: 'unchanged' }

const nextSteps = (output: string): string[] => [
  `  name ${output} as the target in env.ts`,
  '  npx limbeck revision --autogenerate --replay -m "baseline"',
  '  npx limbeck stamp head',
]

/** What the files say, each after its name where there are several. */
export function printModelTexts({ files }: ModelsResult, { cwd }: View): string {
  const [only, ...rest] = files
  if (only !== undefined && rest.length === 0) return only.code
  return files.map(({ path, code }) => `// ${shownPath(path, cwd)}\n${code}`).join('\n')
}
