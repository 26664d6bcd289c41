import type { ColumnRecord } from '../../../declarations/columns.ts'
import { compact, type NameInput } from '../../../declarations/declaration.ts'
import {
  afterColumns,
  table as declareTable,
  type TableExtra,
  type TableOptions,
} from '../../../declarations/tables.ts'
import { type Batch, type BatchOptions, batchAlterTable } from '../batch.ts'
import type { CreateOptions, InSchema } from '../objects.ts'
import * as tables from '../tables.ts'
import { known } from '../takes.ts'
import { ColumnDirectives } from './columns.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

interface RenameTableOptions extends InSchema {
  /** The schema that the table moves to, under the new name or its own. */
  readonly newSchema?: string | undefined
}

/** The directives for tables. */
export abstract class TableDirectives extends ColumnDirectives {
  /** CREATE TABLE from columns, and constraints and indexes beside them. */
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra: TableExtra<C>,
    options?: Omit<TableOptions, 'renamedFrom'> & Create,
  ): void
  createTable(
    name: string,
    columns: ColumnRecord,
    options?: Omit<TableOptions, 'renamedFrom'> & Create,
  ): void
  createTable<C extends ColumnRecord>(
    name: string,
    columns: C,
    extra?: TableExtra<C> | (Omit<TableOptions, 'renamedFrom'> & Create),
    options?: Omit<TableOptions, 'renamedFrom'> & Create,
  ): void {
    const { elements, told } = afterColumns('op.createTable', extra, options)
    const { ifNotExists, ...own } = known('createTable', [name, columns], told ?? {})
    const declared = declareTable(name, columns, elements, own)
    for (const operation of tables.createTable(declared, { ifNotExists })) {
      this.recorder.add(operation)
    }
  }

  /** DROP TABLE; `existing` is the `table(…)` that comes back on reverse. */
  dropTable(name: string, options: tables.DropTableOptions = {}): void {
    this.recorder.add(tables.dropTable(name, known('dropTable', [name], options)))
  }

  /** Gives a table another name, or moves it to another schema. */
  renameTable(name: string, newName: string, options: RenameTableOptions = {}): void {
    const { schema, newSchema } = known('renameTable', [name, newName], options)
    this.recorder.add(compact({ kind: 'renameTable', schema, name, newName, newSchema }))
  }

  /** Changes a table's own properties: its comment, row security, storage parameters, … */
  alterTable(table: string, changes: tables.AlterTableOptions): void {
    this.recorder.add(tables.alterTable(table, known('alterTable', [table], changes)))
  }

  /**
   * Makes several changes of one table together. Where a database has no words for one of them the
   * table is built anew, which takes `existing`, the description of the whole table.
   */
  batchAlterTable(table: string, options: BatchOptions, record: (batch: Batch) => unknown): void {
    this.recorder.add(batchAlterTable(table, known('batchAlterTable', [table], options), record))
  }

  /** Makes a table a partition of another. */
  attachPartition(table: string, partition: NameInput, options: tables.PartitionOptions): void {
    this.recorder.add(
      tables.attachPartition(
        table,
        partition,
        known('attachPartition', [table, partition], options),
      ),
    )
  }

  /** Makes a partition a table of its own; `bounds` are for the reverse. */
  detachPartition(
    table: string,
    partition: NameInput,
    options: Partial<tables.PartitionOptions> = {},
  ): void {
    this.recorder.add(
      tables.detachPartition(
        table,
        partition,
        known('detachPartition', [table, partition], options),
      ),
    )
  }
}
