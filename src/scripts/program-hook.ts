import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { ProgramHook } from '../config/config.ts'
import { findProgram, isPath, searchPath } from '../programs/find-program.ts'
import { failureOf, startProgram } from '../programs/start-program.ts'
import { shellWords } from '../text/shell-words.ts'

/** Is told the lines that a hook prints; they are warnings where it fails. */
export type HookReport = (event: {
  readonly type: 'progress' | 'warning'
  readonly message: string
}) => void

/** A hook's program and its arguments, ready to be started. */
interface CommandLine {
  readonly program: string
  readonly words: readonly string[]
  readonly cwd: string
}

/** The word of a hook's options that the file takes the place of, as in Alembic. */
const fileToken = 'REVISION_SCRIPT_FILENAME'

/** Runs a program on a file, without a shell. Throws an `Error` whose message says why it failed. */
export async function runProgram(
  hook: ProgramHook,
  path: string,
  directory: string,
  report: HookReport,
): Promise<void> {
  const line = commandLine(hook, path, directory)
  const outcome = await run(line, report)
  if (outcome === undefined) return
  throw new Error(`\`${[hook.executable, ...line.words].join(' ')}\` ${outcome}`)
}

function commandLine(hook: ProgramHook, path: string, directory: string): CommandLine {
  const words = wordsOf(hook.options ?? '')
  const hasToken = words.some(word => word.includes(fileToken))
  const cwd = resolve(directory, hook.cwd ?? '.')
  if (!existsSync(cwd)) throw new Error(`there is no folder ${cwd} to run it in`)
  return {
    program: programOf(hook, directory),
    words: hasToken ? words.map(word => word.replaceAll(fileToken, path)) : [path, ...words],
    cwd,
  }
}

function wordsOf(options: string): string[] {
  const words = shellWords(options)
  if (words === undefined) throw new Error(`a quote is not closed in its options: ${options}`)
  return words
}

/** A path is one; a name is looked for where npm puts programs, then where the shell would. */
function programOf({ executable }: ProgramHook, directory: string): string {
  const places = isPath(executable)
    ? [directory]
    : [
        ...upwards(directory).map(folder => join(folder, 'node_modules', '.bin')),
        ...searchPath(process.env),
      ]
  const found = findProgram(executable, places)
  if (found !== undefined) return found
  const where = isPath(executable)
    ? resolve(directory, executable)
    : `${executable} in node_modules/.bin of ${directory} or a folder above, nor on the PATH`
  throw new Error(`there is no program ${where}`)
}

function upwards(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/**
 * How the program failed; undefined where it did not. It is asked nothing: its input is empty. Many
 * write to stderr what is no complaint, so that only the end tells what its lines are worth.
 */
async function run({ program, words, cwd }: CommandLine, report: HookReport) {
  const child = startProgram(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  for (const input of [child.stdout!, child.stderr!]) {
    createInterface({ input }).on('line', line => lines.push(line))
  }
  const failure = await failureOf(child)
  const type = failure === undefined ? 'progress' : 'warning'
  for (const line of lines) if (line.trim() !== '') report({ type, message: line })
  return failure
}
