import type { AnyColumn, ColumnRecord } from '../declarations/columns.ts'
import type { ExcludeInput } from '../declarations/constraints.ts'
import { compact, invalid, type NameInput, whatIs } from '../declarations/declaration.ts'
import { type ConstraintName, type FinalName, finalName } from '../declarations/final-name.ts'
import type { IndexElementInput } from '../declarations/indexes.ts'
import type { SqlText } from '../declarations/sql.ts'
import {
  table as declareTable,
  type TableDeclaration,
  type TableExtra,
  type TableOptions,
} from '../declarations/tables.ts'
import { LimbeckError } from '../errors.ts'
import type { Naming } from './naming.ts'
import type { Operation, PlainRow } from './operation.ts'
import { type BackfillCodeOptions, type BackfillOptions, backfill } from './recorder/backfill.ts'
import { type Batch, type BatchOptions, batchAlterTable } from './recorder/batch.ts'
import * as columns from './recorder/columns.ts'
import * as constraints from './recorder/constraints.ts'
import {
  type ExecuteOptions,
  execute,
  type RunConnection,
  type RunOptions,
  run,
} from './recorder/execute.ts'
import * as indexes from './recorder/indexes.ts'
import { known } from './recorder/known-options.ts'
import { ObjectDirectives } from './recorder/object-directives.ts'
import type { CreateOptions, DropOptions, InSchema } from './recorder/objects.ts'
import { Recorder } from './recorder/recorder.ts'
import {
  bulkDelete,
  bulkInsert,
  type NamedRowsOptions,
  type RowFor,
  type RowsOptions,
} from './recorder/rows.ts'
import * as tables from './recorder/tables.ts'

export type { RunConnection, RunOptions } from './recorder/execute.ts'
export { Recorder } from './recorder/recorder.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

/**
 * What `upgrade` and `downgrade` are given. Every directive records one change, in order; nothing
 * reaches a database before the function has returned. The last argument holds the options:
 * `schema`, and for drops and alters `existing`, the description of what was there.
 */
export class Op extends ObjectDirectives {
  /** CREATE TABLE from columns, and constraints and indexes beside them. */
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra: TableExtra<C>,
    options?: TableOptions & Create,
  ): void
  createTable(name: string, columns: ColumnRecord, options?: TableOptions & Create): void
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra: TableExtra<C> | (TableOptions & Create) = {},
    options: TableOptions & Create = {},
  ): void {
    const elements = typeof extra === 'function' ? extra : () => []
    const { ifNotExists, ...own } = known(
      'createTable',
      typeof extra === 'function' ? options : extra,
    )
    const declared = declareTable(name, columns, elements, own)
    for (const operation of tables.createTable(declared, { ifNotExists })) {
      this.recorder.add(operation)
    }
  }

  /** DROP TABLE; `existing` is the `table(…)` that comes back on reverse. */
  dropTable(name: string, options: tables.DropTableOptions = {}): void {
    this.recorder.add(tables.dropTable(name, known('dropTable', options)))
  }

  /** Gives a table another name; it stays in its schema. */
  renameTable(name: string, newName: string, options: InSchema = {}): void {
    const { schema } = known('renameTable', options)
    this.recorder.add(compact({ kind: 'renameTable', schema, name, newName }))
  }

  /** Changes a table's own properties: its comment, row security, storage parameters, … */
  alterTable(table: string, changes: tables.AlterTableOptions): void {
    this.recorder.add(tables.alterTable(table, known('alterTable', changes)))
  }

  /**
   * Makes several changes of one table together. Where a database has no words for one of them the
   * table is built anew, which takes `existing`, the description of the whole table.
   */
  batchAlterTable(table: string, options: BatchOptions, record: (batch: Batch) => unknown): void {
    this.recorder.add(batchAlterTable(table, known('batchAlterTable', options), record))
  }

  /** Makes a table a partition of another. */
  attachPartition(table: string, partition: NameInput, options: tables.PartitionOptions): void {
    this.recorder.add(tables.attachPartition(table, partition, known('attachPartition', options)))
  }

  /** Makes a partition a table of its own; `bounds` are for the reverse. */
  detachPartition(
    table: string,
    partition: NameInput,
    options: Partial<tables.PartitionOptions> = {},
  ): void {
    this.recorder.add(tables.detachPartition(table, partition, known('detachPartition', options)))
  }

  /** Adds one or more columns, each with the constraints written on it. */
  addColumn(table: string, added: ColumnRecord, options: columns.AddColumnOptions = {}): void {
    for (const operation of columns.addColumn(table, added, known('addColumn', options)))
      this.recorder.add(operation)
  }

  /** Drops a column; `existing` is the builder that describes it. */
  dropColumn(table: string, column: string, options: DropOptions<AnyColumn> = {}): void {
    this.recorder.add(columns.dropColumn(table, column, known('dropColumn', options)))
  }

  /** Changes the aspects of a column that are named: type, nullable, default, newName, … */
  alterColumn(table: string, column: string, changes: columns.AlterColumnOptions): void {
    this.recorder.add(columns.alterColumn(table, column, known('alterColumn', changes)))
  }

  /** Adds a primary key. */
  createPrimaryKey(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options: constraints.PrimaryKeyOptions = {},
  ): void {
    this.recorder.add(
      constraints.createKey('primaryKey', name, table, columns, known('createPrimaryKey', options)),
    )
  }

  /** Adds a unique constraint. */
  createUniqueConstraint(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options: constraints.UniqueOptions = {},
  ): void {
    this.recorder.add(
      constraints.createKey(
        'unique',
        name,
        table,
        columns,
        known('createUniqueConstraint', options),
      ),
    )
  }

  /** Adds a foreign key; with no `referredColumns`, to the primary key of the other table. */
  createForeignKey(
    name: ConstraintName | null,
    table: string,
    referredTable: string,
    columns: readonly string[],
    referredColumns: readonly string[],
    options: constraints.CreateForeignKeyOptions = {},
  ): void {
    this.recorder.add(
      constraints.createForeignKey(
        name,
        table,
        referredTable,
        columns,
        referredColumns,
        known('createForeignKey', options),
      ),
    )
  }

  /** Adds a check. */
  createCheckConstraint(
    name: ConstraintName | null,
    table: string,
    condition: SqlText,
    options: constraints.CreateCheckOptions = {},
  ): void {
    this.recorder.add(
      constraints.createCheckConstraint(
        name,
        table,
        condition,
        known('createCheckConstraint', options),
      ),
    )
  }

  /** Adds an exclusion constraint. */
  createExcludeConstraint(
    name: ConstraintName | null,
    table: string,
    elements: readonly ExcludeInput[],
    options: constraints.CreateExcludeOptions = {},
  ): void {
    this.recorder.add(
      constraints.createExcludeConstraint(
        name,
        table,
        elements,
        known('createExcludeConstraint', options),
      ),
    )
  }

  /** Drops a constraint of any type; `existing` is its `unique(…)`, `check(…)`, … */
  dropConstraint(
    name: ConstraintName,
    table: string,
    options: constraints.DropConstraintOptions = {},
  ): void {
    this.recorder.add(constraints.dropConstraint(name, table, known('dropConstraint', options)))
  }

  /** Checks the rows that were there before a constraint that is NOT VALID. */
  validateConstraint(name: string, table: string, options: InSchema = {}): void {
    this.recorder.add(
      constraints.validateConstraint(name, table, known('validateConstraint', options)),
    )
  }

  /** CREATE INDEX on columns, expressions, or `{ column, order, nulls, opclass }`. */
  createIndex(
    name: ConstraintName | null,
    table: string,
    elements: readonly IndexElementInput[],
    options: indexes.CreateIndexOptions = {},
  ): void {
    this.recorder.add(indexes.createIndex(name, table, elements, known('createIndex', options)))
  }

  /** DROP INDEX; `table` says whose it is, `existing` is the `index(…)` that comes back. */
  dropIndex(name: ConstraintName, options: indexes.DropIndexOptions = {}): void {
    this.recorder.add(indexes.dropIndex(name, known('dropIndex', options)))
  }

  /**
   * INSERTs rows, given by the names of their columns: values, or sql`…`. A column that a row leaves out
   * gets its default. `key` names the columns by which the rows are deleted on reverse.
   */
  bulkInsert<T extends TableDeclaration>(
    table: T,
    rows: readonly RowFor<T>[],
    options?: RowsOptions,
  ): void
  bulkInsert(table: string, rows: readonly PlainRow[], options?: NamedRowsOptions): void
  bulkInsert(
    table: string | TableDeclaration,
    rows: readonly PlainRow[],
    options: NamedRowsOptions = {},
  ): void {
    this.recorder.add(bulkInsert(table, rows, known('bulkInsert', options)))
  }

  /** DELETEs rows by their `key`; what else a row says comes back on reverse. */
  bulkDelete(
    table: string | TableDeclaration,
    rows: readonly PlainRow[],
    options: NamedRowsOptions & Required<Pick<RowsOptions, 'key'>>,
  ): void {
    this.recorder.add(bulkDelete(table, rows, known('bulkDelete', options)))
  }

  /** Runs SQL as it stands; `reverse` is the SQL that undoes it. */
  execute(sql: SqlText, options: ExecuteOptions = {}): void {
    this.recorder.add(execute(sql, known('execute', options)))
  }

  /**
   * Changes the rows of a table in batches, each in a transaction of its own, so that nobody waits long
   * for a lock. A run that was interrupted goes on where it was.
   */
  backfill(table: string, options: BackfillOptions): void
  backfill<R = Record<string, unknown>>(
    table: string,
    options: BackfillCodeOptions<BackfillContext<R>>,
  ): void
  backfill(table: string, options: BackfillOptions | BackfillCodeOptions<never>): void {
    this.recorder.add(backfill(table, known('backfill', options)))
  }

  /** Work that must read the database: runs in its place while the migration runs. */
  run(callback: (context: RunContext) => Promise<void> | void, options: RunOptions = {}): void {
    this.recorder.add(run(callback, known('run', options)))
  }

  /**
   * What is recorded inside runs outside of transactions: what came before is committed first, and
   * then each statement stands alone.
   */
  autocommit(record: (op: this) => unknown): void {
    const result = this.recorder.autocommit(() => record(this))
    if (isThenable(result)) throw asynchronous(result, 'op.autocommit')
  }

  /** Marks a name as it shall be: no naming convention changes it. */
  f(name: string): FinalName {
    return finalName(name)
  }

  /**
   * Records an operation that is already there, with the names that it has, or one of the project's own
   * (`defineOperation`).
   */
  invoke(operation: Operation): void {
    if (typeof operation !== 'object' || typeof operation?.kind !== 'string')
      throw invalid('op.invoke', `what it is given is ${whatIs(operation)}, not an operation.`)
    this.recorder.addFinished(operation)
  }

  /** What gives the indexes and constraints of an op their names. */
  static namingOf(op: Op): Naming {
    return op.recorder.naming
  }
}

/** What the code of `op.backfill` is given. */
export interface BackfillContext<R = Record<string, unknown>> {
  readonly connection: RunConnection
  /** The rows of this batch, in the order of the key. */
  readonly rows: readonly R[]
}

/** What the code of `op.run` is given. */
export interface RunContext {
  /** The session that the migration runs on, in its transaction. */
  readonly connection: RunConnection
  /** Records further operations, which run at `await op.flush()` and in the end. */
  readonly op: LiveOp
}

/** An op that works on a live database: what it recorded runs at `flush`. */
export class LiveOp extends Op {
  readonly #flush: () => Promise<void>

  constructor(recorder: Recorder, flush: () => Promise<void>) {
    super(recorder)
    this.#flush = flush
  }

  /** Runs what was recorded since the last time. */
  flush(): Promise<void> {
    return this.#flush()
  }
}

/** Calls `upgrade` or `downgrade` and gives the operations that it recorded. */
export function record(script: (op: Op) => unknown, naming?: Naming): Operation[] {
  const recorder = new Recorder(naming)
  try {
    const result = script(new Op(recorder))
    if (isThenable(result)) throw asynchronous(result, 'upgrade and downgrade')
    return recorder.take()
  } finally {
    recorder.seal()
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
  )
}

function asynchronous(promise: PromiseLike<unknown>, what: string): LimbeckError {
  // The rest of the function meets a sealed recorder: its rejection is this error's consequence.
  promise.then(undefined, () => {})
  return new LimbeckError(
    'SCRIPT_ASYNC',
    `The function returned a promise, but ${what} only record${what.includes(' ') ? '' : 's'}.`,
    {
      hint: 'Take async and await away; work that waits goes into op.run(async ({ connection, op }) => …).',
    },
  )
}
