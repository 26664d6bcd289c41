import { compact, invalid, type NameInput, qualifiedName } from '../../declarations/declaration.ts'
import { type Parameters, parameters } from '../../declarations/indexes.ts'
import {
  isTable,
  type RowSecurityInput,
  readRowSecurity,
  type TableDeclaration,
} from '../../declarations/tables.ts'
import type { Firing, QualifiedName, Table } from '../../schema/index.ts'
import type { ExistingTable, Operation, TableChanges } from '../operation.ts'
import { type CreateOptions, type DropOptions, requireChange, withSchema } from './objects.ts'

/** The table with its constraints, then its indexes. */
export function createTable(
  { parts }: TableDeclaration,
  { ifNotExists }: CreateOptions,
): Operation[] {
  const { table, constraints, indexes } = parts
  return [
    compact({ kind: 'createTable', table, constraints, ifNotExists }),
    ...indexes.map((index): Operation => ({ kind: 'createIndex', index })),
  ]
}

/** What dropTable may be told. */
export type DropTableOptions = DropOptions<TableDeclaration>

export function dropTable(
  name: string,
  { schema, existing, ifExists, cascade }: DropTableOptions,
): Operation {
  const described = existing && existingTable(existing, { schema, name })
  return compact({ kind: 'dropTable', schema, name, existing: described, ifExists, cascade })
}

/** The table that `existing` describes; its schema may be left to the directive. */
export function existingTable(
  existing: TableDeclaration,
  { schema, name }: QualifiedName,
): ExistingTable {
  const place = `existing of table ${name}`
  if (!isTable(existing)) throw invalid(place, 'it is not a table(…).')
  const { table, constraints, indexes } = existing.parts
  if (table.name !== name) throw invalid(place, `it describes ${table.name}.`)
  return {
    table: withSchema(table, schema),
    constraints: constraints.map(constraint => withSchema(constraint, schema)),
    indexes: indexes.map(index => withSchema(index, schema)),
  }
}

/** Changes of a table; what is not named stays. */
export interface TableChangesInput {
  /** null removes it. */
  readonly comment?: string | null | undefined
  readonly unlogged?: boolean | undefined
  /** Storage parameters; null resets one. */
  readonly options?: Readonly<Record<string, string | number | boolean | null>> | undefined
  readonly rowSecurity?: RowSecurityInput | undefined
  readonly replicaIdentity?: Table['replicaIdentity'] | 'default' | undefined
  /** null moves it to the default one. */
  readonly tablespace?: string | null | undefined
  /** When triggers fire, by their names. */
  readonly triggers?: Readonly<Record<string, Firing>> | undefined
}

/** What alterTable may be told; `existing` holds the same properties as they were. */
export interface AlterTableOptions extends TableChangesInput {
  readonly schema?: string | undefined
  readonly existing?: TableChangesInput | undefined
}

export function alterTable(
  table: string,
  { schema, existing, ...changes }: AlterTableOptions,
): Operation {
  requireChange(changes, `op.alterTable of ${table}`)
  return compact({
    kind: 'alterTable',
    schema,
    table,
    changes: tableChanges(changes),
    existing: existing && tableChanges(existing),
  })
}

function tableChanges({ options, rowSecurity, ...rest }: TableChangesInput): TableChanges {
  return compact({
    ...rest,
    options: options && storageChanges(options),
    rowSecurity: rowSecurity && readRowSecurity(rowSecurity),
  }) as TableChanges
}

function storageChanges(
  options: NonNullable<TableChangesInput['options']>,
): Record<string, string | null> {
  const set = Object.entries(options).filter(([, value]) => value !== null)
  const reset = Object.keys(options).filter(key => options[key] === null)
  return {
    ...parameters(Object.fromEntries(set) as Parameters),
    ...Object.fromEntries(reset.map(key => [key, null])),
  }
}

export interface PartitionOptions {
  /** The schema of the partitioned table. */
  readonly schema?: string | undefined
  /** What follows PARTITION OF: `FOR VALUES …` or `DEFAULT`. */
  readonly bounds: string
}

export function attachPartition(
  table: string,
  partition: NameInput,
  { schema, bounds }: PartitionOptions,
): Operation {
  return compact({
    kind: 'attachPartition',
    schema,
    table,
    partition: qualifiedName(partition),
    bounds,
  })
}

export function detachPartition(
  table: string,
  partition: NameInput,
  { schema, bounds }: Partial<PartitionOptions>,
): Operation {
  return compact({
    kind: 'detachPartition',
    schema,
    table,
    partition: qualifiedName(partition),
    bounds,
  })
}
