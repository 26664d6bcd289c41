import { main } from '../../src/cli/main.ts'
import { type ErrorCode, errorCodes } from '../../src/errors.ts'
import { categoryOf } from './categories.ts'
import { writeTextProject } from './text-project.ts'
import { isOffline, type TextAnswer, type TextVector } from './text-vector.ts'
import type { VersionDatabase } from './version-database.ts'

/** What limbeck's command line did, in the vectors' shape. */
export interface OurAnswer extends TextAnswer {
  readonly log: readonly string[]
  readonly warnings: readonly string[]
  /** What the exit status of the reported error should be. */
  readonly documentedExit: number
  /** Everything on stderr. */
  readonly stderr: string
}

/** Runs the real command line in the project of a vector, with its rows in a real version table. */
export async function runText(vector: TextVector, database: VersionDatabase): Promise<OurAnswer> {
  const project = writeTextProject(vector, database.url)
  try {
    if (!isOffline(vector)) await database.reset(vector.graph.rows)
    const output = await runMain(vector.argv, project.folder)
    const rowsAfter = isOffline(vector) ? {} : { rowsAfter: (await database.rows()).sort() }
    const places = { '<dir>': project.folder, 'sqlite:///<dir>/app.db': database.shownUrl }
    return { ...answerOf(output, places), ...rowsAfter }
  } finally {
    project.remove()
  }
}

interface CommandOutput {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

async function runMain(argv: readonly string[], cwd: string): Promise<CommandOutput> {
  const stdout: string[] = []
  const stderr: string[] = []
  const output = (pieces: string[]) => ({
    write: (text: string) => pieces.push(text),
    isTerminal: false,
  })
  const io = { cwd, env: {}, stdout: output(stdout), stderr: output(stderr) }
  const status = await main(argv, { io })
  return { status, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** What was written, in Alembic's words: places have their names, and scripts are Python. */
function answerOf(output: CommandOutput, places: Readonly<Record<string, string>>): OurAnswer {
  const [stdout, stderr] = [output.stdout, output.stderr].map(text =>
    Object.entries(places)
      .reduce((said, [name, place]) => said.replaceAll(place, name), text)
      .replace(/^((?:Path:|Generating) <dir>\/.*)\.ts\b/gm, '$1.py'),
  ) as [string, string]
  const code = /^error ([A-Z_]+):/m.exec(stderr)?.[1]
  const warnings = [...stderr.matchAll(/^WARN {2}(.*)$/gm)].map(([, text]) => warningOf(text!))
  const warning = warnings[0] === undefined ? null : `warning:${warnings[0]}`
  return {
    stdout,
    stderr,
    stderr_category: code === undefined ? warning : `error:${categoryOf(code)}`,
    exit: output.status,
    documentedExit: code === undefined ? 0 : errorCodes[code as ErrorCode],
    log: [...stderr.matchAll(/^INFO {2}(Running .*)$/gm)].map(([, line]) => line!),
    warnings,
  }
}

/** The vectors' name for the one warning that both tools give. */
function warningOf(text: string): string {
  return /is ambiguous with several current revisions/.test(text)
    ? 'ambiguous-relative-downgrade'
    : text
}
