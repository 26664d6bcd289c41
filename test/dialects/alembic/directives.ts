import type { DialectName } from '../../../src/dialects/dialect.ts'
import { namedOperation } from '../../../src/operations/named-operation.ts'
import { Naming } from '../../../src/operations/naming.ts'
import type {
  AddColumn,
  ColumnChanges,
  Operation,
  TableOperation,
} from '../../../src/operations/operation.ts'
import type { Column, Constraint } from '../../../src/schema/index.ts'
import { executed, insertedRows } from './data.ts'
import {
  type Args,
  columnConstraints,
  columnOf,
  constraintOf,
  defaultOf,
  generatedOf,
  identityOf,
  indexOf,
  nameOf,
  on,
  primaryKeyOf,
  tableOf,
  textOf,
  typeConstraints,
} from './parts.ts'
import { enumSchema, isNativeEnum, typeOf } from './types.ts'
import type { DdlVector } from './vector.ts'

/** A directive as the vectors tell it: `args` holds what its name calls for. */
export interface Directive {
  readonly op: string
  readonly args: Args
}

/** A directive of Alembic as limbeck's operations, as they would be recorded for one dialect. */
export function operationsOf(
  directive: Directive,
  { dialect, given = [], context = {} }: Pick<DdlVector, 'dialect' | 'given' | 'context'>,
): Operation[] {
  const own = context.namingConvention ?? directive.args.namingConvention
  const naming = new Naming({ ...always, ...own }, dialect)
  return translated(directive, dialect, given).map(operation => namedOperation(operation, naming))
}

/** What SQLAlchemy has where nobody says otherwise. */
const always = { ix: 'ix_%(column_0_label)s' }

function translated(
  { op, args }: Directive,
  dialect: DialectName,
  given: readonly Directive[] = [],
): Operation[] {
  const translate = directives[op]
  if (translate === undefined) throw new Error(`no translation of ${op}`)
  return translate({ ...args, dialect, given })
}

const directives: Readonly<Record<string, (args: Args) => Operation[]>> = {
  create_table: createTable,
  drop_table: ({ schema, table: name, ifExists }) => [
    { kind: 'dropTable', schema, name, ifExists },
  ],
  rename_table: ({ schema, from: name, to: newName }) => [
    { kind: 'renameTable', schema, name, newName },
  ],
  create_table_comment: args => [
    { kind: 'alterTable', ...on(args), changes: { comment: args.comment } },
  ],
  drop_table_comment: args => [{ kind: 'alterTable', ...on(args), changes: { comment: null } }],
  add_column: addColumn,
  drop_column: args => [
    { kind: 'dropColumn', ...on(args), column: args.column, ifExists: args.ifExists },
  ],
  alter_column: args => [
    {
      kind: 'alterColumn',
      ...on(args),
      column: args.column,
      changes: changesOf(args),
      existing: existingOf(args),
    },
    ...typeConstraints({ name: args.column, type: args.type ?? {} }, args).map(
      (constraint): Operation => ({ kind: 'createConstraint', constraint }),
    ),
  ],
  create_index: args => [
    { kind: 'createIndex', index: indexOf(args, args), ifNotExists: args.ifNotExists },
  ],
  drop_index: ({ schema, name, table, ifExists }) => [
    { kind: 'dropIndex', schema, ...dropped(name), table, ifExists },
  ],
  create_primary_key: constraintDirective('primaryKey'),
  create_unique_constraint: constraintDirective('unique'),
  create_check_constraint: constraintDirective('check'),
  create_foreign_key: constraintDirective('foreignKey'),
  create_exclude_constraint: constraintDirective('exclude'),
  drop_constraint: args => [
    {
      kind: 'dropConstraint',
      ...on(args),
      ...dropped(args.name),
      type: args.type ?? undefined,
      ifExists: args.ifExists,
    },
  ],
  batch_alter_table: batch,
  bulk_insert: args => [insertedRows(args)],
  execute: args => [executed(args)],
}

const dropped = (given: Args) => nameOf(given) as { name: string; hasFinalName: true | undefined }

function constraintDirective(kind: string): (args: Args) => Operation[] {
  return args => [
    {
      kind: 'createConstraint',
      constraint: constraintOf({ ...args, kind, sql: args.condition }, args),
    },
  ]
}

function createTable(args: Args): Operation[] {
  const { schema, columns, constraints = [], ifNotExists } = args
  return [
    ...enumsOf(columns, schema, args.dialect),
    { kind: 'createTable', ...tableOf(args), ifNotExists },
    ...constraints
      .filter((one: Args) => one.kind === 'index')
      .map((one: Args): Operation => ({ kind: 'createIndex', index: indexOf(one, args) })),
    ...columns.flatMap((column: Args) => columnIndexes(column, args)),
  ]
}

/** Alembic writes checks into ADD COLUMN, and what it is told to write there. */
function addColumn(args: Args): Operation[] {
  const { column, ifNotExists, inlineReferences, inlinePrimaryKey } = args
  const all = [
    ...(inlinePrimaryKey ? primaryKeyOf([column], args) : []),
    ...columnConstraints(column, args),
  ]
  const own = typeConstraints(column, args).map(({ name }) => name)
  const isInline = ({ type, name }: Constraint) =>
    (type === 'check' && (args.dialect === 'sqlite' || !own.includes(name))) ||
    type === 'primaryKey' ||
    (type === 'foreignKey' && inlineReferences)
  return [
    ...enumsOf([column], args.schema, args.dialect),
    {
      kind: 'addColumn',
      ...on(args),
      column: columnOf(column, args),
      constraints: all.filter(isInline),
      place: placeOf(args),
      ifNotExists,
    },
    ...all
      .filter(constraint => !isInline(constraint))
      .map((constraint): Operation => ({ kind: 'createConstraint', constraint })),
    ...columnIndexes(column, args),
  ]
}

function placeOf({ insertBefore, insertAfter }: Args): AddColumn['place'] {
  if (insertBefore !== undefined) return { before: insertBefore }
  return insertAfter === undefined ? undefined : { after: insertAfter }
}

function columnIndexes(column: Args, args: Args): Operation[] {
  if (!column.index) return []
  const { unique } = column
  const elements = [{ column: column.name }]
  return [{ kind: 'createIndex', index: { kind: 'index', ...on(args), elements, unique } }]
}

function changesOf(args: Args): ColumnChanges {
  const { nullable, type, serverDefault, newName, comment, existingServerDefault } = args
  const { identity, computed } = serverDefault ?? {}
  const was = existingServerDefault ?? {}
  const isPlain = !identity && !computed && !was.identity && !was.computed
  const { type: name, enumValues } = type ? typeOf(type, args) : {}
  return {
    ...(nullable === undefined ? {} : { notNull: !nullable }),
    ...(name ? { type: name } : {}),
    ...(enumValues ? { enumValues } : {}),
    ...(args.postgresql?.using ? { using: textOf(args.postgresql.using) } : {}),
    ...(serverDefault !== undefined && isPlain
      ? { default: serverDefault === null ? null : defaultOf(serverDefault) }
      : {}),
    ...(identity ? { identity: identityOf(identity) } : {}),
    ...(args.autoincrement ? { identity: { always: false } } : {}),
    ...(computed ? { generated: generatedOf(computed, args) } : {}),
    ...(serverDefault === null && was.identity ? { identity: null } : {}),
    ...(serverDefault === null && was.computed ? { generated: null } : {}),
    ...(newName ? { newName } : {}),
    ...(comment === undefined ? {} : { comment }),
  }
}

/** The column as it was, where its type is told. */
function existingOf(args: Args): Column | undefined {
  if (!args.existingType) return undefined
  const { column: name, existingNullable: nullable, existingServerDefault: given } = args
  const { type, enumValues } = typeOf(args.existingType, args)
  const { computed, identity } = given ?? {}
  return {
    name,
    type,
    enumValues,
    notNull: nullable === false,
    default: given == null || computed || identity ? undefined : defaultOf(given),
    identity: identity && identityOf(identity),
    generated: computed && generatedOf(computed, args),
    comment: args.existingComment ?? undefined,
  }
}

function enumsOf(
  columns: readonly Args[],
  schema: string | undefined,
  dialect: DialectName,
): Operation[] {
  if (dialect !== 'postgresql') return []
  return columns
    .filter(({ type }) => isNativeEnum(type))
    .map(({ type }) => ({
      kind: 'createEnum',
      object: {
        kind: 'enum',
        schema: enumSchema(type, schema),
        name: type.name,
        values: type.values,
      },
    }))
}

function batch(args: Args): Operation[] {
  const { operations, recreate, tableArgs = [], tableOptions = {}, dialect } = args
  const place = { dialect, schema: args.schema, table: args.table }
  const known = args.copyFrom ?? builtBy(args.given, args.table)
  const whole = known && { ...known, ...place, ...tableOptions }
  const changes = operations.flatMap(({ op, args: own }: Directive) =>
    translated({ op, args: { ...own, ...place } }, dialect),
  )
  const added = tableArgs.map((one: Args) => ({
    kind: 'createConstraint',
    constraint: constraintOf(one, place),
  }))
  return [
    {
      kind: 'alterTableTogether',
      ...on(place),
      changes: [...changes, ...added] as TableOperation[],
      existing: whole && existingTable(whole),
      rebuild: recreate === 'auto' ? undefined : recreate,
      columnOrder: args.partialReordering && reordered(whole, args.partialReordering),
    },
  ]
}

/** The table as what came before has built it, which Alembic reads back. */
function builtBy(given: readonly Directive[], table: string): Args {
  const own = given.filter(({ args }) => args.table === table).map(({ args }) => args)
  const [created, ...indexes] = own
  if (created === undefined) return undefined
  const added = indexes.map((one: Args) => ({ ...one, kind: 'index' }))
  return { ...created, constraints: [...(created.constraints ?? []), ...added] }
}

function existingTable(args: Args) {
  const indexes = (args.constraints ?? []).filter((one: Args) => one.kind === 'index')
  return { ...tableOf(args), indexes: indexes.map((one: Args) => indexOf(one, args)) }
}

/** The columns in their order, but each pair in the order it is given in: the earliest that may come first. */
function reordered({ columns }: Args, pairs: readonly (readonly [string, string])[]): string[] {
  let left: string[] = columns.map((column: Args) => column.name)
  const order: string[] = []
  while (left.length > 0) {
    const next = left.find(name => !pairs.some(([a, b]) => b === name && left.includes(a)))
    if (next === undefined) break
    order.push(next)
    left = left.filter(name => name !== next)
  }
  return order
}
