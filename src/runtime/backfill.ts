import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { BackfillSql, type KeyRange } from '../dialects/backfill-sql.ts'
import type { Connection, Dialect, RowCount } from '../dialects/dialect.ts'
import { patiently } from '../dialects/interruptible-connection.ts'
import type { BackfillContext } from '../operations/op.ts'
import type { Backfill } from '../operations/operation.ts'
import { displayName } from '../schema/index.ts'
import { backfillKey } from './backfill-key.ts'
import { BatchSize } from './batch-size.ts'
import { keepTransaction } from './keep-transaction.ts'
import { StepConnection } from './step-connection.ts'
import type { Retries } from './timeouts/retries.ts'
import type { Transaction } from './transaction.ts'

/** How far a backfill is. Rows count as they are walked past, whether or not `where` holds for them. */
export interface BackfillProgress {
  /** The table, with its schema where it was named. */
  readonly table: string
  /** So far. */
  readonly rows: number
  /** How many rows there are; about so many where `isAbout`. */
  readonly of?: number | undefined
  /** `of` was too much to count, and is estimated. */
  readonly isAbout?: boolean | undefined
  /** At the speed of this run; absent where the number of rows is not known. */
  readonly secondsLeft?: number | undefined
}

/** Where a backfill is: the last key of its last batch, and how many rows it has walked. */
export interface BackfillPlace {
  readonly key: readonly string[] | undefined
  readonly rows: number
}

const start: BackfillPlace = { key: undefined, rows: 0 }

export interface BackfillOptions {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly transaction: Transaction
  /** Keeps a place, in the transaction of the batch that ends there. */
  save(place: BackfillPlace): Promise<void>
  tell(progress: BackfillProgress): void
  /** Runs a statement of the script's own, and tells of it. */
  tellStatement<T>(sql: string, run: () => Promise<T>): Promise<T>
  /** How a batch is tried again; absent where nobody is in the way. */
  readonly retries?: (() => Promise<Pick<Retries, 'pauseAfter'>>) | undefined
  /** Ends it behind the batch that is at work. */
  readonly signal?: AbortSignal | undefined
}

/** A backfill on a live database: batch after batch along a key, each in a transaction of its own. */
export class BackfillRun {
  readonly #operation: Backfill
  readonly #options: BackfillOptions
  readonly #sql: BackfillSql
  readonly #count: RowCount | undefined
  readonly #size: BatchSize

  private constructor(
    operation: Backfill,
    options: BackfillOptions,
    sql: BackfillSql,
    count: RowCount | undefined,
  ) {
    this.#operation = operation
    this.#options = options
    this.#sql = sql
    this.#count = count
    this.#size = new BatchSize(operation)
  }

  /** Finds the key and counts the rows, and changes nothing. */
  static async open(operation: Backfill, options: BackfillOptions): Promise<BackfillRun> {
    const { connection, dialect } = options
    const key = await backfillKey(operation, connection, dialect)
    const table = { schema: operation.schema, name: operation.table }
    const [count] = (await dialect.countRows?.(connection, [{ table }])) ?? []
    return new BackfillRun(operation, options, new BackfillSql(operation, key, dialect), count)
  }

  /** Walks all rows behind a place. */
  async run(from: BackfillPlace = start): Promise<void> {
    const { pause } = this.#operation
    const { signal } = this.#options
    const clock = new ProgressClock(from.rows)
    for (let place = from; ; ) {
      const batch = await this.#batch(place)
      place = batch.place
      if (batch.isLast || clock.isDue()) this.#tell(batch, clock)
      if (batch.isLast) return
      if (pause !== undefined) await setTimeout(pause, undefined, { signal }).catch(() => {})
    }
  }

  /** One batch; done again, and smaller, where others were in its way. */
  async #batch(after: BackfillPlace): Promise<Batch> {
    for (let retries: Pick<Retries, 'pauseAfter'> | undefined; ; ) {
      try {
        return await this.#tryBatch(after)
      } catch (error) {
        retries ??= await this.#options.retries?.()
        if (retries === undefined) throw error
        await retries.pauseAfter(error)
        this.#size.halve()
      }
    }
  }

  async #tryBatch(after: BackfillPlace): Promise<Batch> {
    const { connection, transaction } = this.#options
    await transaction.begin()
    return patiently(connection, () => this.#workBatch(after))
  }

  async #workBatch(after: BackfillPlace): Promise<Batch> {
    const { connection, transaction, save } = this.#options
    const { rows: size } = this.#size
    const started = performance.now()
    const found = await connection.query<LastRow>(this.#sql.batch(after.key, size))
    const { rows, ...key } = found.rows[0] ?? { rows: 0 }
    const place = { key: Object.values(key), rows: after.rows + Number(rows) }
    if (found.rows.length > 0) {
      await this.#work({ after: after.key, upTo: place.key })
      await save(place)
    }
    await transaction.commit()
    this.#size.adapt(performance.now() - started)
    return { place, isLast: Number(rows) < size }
  }

  async #work(range: KeyRange): Promise<void> {
    const { connection, tellStatement } = this.#options
    const { callback } = this.#operation
    const sql = callback === undefined ? this.#sql.update(range) : this.#sql.rows(range)
    const { rows } = await tellStatement(sql, () => connection.query(sql))
    if (callback === undefined) return
    if (rows.length === 0) return
    const code = callback as (context: BackfillContext) => Promise<void> | void
    await keepTransaction(connection, () =>
      StepConnection.lend(connection, async own => code({ connection: own, rows })),
    )
  }

  #tell({ place: { rows }, isLast }: Batch, clock: ProgressClock): void {
    const { schema, table } = this.#operation
    const name = displayName({ schema, name: table })
    if (isLast) {
      this.#options.tell({ table: name, rows, of: rows, secondsLeft: 0 })
      return
    }
    const { rows: expected, isAbout } = this.#count ?? {}
    // An estimate that is passed was too small.
    const of = expected && Math.max(expected, rows)
    const secondsLeft = of && clock.secondsLeft(rows, of)
    this.#options.tell({ table: name, rows, of, isAbout, secondsLeft })
  }
}

/** The last row of a batch: its key in texts, `key_1`, `key_2`, …, and how many rows the batch has. */
interface LastRow {
  readonly rows: string
  readonly [key: `key_${number}`]: string
}

interface Batch {
  readonly place: BackfillPlace
  readonly isLast: boolean
}

/** When to tell of progress, more and more seldom, and how long it will still take. */
class ProgressClock {
  readonly #started = performance.now()
  readonly #rowsBefore: number
  #next = 1000

  constructor(rowsBefore: number) {
    this.#rowsBefore = rowsBefore
  }

  isDue(): boolean {
    const elapsed = performance.now() - this.#started
    if (elapsed < this.#next) return false
    this.#next = elapsed + Math.min(30_000, Math.max(1000, elapsed / 4))
    return true
  }

  secondsLeft(rows: number, all: number): number | undefined {
    const walked = rows - this.#rowsBefore
    if (walked <= 0) return undefined
    const seconds = (performance.now() - this.#started) / 1000
    return Math.round((seconds / walked) * (all - rows))
  }
}
