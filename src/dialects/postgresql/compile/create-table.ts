import type { CreateTable } from '../../../operations/operation.ts'
import type { Column, Constraint, Table } from '../../../schema/index.ts'
import type { CompileOptions } from '../../dialect.ts'
import { hasFeature } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import {
  afterColumn,
  columnConstraints,
  columnDefinition,
  ownNotNull,
} from './column-definition.ts'
import { afterConstraint, constraintDefinition } from './constraints.ts'
import { defaultSql } from './defaults.ts'
import { block, commentOn, given, withParameters, words } from './sql.ts'
import { alterTable, onTable } from './table-names.ts'
import { noRowSecurity, replicaIdentity, rowSecurity } from './table-properties.ts'

/** CREATE TABLE, and what has no place inside it, in the order that works. */
export function createTable(operation: CreateTable, options: CompileOptions): string[] {
  const { table } = operation
  const on = onTable(table)
  const constraints = operation.constraints.map(constraint => ({ ...constraint, ...on }))
  const [inside, later] = partition(constraints, isWrittenInside)
  return [
    definition(operation, inside, options),
    ...attach(table),
    ...inheritedColumns(table, options),
    ...later.map(
      constraint => `${alterTable(on)} ADD ${constraintDefinition(constraint, options)}`,
    ),
    ...constraints.flatMap(afterConstraint),
    ...rowSecurity(on, table.rowSecurity, noRowSecurity),
    ...replicaIdentity(on, table.replicaIdentity),
    ...commentOn(`TABLE ${quoteQualified(table)}`, table.comment),
    ...table.columns.flatMap(column => afterColumn(on, column, options)),
  ]
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): [T[], T[]] {
  return [values.filter(belongs), values.filter(value => !belongs(value))]
}

/** Inside CREATE TABLE the server takes NOT VALID for granted and marks the constraint valid. */
function isWrittenInside(constraint: Constraint): boolean {
  if (!('notValid' in constraint) || !constraint.notValid) return true
  return constraint.notEnforced === true
}

function definition(
  { table, ifNotExists }: CreateTable,
  constraints: readonly Constraint[],
  options: CompileOptions,
): string {
  const entries = [
    ...columnEntries(table, options),
    ...constraints.map(constraint => constraintDefinition(constraint, options)),
  ]
  return words(
    'CREATE',
    table.temporary && 'TEMPORARY',
    table.unlogged && 'UNLOGGED',
    'TABLE',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(table),
    given(table.ofType, type => `OF ${type}`),
    takesColumns(table) &&
      given(table.partitionOf, of => `PARTITION OF ${quoteQualified(of.parent)}`),
    (entries.length > 0 || !(table.ofType || takesColumns(table))) && block(entries),
    takesColumns(table) && table.partitionOf?.bounds,
    table.inherits?.length && `INHERITS (${table.inherits.map(quoteQualified).join(', ')})`,
    given(table.partitionBy, key => `PARTITION BY ${key}`),
    given(table.accessMethod, method => `USING ${quote(method)}`),
    withParameters(table.options),
    given(table.tablespace, name => `TABLESPACE ${quote(name)}`),
  )
}

function columnEntries(table: Table, options: CompileOptions): string[] {
  const on = onTable(table)
  if (table.ofType) return table.columns.flatMap(column => typedColumn(table, column, options))
  return table.columns.flatMap(column =>
    column.inherited
      ? ownNotNull(column, options)
      : [columnDefinition(on, ownColumn(table, column, options), options)],
  )
}

/** A typed table's columns come from its type; only what is added to one is written. */
function typedColumn(table: Table, column: Column, options: CompileOptions): string[] {
  const constraints = words(...columnConstraints(onTable(table), column, options))
  return constraints ? [`${quote(column.name)} WITH OPTIONS ${constraints}`] : []
}

/** Since PostgreSQL 17 a partition takes its parent's identity and must not bring its own. */
function ownColumn(table: Table, column: Column, options: CompileOptions): Column {
  const takesIdentity = table.partitionOf && hasFeature('partitionIdentity', options)
  return takesIdentity ? { ...column, identity: undefined } : column
}

/** A partition that brings no columns has those of its parent. */
function takesColumns({ partitionOf, columns }: Table): boolean {
  return partitionOf !== undefined && columns.length === 0
}

/**
 * A partition with columns is created as a table and attached, as pg_dump does: its columns keep their own order
 * and stay when it is detached.
 */
function attach(table: Table): string[] {
  const { partitionOf: place } = table
  if (!place || takesColumns(table)) return []
  const parent = alterTable(onTable(place.parent))
  return [`${parent} ATTACH PARTITION ${quoteQualified(table)} ${place.bounds}`]
}

/** Columns that come from a parent have their own default and nullability all the same. */
function inheritedColumns(table: Table, options: CompileOptions): string[] {
  const alter = `${alterTable(onTable(table), { only: true })} ALTER COLUMN`
  return table.columns
    .filter(column => column.inherited)
    .flatMap(column => [
      ...(column.default
        ? [`${alter} ${quote(column.name)} SET DEFAULT ${defaultSql(column.default, column.type)}`]
        : []),
      ...(column.notNull && !hasFeature('notNullStates', options)
        ? [`${alter} ${quote(column.name)} SET NOT NULL`]
        : []),
    ])
}
