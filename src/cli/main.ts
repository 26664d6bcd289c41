import { explained } from '../commands/explained.ts'
import { redact, rememberSecrets } from '../credentials/secrets.ts'
import { LimbeckError } from '../errors.ts'
import { version } from '../version.ts'
import { coloursFor } from './colours.ts'
import type { CliCommand } from './command.ts'
import { commands as allCommands } from './commands.ts'
import { success, wrongUsage } from './exit-status.ts'
import { commandHelp, generalHelp } from './help.ts'
import { heedSignals, type Interrupt } from './interrupt.ts'
import { type Io, type Output, processIo } from './io.ts'
import { errorLine, redacted } from './log-line.ts'
import { formatAtStart, givenLog, shownFrom } from './log-options.ts'
import { type ParsedLine, parseLine } from './parse-line.ts'
import { usage } from './read-options.ts'
import { asLimbeckError, errorDocument, errorText, traceText } from './report-error.ts'
import { Reporter, type ReporterOptions } from './reporter.ts'
import type { RunStatus } from './run-status.ts'
import { showsUnicode } from './unicode.ts'

/** What a run of the command line writes to, and with which commands. */
export interface MainOptions {
  readonly io?: Io | undefined
  readonly commands?: readonly CliCommand[] | undefined
}

/**
 * The command line: words in, text or JSON and an exit status out. Results go to stdout; progress,
 * errors and hints to stderr. With `--json` stdout holds exactly one document, also for an error.
 */
export async function main(
  argv: readonly string[],
  { io, commands = allCommands }: MainOptions = {},
): Promise<number> {
  const session = new Session(io ?? processIo(), argv)
  const interrupt = io === undefined ? watch(session) : undefined
  const status = await perform(session, argv, commands, interrupt?.signal)
  interrupt?.forget()
  // Code of the project that nobody waits for any more must not keep the process.
  if (interrupt?.signal.aborted) process.exit(status)
  return status
}

async function perform(
  session: Session,
  argv: readonly string[],
  commands: readonly CliCommand[],
  signal: AbortSignal | undefined,
): Promise<number> {
  try {
    const line = parseLine(argv, commands)
    return await session.run(line, commands, signal)
  } catch (error) {
    return session.fail(error)
  } finally {
    session.hasEnded = true
  }
}

/**
 * The project's own code may throw where nobody catches it, or await what never comes; and the process
 * may be told to end.
 */
function watch(session: Session): Interrupt {
  process.on('uncaughtException', error => process.exit(session.fail(error)))
  process.on('beforeExit', () => {
    if (!session.hasEnded) process.exit(session.fail(neverSettled()))
  })
  return heedSignals(signal => session.tellEnding(signal))
}

function neverSettled(): LimbeckError {
  return new LimbeckError(
    'ENVIRONMENT_FAILED',
    'The command waits for a promise that is never settled.',
    { hint: 'Look in env.ts and in op.run for a promise whose resolve is not called.' },
  )
}

/** Some services give their jobs a terminal at which nobody sits. */
const isContinuousIntegration = ({ CI = '' }: NodeJS.ProcessEnv): boolean =>
  !['', '0', 'false'].includes(CI.toLowerCase())

/** One run: where it writes, and how. */
class Session {
  readonly #io: Io
  readonly #isJson: boolean
  readonly #isTrace: boolean
  #reporter: Reporter
  hasEnded = false

  /** Before the words are understood it must be known already how to complain about them. */
  constructor(io: Io, argv: readonly string[]) {
    this.#io = io
    // A URL may stand at a wrong place, such as behind `-c`, and be spelled otherwise in the complaint.
    for (const word of argv) rememberSecrets(word)
    this.#isJson = argv.includes('--json')
    this.#isTrace = argv.includes('--trace') || argv.includes('--raiseerr')
    this.#reporter = this.#newReporter({ format: formatAtStart(argv, io.env) })
  }

  #newReporter(options: ReporterOptions): Reporter {
    const { stderr, env } = this.#io
    return new Reporter(stderr, coloursFor(stderr, env), options)
  }

  /** Where somebody sits at the terminal and sees it. */
  async #newStatus(): Promise<RunStatus | undefined> {
    const { stderr, stdout, env } = this.#io
    const isWatched = stderr.isTerminal && env.TERM !== 'dumb' && !isContinuousIntegration(env)
    if (!isWatched) return undefined
    const [{ RunStatus }, { StatusLine }] = await Promise.all([
      import('./run-status.ts'),
      import('./status-line.ts'),
    ])
    return new RunStatus(new StatusLine(stderr, stdout))
  }

  async run(
    line: ParsedLine,
    commands: readonly CliCommand[],
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { command, globals, isHelp } = line
    if (globals.version) return this.#say(`limbeck ${version}\n`)
    if (isHelp) return this.#say(this.#help(command, commands, this.#io.stdout))
    if (command === undefined) {
      if (this.#isJson) throw usage('No command was given.')
      this.#io.stderr.write(this.#help(undefined, commands, this.#io.stderr))
      return wrongUsage
    }
    return this.#runCommand(command, line, signal)
  }

  async #runCommand(
    command: CliCommand,
    line: ParsedLine,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { config, name, url, x, quiet, verbose } = line.globals
    if (url !== undefined) rememberSecrets(url)
    const { cwd, env } = this.#io
    const log = givenLog(line.globals, env)
    const isSaid = line.globals['log-level'] !== undefined
    const level = isSaid ? shownFrom(log.level) : quiet ? 'warning' : verbose ? 'debug' : undefined
    const status = await this.#newStatus()
    this.#reporter = this.#newReporter({ level, format: log.format, status })
    const common = {
      ...{ cwd, env, config, name, url, x, log },
      report: this.#reporter.report,
      hearsStatements: status !== undefined,
      signal,
    }
    const perform = explained(await command.load())
    const { ask, choose } = this.#isJson ? {} : this.#io
    const chooses = isContinuousIntegration(env) ? undefined : choose
    const result = await perform({
      ...common,
      ...command.input({ ...line, isVerbose: verbose }, ask, chooses),
    } as never)
    this.#reporter.end()
    await this.#show(command, result, line)
    const failure = command.failure?.(result)
    return failure === undefined ? success : this.#complain(failure)
  }

  async #show(
    command: CliCommand,
    result: unknown,
    { globals, values }: ParsedLine,
  ): Promise<void> {
    if (this.#isJson) {
      this.#io.stdout.write(`${JSON.stringify(result, withoutSecrets, 2)}\n`)
    } else if (!globals.quiet || isScript(result) || command.isData?.(values)) {
      const { stdout, env, cwd } = this.#io
      const text = await command.print(
        result,
        {
          isVerbose: globals.verbose,
          colours: coloursFor(stdout, env),
          cwd,
          columns: stdout.columns,
          isAscii: !showsUnicode(env),
        },
        values,
      )
      const isOwn = isScript(result) || command.isCode?.(values)
      stdout.write(isOwn ? text : redact(text))
    }
  }

  /** The process was told to end, and will. */
  tellEnding(signal: NodeJS.Signals): void {
    const message = `${signal}: ending at the next safe place; once more ends at once.`
    this.#reporter.report({ type: 'progress', message })
  }

  /** Ends the run with an error. */
  fail(thrown: unknown): number {
    const error = asLimbeckError(thrown)
    if (this.#isJson) this.#io.stdout.write(errorDocument(error))
    return this.#complain(error)
  }

  #complain(error: LimbeckError): number {
    const { stderr } = this.#io
    this.#reporter.end()
    const trace = this.#isTrace ? traceText(error) : undefined
    if (this.#reporter.format === 'json') stderr.write(errorLine(error, trace))
    else stderr.write(errorText(error, coloursFor(stderr, this.#io.env)) + (trace ?? ''))
    return error.exitStatus
  }

  #help(command: CliCommand | undefined, commands: readonly CliCommand[], output: Output): string {
    const colours = coloursFor(output, this.#io.env)
    return command === undefined
      ? generalHelp(commands, version, colours)
      : commandHelp(command, colours)
  }

  #say(text: string): number {
    this.#io.stdout.write(text)
    return success
  }
}

/** SQL that was asked for is the user's own text, as code is: neither silenced nor masked. */
const isScript = (result: unknown): boolean =>
  typeof result === 'object' && result !== null && 'sql' in result && result.sql !== undefined

const withoutSecrets = (key: string, value: unknown): unknown =>
  key === 'sql' || key === 'code' ? value : redacted(key, value)
