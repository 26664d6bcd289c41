import type { ConstraintType, Index, SchemaObject, Table } from '../schema/index.ts'
import { describeCustom } from './custom.ts'
import {
  describeColumnChanges,
  describeComment,
  describePrivileges,
  describeSequenceChanges,
  describeTableChanges,
  shorten,
} from './describe-changes.ts'
import { Names } from './describe-names.ts'
import { identityOf, isCreate, isDrop, kindOfDropped } from './identity.ts'
import type {
  CreateIndex,
  CreateOperation,
  DropOperation,
  GrantableKind,
  Operation,
  OperationKind,
  OperationOf,
  PrivilegeTarget,
  SetComment,
} from './operation.ts'

/**
 * An operation as a short line for people, `+`, `-` or `~` first: `- column users.nick`. Names in the
 * default schema go without it.
 */
export function describe(operation: Operation, defaultSchema: string = 'public'): string {
  return describeWith(operation, new Names(defaultSchema))
}

/** A line for each operation; the indexes of a table that is created among them count in its line. */
export function describeAll(
  operations: readonly Operation[],
  defaultSchema: string = 'public',
): string[] {
  const names = new Names(defaultSchema)
  const tables = new Set(
    operations.flatMap(operation =>
      operation.kind === 'createTable' ? [names.of(operation.table)] : [],
    ),
  )
  const counted = operations.filter(
    (operation): operation is CreateIndex =>
      operation.kind === 'createIndex' && tables.has(names.table(operation.index)),
  )
  const indexes = (table: Table) =>
    counted.filter(({ index }) => names.table(index) === names.of(table)).length
  return operations
    .filter(operation => !counted.includes(operation as CreateIndex))
    .map(operation =>
      operation.kind === 'createTable'
        ? describeTable(operation.table, names, indexes(operation.table))
        : describeWith(operation, names),
    )
}

function describeWith(operation: Operation, names: Names): string {
  if (isCreate(operation)) {
    const { object } = operation
    return `+ ${names.object(object.kind, identityOf(object))}${valueCount(object)}`
  }
  if (isDrop(operation)) return `- ${names.object(kindOfDropped(operation), operation.object)}`
  const entry = lines[operation.kind] as (operation: Operation, names: Names) => string
  return entry(operation, names)
}

function valueCount(object: SchemaObject): string {
  return object.kind === 'enum' ? ` (${count(object.values.length, 'value')})` : ''
}

function count(number: number, word: string, plural: string = `${word}s`): string {
  return `${number} ${number === 1 ? word : plural}`
}

function describeTable(table: Table, names: Names, indexes: number = 0): string {
  const parts = [
    count(table.columns.length, 'column'),
    ...(indexes > 0 ? [count(indexes, 'index', 'indexes')] : []),
    ...(table.partitionOf ? [`partition of ${names.of(table.partitionOf.parent)}`] : []),
  ]
  return `+ table ${names.of(table)} (${parts.join(', ')})`
}

const constraintWords = {
  primaryKey: 'primary key',
  unique: 'unique constraint',
  foreignKey: 'foreign key',
  check: 'check',
  exclude: 'exclusion constraint',
}

function constraintName(name: string, type: ConstraintType | undefined, on: string): string {
  const word = type === undefined ? 'constraint' : constraintWords[type]
  return `${word}${name && ` ${name}`} on ${on}`
}

function describeIndex({ name, unique, elements, ...on }: Index, names: Names): string {
  const word = unique ? 'unique index' : 'index'
  if (name !== undefined) return `${word} ${name} on ${names.table(on)}`
  const keys = elements.map(({ column, expression = '' }) => column ?? shorten(expression))
  return `${word} on ${names.table(on)} (${keys.join(', ')})`
}

function commentedObject({ object, column, constraint }: SetComment, names: Names): string {
  const part = column ?? constraint
  const word = column === undefined ? 'constraint' : 'column'
  return part === undefined ? nameOf(object, names) : `${word} ${part} of ${nameOf(object, names)}`
}

const allIn: { readonly [K in GrantableKind]?: string } = {
  allTablesIn: 'all tables in schema',
  allSequencesIn: 'all sequences in schema',
  allRoutinesIn: 'all routines in schema',
}

function describeTarget({ kind, signature, ...name }: PrivilegeTarget, names: Names): string {
  const word = allIn[kind] ?? kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return `${word} ${names.of(name)}${signature === undefined ? '' : `(${signature})`}`
}

function nameOf(object: SchemaObject, names: Names): string {
  if (object.kind === 'table') return `table ${names.of(object)}`
  if (object.kind === 'constraint') {
    return constraintName(object.name ?? '', object.type, names.table(object))
  }
  return names.object(object.kind, identityOf(object))
}

type Lines = {
  readonly [K in Exclude<OperationKind, (CreateOperation | DropOperation)['kind']>]: (
    operation: OperationOf<K>,
    names: Names,
  ) => string
}

const lines: Lines = {
  createTable: ({ table }, names) => describeTable(table, names),
  dropTable: (operation, names) => `- table ${names.of(operation)}`,
  renameTable: (operation, names) => {
    const { schema, name, newName, newSchema } = operation
    const table = `~ table ${names.of({ schema, name })}:`
    if (newSchema === undefined) return `${table} renamed to ${newName}`
    return `${table} moved to ${newName === name ? `schema ${newSchema}` : `${newSchema}.${newName}`}`
  },
  alterTable: (operation, names) =>
    `~ table ${names.table(operation)}: ${describeTableChanges(operation.changes)}`,
  attachPartition: (operation, names) =>
    `~ table ${names.of(operation.partition)}: partition of ${names.table(operation)}`,
  detachPartition: (operation, names) =>
    `~ table ${names.of(operation.partition)}: no longer a partition of ${names.table(operation)}`,

  addColumn: (operation, names) => `+ column ${names.column(operation, operation.column.name)}`,
  dropColumn: (operation, names) => `- column ${names.column(operation, operation.column)}`,
  alterColumn: (operation, names) => {
    const changes = describeColumnChanges(operation.changes, operation.existing)
    return `~ column ${names.column(operation, operation.column)}: ${changes}`
  },

  createConstraint: ({ constraint }, names) => {
    const { name = '', type } = constraint
    return `+ ${constraintName(name, type, names.table(constraint))}`
  },
  dropConstraint: ({ name, type, existing, ...on }, names) =>
    `- ${constraintName(name, type ?? existing?.type, names.table(on))}`,
  validateConstraint: (operation, names) =>
    `~ constraint ${operation.name} on ${names.table(operation)}: validated`,

  createIndex: ({ index }, names) => `+ ${describeIndex(index, names)}`,
  dropIndex: ({ schema, name, table, existing }, names) =>
    existing
      ? `- ${describeIndex({ ...existing, name }, names)}`
      : `- index ${names.of({ schema, name })}${table === undefined ? '' : ` on ${table}`}`,

  alterTableTogether: ({ changes, ...on }, names) =>
    `~ table ${names.table(on)}: ${changes.map(change => describeWith(change, names)).join('; ') || 'rebuilt'}`,

  addEnumValue: (operation, names) =>
    `~ enum ${names.of(operation)}: value ${operation.value} added`,
  renameEnumValue: (operation, names) =>
    `~ enum ${names.of(operation)}: value ${operation.value} renamed to ${operation.newValue}`,
  replaceEnumValues: (operation, names) => {
    const before = operation.existing ? `${operation.existing.join(', ')} → ` : ''
    return `~ enum ${names.of(operation)}: values ${before}${operation.values.join(', ')}`
  },

  alterSequence: (operation, names) =>
    `~ sequence ${names.of(operation)}: ${describeSequenceChanges(operation.changes)}`,

  replaceView: ({ object }, names) => `~ ${names.object('view', object)}`,
  replaceRoutine: ({ object }, names) => `~ ${names.object('routine', identityOf(object))}`,

  alterObject: ({ object }, names) => `~ ${nameOf(object, names)}`,
  renameObject: ({ object, newName }, names) => `~ ${nameOf(object, names)}: renamed to ${newName}`,
  setComment: (operation, names) =>
    `~ ${commentedObject(operation, names)}: ${describeComment(operation.comment)}`,

  grant: ({ privileges, columns, on, to }, names) =>
    `~ ${describeTarget(on, names)}: ${describePrivileges(privileges, columns)} granted to ${to.join(', ')}`,
  revoke: ({ privileges, columns, on, from, grantOptionOnly }, names) =>
    `~ ${describeTarget(on, names)}: ${grantOptionOnly ? 'grant option of ' : ''}${describePrivileges(privileges, columns)} revoked from ${from.join(', ')}`,
  alterOwner: ({ object, to }, names) => `~ ${nameOf(object, names)}: owner ${to}`,

  backfill: ({ set, ...on }, names) =>
    `~ backfill ${names.table(on)}: ${typeof set === 'object' ? Object.keys(set).join(', ') : shorten(set ?? 'by code')}`,
  bulkInsert: ({ rows, ...on }, names) => `+ ${count(rows.length, 'row')} in ${names.table(on)}`,
  bulkDelete: ({ rows, ...on }, names) => `- ${count(rows.length, 'row')} of ${names.table(on)}`,
  execute: ({ sql }) => `~ execute ${shorten(sql)}`,
  custom: describeCustom,
  run: ({ location }) => `~ run${location === undefined ? '' : ` (${location})`}`,
}
