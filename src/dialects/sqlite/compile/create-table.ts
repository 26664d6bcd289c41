import type { CreateTable, Operation } from '../../../operations/operation.ts'
import type { Column, Constraint, PrimaryKey, Table } from '../../../schema/index.ts'
import { block, given, words } from '../../sql-words.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { columnDefinition } from './column-definition.ts'
import { constraintDefinition } from './constraints.ts'

/** What a table is made of. */
type Definition = Pick<CreateTable, 'table' | 'constraints' | 'ifNotExists'>

/** CREATE TABLE with everything inside; comments are left out, since SQLite keeps none. */
export function tableDefinition(definition: Definition, operation: Operation): string {
  const { table, constraints, ifNotExists } = definition
  refuse(operation, table, {
    unlogged: 'unlogged tables',
    accessMethod: 'table access methods',
    tablespace: 'tablespaces',
    ofType: 'typed tables',
    partitionBy: 'partitions',
    partitionOf: 'partitions',
    inherits: 'table inheritance',
    rowSecurity: 'row security',
    replicaIdentity: 'replica identities',
  })
  const isStrict = isSet(table, 'strict')
  const columns = table.columns.map(column => keyIsNotNull(column, constraints))
  const counting = columns.find(column => column.identity)
  const key = counting && autoincrement(counting, constraints, operation)
  return words(
    table.temporary ? 'CREATE TEMPORARY TABLE' : 'CREATE TABLE',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(table),
    block([
      ...columns.map(column =>
        columnDefinition(column, operation, {
          isStrict,
          key: column === counting ? key?.clause : undefined,
        }),
      ),
      ...keyFirst(constraints)
        .filter(constraint => constraint !== key?.constraint)
        .map(constraint => constraintDefinition(constraint, operation)),
    ]),
    tableOptions(table, operation),
  )
}

/** The key is read before what is said about other columns, also where a rebuild has added it last. */
function keyFirst(constraints: readonly Constraint[]): Constraint[] {
  const isKey = ({ type }: Constraint) => type === 'primaryKey'
  return [...constraints.filter(isKey), ...constraints.filter(one => !isKey(one))]
}

/** Unlike the standard, SQLite lets NULL into a primary key where nothing forbids it. */
function keyIsNotNull(column: Column, constraints: readonly Constraint[]): Column {
  const isKey = constraints.some(
    one => one.type === 'primaryKey' && one.columns.includes(column.name),
  )
  return isKey ? { ...column, notNull: true } : column
}

/** AUTOINCREMENT has its place beside the key, and the key then beside its column. */
function autoincrement(
  { name, identity }: Column,
  constraints: readonly Constraint[],
  operation: Operation,
): { readonly constraint: PrimaryKey; readonly clause: string } {
  refuse(operation, identity ?? {}, {
    always: 'identities that refuse a value of the script',
    start: 'a first number of an identity',
    increment: 'an increment of an identity',
    minValue: 'bounds of an identity',
    maxValue: 'bounds of an identity',
    cache: 'caches of an identity',
    cycle: 'identities that begin again',
    sequenceName: 'sequences behind an identity',
    unlogged: 'sequences behind an identity',
  })
  const constraint = constraints.find(
    (one): one is PrimaryKey =>
      one.type === 'primaryKey' && one.columns.length === 1 && one.columns[0] === name,
  )
  if (constraint) {
    const named = given(constraint.name, text => `CONSTRAINT ${quote(text)}`)
    return { constraint, clause: words(named, 'PRIMARY KEY AUTOINCREMENT') }
  }
  throw lacks(
    operation,
    'identities beside the primary key',
    `Make ${name} the primary key, alone, or number the rows in a trigger.`,
  )
}

const optionWords = { withoutRowid: 'WITHOUT ROWID', strict: 'STRICT' } as const

function tableOptions(table: Table, operation: Operation): string {
  const { withoutRowid: _, strict: __, ...others } = table.options ?? {}
  refuse(operation, { options: Object.keys(others) }, { options: 'these options of a table' })
  const set = Object.entries(optionWords).filter(([name]) => isSet(table, name))
  return set.map(([, word]) => word).join(', ')
}

function isSet({ options }: Table, name: string): boolean {
  return options?.[name] === 'true'
}
