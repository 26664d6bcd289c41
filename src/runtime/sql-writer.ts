import type { OfflineGuards } from '../config/config.ts'
import { wholeBackfill } from '../dialects/backfill-sql.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { OfflineGuard } from '../dialects/offline-guard.ts'
import { LimbeckError } from '../errors.ts'
import { bindLiterals } from '../operations/bind-literals.ts'
import { hashText } from '../operations/hash.ts'
import type { Backfill, Run } from '../operations/operation.ts'
import type { Statement, StepItem, Surroundings } from '../operations/statement.ts'
import type { Step } from '../revisions/plan.ts'
import { applyRowChanges } from '../revisions/rows.ts'
import { boundariesOf, expectAtomic, planCommits, type StepCommits } from './commit-plan.ts'
import type { Report } from './events.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import type { SqlScript } from './sql-script.ts'
import type { ChosenTimeouts } from './timeouts/chosen.ts'
import { OfflineTimeouts } from './timeouts/offline-timeouts.ts'
import type { VersionTable } from './version-table.ts'

export interface SqlWriterOptions {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** Whether the script keeps the ledger too. */
  readonly offlineLedger: boolean
  /** Whether the script looks where the database is before it does anything. */
  readonly offlineGuards: OfflineGuards
  readonly transactionPerMigration: boolean
  /** Refuses a plan that cannot be one transaction. */
  readonly isAtomic?: boolean | undefined
  /** What was chosen for it. */
  readonly timeouts?: ChosenTimeouts | undefined
  readonly report: Report
  readonly script: SqlScript
  /** Is told of a step, with the version rows that it leaves. */
  applied?(step: Step, heads: readonly string[]): Promise<void>
}

/** Writes a plan as an SQL script instead of running it: for a DBA, or another tool. */
export class SqlWriter {
  readonly #options: SqlWriterOptions
  readonly #ledger: Ledger | undefined
  readonly #timeouts: OfflineTimeouts
  /** A part of the step that is being written is committed already. */
  #isPartlyCommitted = false

  constructor(options: SqlWriterOptions) {
    this.#options = options
    this.#ledger = options.offlineLedger ? options.ledger : undefined
    const { script, dialect, timeouts = none } = options
    this.#timeouts = new OfflineTimeouts(script, dialect.timeouts, timeouts)
  }

  /** Writes the steps that lead on from `headsBefore`; limbeck's own tables come first. */
  async writePlan(steps: readonly RecordedStep[], headsBefore: readonly string[]): Promise<void> {
    const { script, transactionPerMigration, isAtomic, applied } = this.#options
    this.#expectWritable(steps)
    const commits = planCommits(steps, { transactionPerMigration, isOffline: true })
    if (isAtomic) expectAtomic(boundariesOf(commits))
    if (headsBefore.length === 0) {
      const ids = steps.flatMap(({ step }) => step.to)
      this.#options.versionTable.assertRoomWhenNew(ids)
    }
    let heads = headsBefore
    const guard = this.#guard(steps, headsBefore)
    const around = surroundings(steps)
    script.write(guard?.before ?? '')
    this.#outsideOfAll(around.map(({ before }) => before))
    script.begin()
    script.statements(...(guard?.statements ?? []))
    if (steps.length > 0) this.#createTables(headsBefore)
    for (const [index, recorded] of steps.entries()) {
      if (index > 0 && (transactionPerMigration || this.#isPartlyCommitted)) this.#restart()
      this.#writeStep(recorded, commits[index]!)
      heads = applyRowChanges(heads, recorded.step)
      await applied?.(recorded.step, heads).catch(error => {
        throw notTold(recorded, error)
      })
    }
    script.finish()
    this.#outsideOfAll(around.map(({ after }) => after))
    script.write(guard?.after ?? '')
  }

  /** Writes what creates limbeck's own tables, and nothing else. */
  writeTables(): void {
    this.#options.script.begin()
    this.#createTables([])
    this.#options.script.finish()
  }

  /** What cannot be written is told of before anything is: half a script would be taken for a whole one. */
  #expectWritable(steps: readonly RecordedStep[]): void {
    for (const recorded of steps) for (const item of recorded.items) this.#sqlOf(recorded, item)
  }

  /** A script without steps does nothing that it could be kept from. */
  #guard(steps: readonly RecordedStep[], headsBefore: readonly string[]): OfflineGuard | undefined {
    const { dialect, offlineGuards, versionTable } = this.#options
    const direction = steps[0]?.step.direction
    if (offlineGuards === false || direction === undefined) return undefined
    return dialect.offlineGuard({
      direction,
      versionTable,
      // A stamp is how somebody says that a revision which stopped midway is done.
      ledger: direction === 'stamp' ? undefined : this.#ledger,
      start: headsBefore,
      end: steps.reduce<readonly string[]>(
        (heads, { step }) => applyRowChanges(heads, step),
        headsBefore,
      ),
      isPlain: offlineGuards === 'sql',
    })
  }

  /** Where there are heads the version table is there; the ledger need not be, if Alembic wrote them. */
  #createTables(headsBefore: readonly string[]): void {
    const { versionTable, script } = this.#options
    if (headsBefore.length === 0) script.statements(versionTable.createStatement())
    if (this.#ledger !== undefined) script.statements(this.#ledger.createStatement())
  }

  #writeStep(recorded: RecordedStep, commits: StepCommits): void {
    const { script, report } = this.#options
    const { direction, from, to, revision } = recorded.step
    const word = direction === 'stamp' ? 'stamp_revision' : direction
    if (commits.before !== undefined) this.#restart()
    this.#isPartlyCommitted = false
    report({ type: 'step', revision: revision.id, direction, from, to, message: revision.message })
    script.write(comment(`Running ${word} ${from.join(', ')} -> ${to.join(', ')}`))
    if (this.#isNotedFirst(recorded)) this.#note(recorded, whole)
    for (const [index, item] of recorded.items.entries()) {
      const reason = commits.within.get(index)?.reason
      if (reason === 'newValue') this.#commitMidway(recorded, index)
      const sql = this.#sqlOf(recorded, item)
      if (reason === undefined || reason === 'newValue') {
        this.#timeouts.next(item)
        script.statements(sql)
      } else this.#outside(recorded, item, index + 1)
    }
    this.#writeRows(recorded)
  }

  #writeRows(recorded: RecordedStep): void {
    const { script, versionTable } = this.#options
    this.#timeouts.next()
    script.statements(...versionTable.rowStatements(recorded.step).map(row => row.sql))
    if (this.#isNotedFirst(recorded)) this.#noteEnd(recorded, whole)
    else this.#note(recorded, { step: 0, state: 'done' })
  }

  /** Where each statement is committed at once, a step that stops midway has to be known by its beginning. */
  #isNotedFirst({ items }: RecordedStep): boolean {
    return items.length > 0 && !this.#options.script.isTransactional
  }

  /** Commits what came before an item of a step that may use it; the ledger keeps how far that was. */
  #commitMidway(recorded: RecordedStep, step: number): void {
    this.#note(recorded, { step, state: 'done' })
    this.#restart()
    this.#isPartlyCommitted = true
  }

  /** A statement that no transaction may hold stands between two of them. */
  #outside(recorded: RecordedStep, item: StepItem, step: number): void {
    const { script } = this.#options
    const sql = this.#sqlOf(recorded, item)
    const part = { step, state: 'intent', statementHash: hashText(sql) } as const
    this.#note(recorded, part)
    this.#commit()
    script.statements(...this.#timeouts.outside(item, sql))
    script.begin()
    this.#isPartlyCommitted = true
    this.#noteEnd(recorded, part)
  }

  #note(recorded: RecordedStep, part: LedgerPart): void {
    if (this.#ledger === undefined) return
    this.#options.script.statements(this.#ledger.insertStatement(ledgerEntry(recorded, part)))
  }

  /** What was noted as an intent is done. */
  #noteEnd(recorded: RecordedStep, part: LedgerPart): void {
    if (this.#ledger === undefined) return
    this.#options.script.statements(this.#ledger.finishStatement(ledgerEntry(recorded, part)))
  }

  /** What no transaction may hold, and is not to part the one of the plan. */
  #outsideOfAll(statements: readonly string[]): void {
    if (statements.length === 0) return
    this.#commit()
    this.#options.script.statements(...statements)
  }

  #sqlOf(recorded: RecordedStep, item: StepItem): string {
    return 'kind' in item ? this.#offlineSql(recorded, item) : this.#bound(item)
  }

  #bound({ sql, parameters }: Statement): string {
    if (!parameters?.length) return sql
    return bindLiterals(sql, parameters, this.#options.dialect)
  }

  #offlineSql({ step, script }: RecordedStep, item: Run | Backfill): string {
    if (item.offline !== undefined) return item.offline
    const sql = item.kind === 'backfill' ? wholeBackfill(item, this.#options.dialect) : undefined
    if (sql !== undefined) return sql
    const directive = `op.${item.kind}`
    throw new LimbeckError(
      'RUN_OFFLINE',
      `Revision ${step.revision.id} has an ${directive} at ${item.location ?? script?.path} that cannot be written as SQL.`,
      {
        facts: { revision: step.revision.id, location: item.location },
        hint: `Give it an offline form: ${directive}(…, { offline: sql\`…\` }).`,
      },
    )
  }

  #restart(): void {
    this.#commit()
    this.#options.script.begin()
  }

  #commit(): void {
    this.#timeouts.ended()
    this.#options.script.commit()
  }
}

const none: ChosenTimeouts = { retry: 0 }

type LedgerPart = Pick<LedgerEntry, 'step' | 'state' | 'statementHash'>

/** A step as a whole, before it is done. */
const whole: LedgerPart = { step: 0, state: 'intent' }

/** A line that stays one whatever the ids in it are. */
const comment = (text: string): string => `-- ${text.replace(/[\r\n]+/g, ' ')}\n\n`

/** What the statements of a plan need around them, each once. */
function surroundings(steps: readonly RecordedStep[]): Surroundings[] {
  const items = steps.flatMap(({ items }) => items)
  const all = items.flatMap(item => ('around' in item && item.around ? [item.around] : []))
  return [...new Map(all.map(around => [around.before, around])).values()]
}

/** The error of code of the project that was told of a step and threw. */
function notTold({ step }: RecordedStep, error: unknown): LimbeckError {
  const { direction, revision } = step
  const reason = error instanceof Error ? error.message : String(error)
  return new LimbeckError('RUN_FAILED', `The ${direction} of ${revision.id} failed: ${reason}`, {
    facts: { revision: revision.id, direction },
    hint: 'Correct env.ts and run the same command again.',
    cause: error,
  })
}
