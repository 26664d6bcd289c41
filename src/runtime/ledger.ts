import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { StepDirection } from '../revisions/plan.ts'
import type { Column, QualifiedName } from '../schema/index.ts'
import type { BackfillPlace } from './backfill.ts'
import { type PartialLine, readPartialLine } from './ledger-line.ts'
import { ask, hasColumn, isAbsence, unlessThere, unusableTable } from './own-table.ts'
import type { OwnTable } from './own-table-shape.ts'

/** The ledger's name; it stands in the version table's schema. */
export const ledgerName = 'limbeck_ledger'

/**
 * `intent` is written before a statement that cannot be rolled back, `done` after it; `failed` where it is
 * known that it was refused: it is run anew.
 */
export type LedgerState = 'intent' | 'done' | 'failed'

/** One line of the ledger: who did what, when, and from which text. */
export interface LedgerEntry {
  readonly revision: string
  readonly direction: StepDirection
  /** 0 for a revision as a whole; 1 and on for its statements that run outside a transaction. */
  readonly step: number
  readonly state: LedgerState
  readonly statementHash?: string | undefined
  /** Of the script's text: `v1:` and a SHA-256. Absent for stamps. */
  readonly scriptChecksum?: string | undefined
  /** Of the operations the script recorded. Absent for stamps. */
  readonly operationsHash?: string | undefined
  /** How far the revision was; absent for a revision as a whole. */
  readonly progress?: StepProgress | undefined
}

/** An entry with its times, in seconds ago. */
export interface LedgerLine {
  readonly entry: LedgerEntry
  readonly started: number
  readonly finished: number
}

/** How far a revision was when a part of it was committed. */
export interface StepProgress {
  /** How many of its first items were done, … */
  readonly items: number
  /** … and a hash of these, so that it can be told whether they are the same in the script now. */
  readonly hash: string
  /** Where a backfill was that came after them. */
  readonly place?: BackfillPlace | undefined
}

/** The latest line of a revision that was committed in part. */
export interface PartialStep
  extends Pick<LedgerEntry, 'revision' | 'direction' | 'step' | 'state' | 'progress'> {
  readonly sequence: number
  readonly statementHash: string | null
  readonly operationsHash: string | null
}

/** A line as it is kept, of those that say last what became of a revision. */
export interface LatestLine extends Operator {
  readonly revision: string
  readonly direction: string
  readonly step: number
  readonly state: string
  readonly script_checksum: string | null
  readonly operations_hash: string | null
  readonly who: string | null
  readonly started: unknown
  readonly finished: unknown
}

/** Who runs limbeck, as the ledger notes it. */
export interface Operator {
  readonly host: string
  readonly application: string
  /** limbeck's own version. */
  readonly version: string
}

/** Who moved a database by a revision last. */
export interface LastRun extends Operator {
  readonly direction: StepDirection
  /** The role of the database; null where databases have none. */
  readonly who: string | null
  /** As the database spells it. */
  readonly at: string
}

/** The columns of the ledger; who runs limbeck is told by the database where it knows. */
function columnsOf({ user }: Dialect): Column[] {
  const column = (name: string, type: string, notNull = true): Column => ({ name, type, notNull })
  return [
    { ...column('sequence', 'bigint'), identity: { always: false } },
    column('revision', 'text'),
    column('direction', 'varchar(16)'),
    column('step', 'integer'),
    column('state', 'varchar(16)'),
    column('statement_hash', 'text', false),
    column('script_checksum', 'text', false),
    column('operations_hash', 'text', false),
    { ...column('who', 'text', user !== undefined), ...(user && { default: { sql: user } }) },
    column('host', 'text'),
    column('application', 'text'),
    column('version', 'text'),
    column('started', 'timestamptz(6)'),
    column('finished', 'timestamptz(6)', false),
    column('progress', 'text', false),
  ]
}

/** Those that every line is written with. */
const writtenColumns = [
  ...['revision', 'direction', 'step', 'state', 'statement_hash', 'script_checksum'],
  ...['operations_hash', 'host', 'application', 'version', 'started', 'finished'],
]

/** The record beside the version table. Hidden, like it, from comparison and drift. */
export class Ledger {
  readonly name: QualifiedName
  readonly #dialect: Dialect
  readonly #operator: Operator
  readonly #sql: string

  constructor(dialect: Dialect, schema: string | undefined, operator: Operator) {
    this.name = { schema, name: ledgerName }
    this.#dialect = dialect
    this.#operator = operator
    this.#sql = dialect.quoteQualified(this.name)
  }

  /** What it has to be for a run; an older one is given the column that it lacks. */
  get own(): OwnTable {
    const isUnqualified = this.name.schema === undefined
    return {
      what: 'ledger',
      name: this.name,
      sql: this.#sql,
      isUnqualified,
      columns: writtenColumns,
    }
  }

  createStatement(): string {
    const [created] = this.#dialect.compile({
      kind: 'createTable',
      table: { kind: 'table', ...this.name, columns: columnsOf(this.#dialect) },
      constraints: [
        { kind: 'constraint', type: 'primaryKey', table: ledgerName, columns: ['sequence'] },
      ],
      ifNotExists: true,
    })
    return created?.sql ?? ''
  }

  /** What there is to create before anything is written: a ledger of the first versions lacks a column. */
  async creation(connection: Connection): Promise<string[]> {
    if (await hasColumn(connection, this.#sql, 'progress')) return []
    const missing = await unlessThere(connection, this.#sql, this.createStatement())
    return missing.length > 0 ? missing : [`ALTER TABLE ${this.#sql} ADD COLUMN progress text`]
  }

  /** What is told where the ledger cannot be created. */
  unusable(error: unknown): unknown {
    return unusableTable('ledger', this.name, this.#dialect, error)
  }

  /**
   * Writes an entry. `startedSecondsAgo` sets the beginning back, so that a revision's line, written
   * when it is done, tells how long it took; a `done` entry is finished at the clock's time.
   */
  insertStatement(entry: LedgerEntry, startedSecondsAgo = 0): string {
    return this.insertAllStatement([{ entry, started: startedSecondsAgo, finished: 0 }])
  }

  /** Writes several, in their order. */
  insertAllStatement(lines: readonly LedgerLine[]): string {
    const hasProgress = lines.some(({ entry }) => entry.progress !== undefined)
    const rows = lines.map(line => `(${this.#values(line, hasProgress).join(', ')})`)
    return (
      `INSERT INTO ${this.#sql} (${writtenColumns.join(', ')}${hasProgress ? ', progress' : ''}) ` +
      `VALUES ${rows.join(', ')}`
    )
  }

  #values({ entry, started, finished }: LedgerLine, hasProgress: boolean): string[] {
    const { host, application, version } = this.#operator
    const text = (value: unknown) => this.#dialect.literal(value ?? null)
    return [
      ...[entry.revision, entry.direction, entry.step, entry.state].map(text),
      ...[entry.statementHash, entry.scriptChecksum, entry.operationsHash].map(text),
      ...[host, application, version].map(text),
      this.#dialect.clock(started),
      entry.state === 'done' ? this.#dialect.clock(finished) : 'NULL',
      ...(hasProgress ? [text(entry.progress && JSON.stringify(entry.progress))] : []),
    ]
  }

  /** Marks the latest intent of a statement outside a transaction as done. */
  finishStatement(entry: LedgerEntry): string {
    return this.#change(`state = 'done', finished = ${this.#dialect.clock()}`, entry)
  }

  /** Marks it as refused. */
  failStatement(entry: LedgerEntry): string {
    return this.#change(`state = 'failed', finished = ${this.#dialect.clock()}`, entry)
  }

  /** What says by hand that the statement of a line was done, or has to be run anew. */
  decideStatement(sequence: number, state: 'done' | 'failed'): string {
    return `UPDATE ${this.#sql} SET state = '${state}' WHERE sequence = ${sequence};`
  }

  /** Notes in the latest intent of an entry how far it is now. */
  progressStatement(entry: LedgerEntry, progress: StepProgress): string {
    return this.#change(`progress = ${this.#dialect.literal(JSON.stringify(progress))}`, entry)
  }

  #change(assignments: string, { revision, direction, step }: LedgerEntry): string {
    const text = (value: unknown) => this.#dialect.literal(value)
    const latest =
      `SELECT max(sequence) AS latest FROM ${this.#sql} WHERE state = 'intent' ` +
      `AND revision = ${text(revision)} AND direction = ${text(direction)} AND step = ${text(step)}`
    // MySQL reads a table that it updates only from inside another query.
    return `UPDATE ${this.#sql} SET ${assignments} WHERE sequence = (SELECT latest FROM (${latest}) AS intents)`
  }

  /** The revisions that were committed in part, and not finished since: the latest line of each. */
  async partialSteps(connection: Connection): Promise<PartialStep[]> {
    const { rows } = await connection.query<PartialLine>(
      `SELECT sequence, revision, direction, step, state, statement_hash, operations_hash, progress ` +
        `FROM ${this.#sql} WHERE step <> 0 AND ${this.#isLatestOf('revision')}`,
    )
    return rows.map(line => readPartialLine(line, this.#sql))
  }

  /**
   * The latest lines of each revision, one for each direction, in their order: that of the sequence, since
   * clocks may be set back. None where there is no ledger, as on a database of Alembic's.
   */
  async latestLines(connection: Connection): Promise<LatestLine[]> {
    try {
      const { rows } = await ask<LatestLine>(
        connection,
        'SELECT revision, direction, step, state, script_checksum, operations_hash, who, host, ' +
          `application, version, started, finished FROM ${this.#sql} ` +
          `WHERE ${this.#isLatestOf('revision, direction')} ORDER BY sequence`,
      )
      return rows
    } catch (error) {
      if (isAbsence(error)) return []
      throw error
    }
  }

  #isLatestOf(columns: string): string {
    return `sequence IN (SELECT max(sequence) FROM ${this.#sql} GROUP BY ${columns})`
  }

  /** The latest line of a revision as a whole. The ledger may be absent, as on a database of Alembic's. */
  async lastRun(connection: Connection, revision: string): Promise<LastRun | undefined> {
    const { rows } = await ask<LastRun>(
      connection,
      `SELECT direction, who, host, application, version, started AS at FROM ${this.#sql} ` +
        `WHERE revision = ${this.#dialect.literal(revision)} AND step = 0 ORDER BY sequence DESC LIMIT 1`,
    )
    return rows[0]
  }
}
