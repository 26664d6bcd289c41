import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Step } from '../revisions/plan.ts'
import { applyRowChanges } from '../revisions/rows.ts'
import { runAhead } from './ahead.ts'
import { boundariesOf, expectAtomic, planCommits, type StepCommits } from './commit-plan.ts'
import type { Report } from './events.ts'
import { fly, mayFly, mostSteps } from './flight.ts'
import { interruptedRun } from './interrupted-run.ts'
import type { Ledger, PartialStep } from './ledger.ts'
import { RunProgress } from './progress.ts'
import { loadedAtOnce, type RecordedStep } from './recorded-step.ts'
import { Recording } from './recording.ts'
import { type RemainingStep, remainingSteps } from './resume.ts'
import type { ScriptContext } from './script-context.ts'
import { type SessionName, sessionName } from './session-name.ts'
import { StepRunner } from './step-runner.ts'
import type { RunLimits } from './timeouts/limits.ts'
import type { LockWatch } from './timeouts/watch.ts'
import { Transaction } from './transaction.ts'
import type { VersionTable } from './version-table.ts'

export interface RunnerOptions {
  readonly dialect: Dialect
  readonly connection: Connection
  /** What the work is done in, where something else shares it. */
  readonly transaction?: Transaction | undefined
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration: boolean
  /** Refuses steps that cannot be one transaction. */
  readonly isAtomic?: boolean | undefined
  readonly report: Report
  /** A pooler lends the session to others between transactions. */
  readonly isPooled?: boolean | undefined
  /** How long statements may take; absent where nobody is kept waiting. */
  readonly limits?: RunLimits | undefined
  /** Sees who is in the way. */
  readonly watch?: LockWatch | undefined
  /** Ends what the run waits for. */
  readonly signal?: AbortSignal | undefined
  /** What the scripts were given; absent where none has code that records more. */
  readonly scriptContext?: ScriptContext | undefined
  /** Is told of a step before it runs. */
  beforeStep?(step: Step): Promise<void>
  /** Is told of a step before its commit, with the version rows that it leaves. */
  applied?(step: Step, heads: readonly string[], milliseconds?: number): Promise<void>
}

export interface RunOptions {
  /** SQL that runs first, in the same transaction. */
  readonly before?: readonly string[] | undefined
  /** The version rows that the first step starts from. */
  readonly headsBefore?: readonly string[] | undefined
}

/** Walks recorded steps on a live database, and keeps the version table and ledger true at every commit. */
export class Runner {
  readonly #options: RunnerOptions
  readonly #transaction: Transaction
  readonly #sessionName: SessionName | undefined
  #progress = new RunProgress()

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#sessionName = sessionName(options)
    this.#transaction = options.transaction ?? new Transaction(options.connection)
  }

  /** Runs the steps in order; those whose scripts are still being loaded are waited for. */
  async run(given: readonly RecordedStep[] | Recording, options: RunOptions = {}): Promise<void> {
    try {
      await this.#runOnce(given, options).catch(error => this.#tryAgain(error, given, options))
    } catch (thrown) {
      const error = interruptedRun(thrown, this.#progress)
      await this.#transaction.abandon(error)
      throw error
    } finally {
      this.#nameFor(undefined)
    }
  }

  async #runOnce(given: readonly RecordedStep[] | Recording, options: RunOptions): Promise<void> {
    this.#progress = new RunProgress()
    const begun =
      given instanceof Recording
        ? ((await this.#runAhead(given, options)) ?? (await this.#begin(await given.all, options)))
        : await this.#begin(given, options)
    await this.#goOn(begun, options)
  }

  /** Begins again behind the last commit, as long as what stood in the way may pass. */
  async #tryAgain(
    error: unknown,
    given: readonly RecordedStep[] | Recording,
    options: RunOptions,
  ): Promise<void> {
    const { limits, watch, report, signal } = this.#options
    if (limits === undefined) throw error
    const { Retries } = await import('./timeouts/retries.ts')
    const transaction = this.#transaction
    const retries = new Retries({ limits, transaction, watch, report, signal })
    for (let failure = error; ; ) {
      await retries.pauseAfter(failure, this.#progress)
      this.#progress.rollBack()
      try {
        const steps = given instanceof Recording ? await given.all : given
        return await this.#goOnBehind(steps, options)
      } catch (next) {
        failure = next
      }
    }
  }

  /** Does what is not committed yet. */
  async #goOnBehind(steps: readonly RecordedStep[], options: RunOptions): Promise<void> {
    const { commits, done } = this.#progress
    const left = steps.slice(done)
    const before = commits === 0 ? options.before : undefined
    const headsBefore = steps
      .slice(0, done)
      .reduce((heads, { step }) => applyRowChanges(heads, step), options.headsBefore ?? [])
    // What there is to say of the plan was said.
    await this.#goOn(await this.#begin(left, { before }, () => {}), { headsBefore })
  }

  /** Has the transactions that begin from now on name their session after a revision. */
  #nameFor(step: Step | undefined): void {
    const naming = step && this.#sessionName?.inTransaction(step.revision.id)
    this.#transaction.beginWith('name', naming && `SELECT ${naming}`)
  }

  /** Looks at what there is to do, and prepares the database for it. */
  async #begin(
    steps: readonly RecordedStep[],
    { before }: RunOptions,
    report = this.#options.report,
  ): Promise<BegunRun> {
    const missing = await this.#missingTables()
    const partial = steps.length === 0 ? [] : await this.#partialSteps(missing)
    const remaining = remainingSteps(steps, partial, report)
    const commits = this.#plan(remaining, report)
    await this.#prepare(
      steps.map(({ step }) => step),
      missing,
      before,
    )
    return { remaining, commits, done: 0, progress: this.#progress }
  }

  /** The same while scripts are still being loaded, with the first steps done; undefined where that may not be. */
  async #runAhead(recording: Recording, { before }: RunOptions): Promise<BegunRun | undefined> {
    const { connection, report, isAtomic } = this.#options
    const isAlone = this.#flies && this.#transaction.isFree
    const isLong = recording.steps.length > loadedAtOnce && !recording.isDone
    if (!isLong || isAtomic || !isAlone) return undefined
    const progress = this.#progress
    const done = await runAhead({
      recording,
      connection,
      transaction: this.#transaction,
      report,
      prepare: async () => {
        const missing = await this.#missingTables()
        if ((await this.#partialSteps(missing)).length > 0) return false
        await this.#prepare(recording.steps, missing, before)
        return true
      },
      fly: (steps, tell, next) =>
        fly(steps, {
          ...this.#options,
          progress,
          report: tell,
          sessionName: this.#sessionName,
          next,
        }),
    })
    if (done === undefined) {
      progress.rollBack()
      return undefined
    }
    const remaining = remainingSteps(await recording.all, [], report)
    return { remaining, commits: this.#plan(remaining, report), done, progress }
  }

  /** Whether steps may go to the database together: nothing happens between them. */
  get #flies(): boolean {
    const { transactionPerMigration, beforeStep, applied, versionTable } = this.#options
    const isHeard = beforeStep !== undefined || applied !== undefined
    return !(transactionPerMigration || versionTable.isWatched || isHeard)
  }

  /** Runs what is not done: together what can be, the rest step by step. */
  async #goOn(
    { remaining, commits, done, progress }: BegunRun,
    { headsBefore = [] }: RunOptions,
  ): Promise<void> {
    const transaction = this.#transaction
    const sessionName = this.#sessionName
    const options = { ...this.#options, transaction, progress, headsBefore, sessionName }
    const steps = new StepRunner(options)
    for (let at = done; at < remaining.length; ) {
      const together = this.#together(remaining, commits, at)
      const behind = at + Math.max(together.length, 1)
      const next = remaining[behind]?.step.revision.id
      this.#nameFor(remaining[at]!.step)
      await transaction.begin()
      if (together.length > 0) await fly(together, { ...options, next })
      else await steps.run(remaining[at]!, commits[at]!, next)
      at = behind
    }
    await steps.finish(remaining.at(-1))
  }

  #together(
    remaining: readonly RemainingStep[],
    commits: readonly StepCommits[],
    start: number,
  ): readonly RemainingStep[] {
    let end = start
    const most = this.#flies ? start + mostSteps : start
    while (end < Math.min(most, remaining.length) && mayFly(remaining[end]!, commits[end]!)) end++
    return remaining.slice(start, end)
  }

  async #missingTables(): Promise<MissingTable[]> {
    const { connection, versionTable, ledger } = this.#options
    const tables = []
    for (const table of [versionTable, ledger])
      tables.push({ table, creation: await table.creation(connection) })
    return tables.filter(({ creation }) => creation.length > 0)
  }

  async #partialSteps(missing: readonly MissingTable[]): Promise<readonly PartialStep[]> {
    const { connection, ledger } = this.#options
    const isNew = missing.some(({ table }) => table === ledger)
    return isNew ? [] : ledger.partialSteps(connection)
  }

  /** Says which commits there will be before anything runs. */
  #plan(steps: readonly RemainingStep[], report: Report): StepCommits[] {
    const { isAtomic, transactionPerMigration } = this.#options
    const planned = planCommits(steps, { transactionPerMigration })
    const commits = boundariesOf(planned)
    if (isAtomic) expectAtomic(commits)
    if (commits.length > 0) report({ type: 'plan', commits })
    return planned
  }

  async #prepare(
    steps: readonly Step[],
    missing: readonly MissingTable[],
    before: readonly string[] = [],
  ): Promise<void> {
    const { connection, versionTable } = this.#options
    const isNew = missing.some(({ table }) => table === versionTable)
    await versionTable.assertRoom(connection, writtenIds(steps), isNew)
    this.#nameFor(steps[0])
    await this.#beginRecorded(missing)
    for (const { table, creation } of missing) {
      await connection.executeAll(creation).catch(error => {
        throw table.unusable(error)
      })
    }
    await connection.executeAll(before)
  }

  /** Begins, with a ledger whose next line gets a number of its own. */
  async #beginRecorded(missing: readonly MissingTable[]): Promise<void> {
    const { dialect, ledger } = this.#options
    const isThere = !missing.some(({ table }) => table === ledger)
    const catchUp = isThere ? dialect.catchUp?.(ledger.name, 'sequence') : undefined
    this.#transaction.beginWith('ledger', catchUp)
    await this.#transaction.begin()
    this.#transaction.beginWith('ledger', undefined)
  }
}

/** A run whose transaction is open, with limbeck's tables in place. */
interface BegunRun {
  readonly remaining: readonly RemainingStep[]
  readonly commits: readonly StepCommits[]
  /** How many of the first steps are done. */
  readonly done: number
  readonly progress: RunProgress
}

interface MissingTable {
  readonly table: VersionTable | Ledger
  readonly creation: readonly string[]
}

const writtenIds = (steps: readonly Step[]): string[] =>
  steps.flatMap(({ inserts, updates }) => [...inserts, ...updates.map(([, to]) => to)])
