import type { AnyColumn, ColumnRecord } from '../../declarations/columns.ts'
import type { ExcludeInput } from '../../declarations/constraints.ts'
import { compact, type Declaration, invalid } from '../../declarations/declaration.ts'
import type { ConstraintName } from '../../declarations/final-name.ts'
import type { IndexElementInput } from '../../declarations/indexes.ts'
import type { SqlText } from '../../declarations/sql.ts'
import type { TableDeclaration } from '../../declarations/tables.ts'
import type { Trigger } from '../../schema/index.ts'
import type { AlterTableTogether, Operation, TableOperation, WholeTable } from '../operation.ts'
import * as columns from './columns.ts'
import * as constraints from './constraints.ts'
import * as indexes from './indexes.ts'
import { type DropOptions, withSchema } from './objects.ts'
import * as tables from './tables.ts'
import { known } from './takes.ts'

type WithoutSchema<T> = Omit<T, 'schema'>

/** What batchAlterTable may be told. */
export interface BatchOptions {
  readonly schema?: string | undefined
  /** The whole table as it is: where it is built anew, what is left out here is lost. */
  readonly existing?: TableDeclaration | undefined
  /** The table's triggers, which go with it and come back; part of `existing`. */
  readonly triggers?: readonly Declaration<Trigger>[] | undefined
  /** `auto`: the table is built anew where a change needs it. */
  readonly rebuild?: 'auto' | 'always' | 'never' | undefined
  /** The order of all columns afterwards. */
  readonly columnOrder?: readonly string[] | undefined
}

/** Records changes of one table: the directives of `op` without the table's name. */
export class Batch {
  readonly #table: string
  readonly #schema: string | undefined
  readonly #changes: TableOperation[] = []

  constructor(table: string, schema: string | undefined) {
    this.#table = table
    this.#schema = schema
  }

  /** What was recorded. */
  get changes(): readonly TableOperation[] {
    return this.#changes
  }

  #add(...operations: Operation[]): void {
    this.#changes.push(...(operations as TableOperation[]))
  }

  #in<T extends object>(options: T): T & { readonly schema: string | undefined } {
    return { ...options, schema: this.#schema }
  }

  alterTable(changes: WithoutSchema<tables.AlterTableOptions>): void {
    this.#add(tables.alterTable(this.#table, this.#in(known('alterTable', [this.#table], changes))))
  }

  /** Adds columns, each with the constraints written on it. */
  addColumn(added: ColumnRecord, options: WithoutSchema<columns.AddColumnOptions> = {}): void {
    this.#add(
      ...columns.addColumn(
        this.#table,
        added,
        this.#in({ inline: true, ...known('addColumn', [this.#table, added], options) }),
      ),
    )
  }

  dropColumn(column: string, options: WithoutSchema<DropOptions<AnyColumn>> = {}): void {
    this.#add(
      columns.dropColumn(
        this.#table,
        column,
        this.#in(known('dropColumn', [this.#table, column], options)),
      ),
    )
  }

  alterColumn(column: string, changes: WithoutSchema<columns.AlterColumnOptions>): void {
    this.#add(
      columns.alterColumn(
        this.#table,
        column,
        this.#in(known('alterColumn', [this.#table, column], changes)),
      ),
    )
  }

  createIndex(
    name: ConstraintName | null,
    elements: readonly IndexElementInput[],
    options: WithoutSchema<indexes.CreateIndexOptions> = {},
  ): void {
    this.#add(
      indexes.createIndex(
        name,
        this.#table,
        elements,
        this.#in(known('createIndex', [name, this.#table, elements], options)),
      ),
    )
  }

  dropIndex(
    name: ConstraintName,
    options: Omit<indexes.DropIndexOptions, 'schema' | 'table'> = {},
  ): void {
    this.#add(
      indexes.dropIndex(
        name,
        this.#in({ ...known('dropIndex', [name], options), table: this.#table }),
      ),
    )
  }

  createPrimaryKey(
    name: ConstraintName | null,
    keys: readonly string[],
    options: WithoutSchema<constraints.PrimaryKeyOptions> = {},
  ): void {
    this.#add(
      constraints.createKey(
        'primaryKey',
        name,
        this.#table,
        keys,
        this.#in(known('createPrimaryKey', [name, this.#table, keys], options)),
      ),
    )
  }

  createUniqueConstraint(
    name: ConstraintName | null,
    keys: readonly string[],
    options: WithoutSchema<constraints.UniqueOptions> = {},
  ): void {
    this.#add(
      constraints.createKey(
        'unique',
        name,
        this.#table,
        keys,
        this.#in(known('createUniqueConstraint', [name, this.#table, keys], options)),
      ),
    )
  }

  createForeignKey(
    name: ConstraintName | null,
    referredTable: string,
    keys: readonly string[],
    referredColumns: readonly string[],
    options: WithoutSchema<constraints.CreateForeignKeyOptions> = {},
  ): void {
    const own = this.#in(
      known('createForeignKey', [name, this.#table, referredTable, keys, referredColumns], options),
    )
    this.#add(
      constraints.createForeignKey(name, this.#table, referredTable, keys, referredColumns, own),
    )
  }

  createCheckConstraint(
    name: ConstraintName | null,
    condition: SqlText,
    options: WithoutSchema<constraints.CreateCheckOptions> = {},
  ): void {
    this.#add(
      constraints.createCheckConstraint(
        name,
        this.#table,
        condition,
        this.#in(known('createCheckConstraint', [name, this.#table, condition], options)),
      ),
    )
  }

  createExcludeConstraint(
    name: ConstraintName | null,
    elements: readonly ExcludeInput[],
    options: WithoutSchema<constraints.CreateExcludeOptions> = {},
  ): void {
    const given = [name, this.#table, elements]
    const own = this.#in(known('createExcludeConstraint', given, options))
    this.#add(constraints.createExcludeConstraint(name, this.#table, elements, own))
  }

  dropConstraint(
    name: ConstraintName,
    options: WithoutSchema<constraints.DropConstraintOptions> = {},
  ): void {
    this.#add(
      constraints.dropConstraint(
        name,
        this.#table,
        this.#in(known('dropConstraint', [name, this.#table], options)),
      ),
    )
  }
}

/** The changes of a table that a callback records, as one operation. */
export function batchAlterTable(
  table: string,
  { schema, existing, triggers, rebuild, columnOrder }: BatchOptions,
  record: (batch: Batch) => unknown,
): AlterTableTogether {
  const batch = new Batch(table, schema)
  if (typeof record !== 'function')
    throw invalid(
      `batchAlterTable of ${table}`,
      'the function that records its changes is missing.',
    )
  record(batch)
  return compact({
    kind: 'alterTableTogether',
    schema,
    table,
    changes: batch.changes,
    existing: existing && wholeTable(table, schema, existing, triggers),
    rebuild: rebuild === 'auto' ? undefined : rebuild,
    columnOrder,
  })
}

function wholeTable(
  name: string,
  schema: string | undefined,
  existing: TableDeclaration,
  triggers: readonly Declaration<Trigger>[] | undefined,
): WholeTable {
  const described = tables.existingTable(existing, { schema, name })
  return compact({
    ...described,
    triggers: triggers?.map(({ object }) => withSchema(object, schema)),
  })
}
