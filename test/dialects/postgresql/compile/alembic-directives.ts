import type { ColumnChanges, Operation } from '../../../../src/operations/operation.ts'
import type {
  Column,
  Constraint,
  DefaultValue,
  Identity,
  Index,
  IndexElement,
  ReferentialAction,
} from '../../../../src/schema/index.ts'

/** A directive as the vectors tell it: `args` holds what its name calls for. */
export interface Directive {
  readonly op: string
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs with every directive
  readonly args: any
}

type Args = Directive['args']

/** Directives of Alembic as limbeck's operations. */
export function operationsOf({ op, args }: Directive): Operation[] {
  const translate = directives[op]
  if (translate === undefined) throw new Error(`no translation of ${op}`)
  return translate(args)
}

const on = (args: Args) => ({ schema: args.schema, table: args.table })
const nameOf = (name: Args): string | undefined => name?.final ?? name ?? undefined

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
  add_column: args => {
    const { column, ifNotExists } = args
    return [
      ...enumsOf([column], args.schema),
      { kind: 'addColumn', ...on(args), column: columnOf(column, args), ifNotExists },
      ...[
        ...(args.inlinePrimaryKey ? primaryKeyOf([column], args) : []),
        ...columnConstraints(column, args),
      ].map((constraint): Operation => ({ kind: 'createConstraint', constraint })),
      ...columnIndexes(column, args),
    ]
  },
  drop_column: args => [
    { kind: 'dropColumn', ...on(args), column: args.column, ifExists: args.ifExists },
  ],
  alter_column: args => [
    { kind: 'alterColumn', ...on(args), column: args.column, changes: changesOf(args) },
  ],
  create_index: args => [
    { kind: 'createIndex', index: indexOf(args, args), ifNotExists: args.ifNotExists },
  ],
  drop_index: ({ schema, name, ifExists }) => [{ kind: 'dropIndex', schema, name, ifExists }],
  create_primary_key: constraintDirective('primaryKey'),
  create_unique_constraint: constraintDirective('unique'),
  create_check_constraint: constraintDirective('check'),
  create_foreign_key: constraintDirective('foreignKey'),
  create_exclude_constraint: constraintDirective('exclude'),
  drop_constraint: args => [{ kind: 'dropConstraint', ...on(args), name: nameOf(args.name) ?? '' }],
}

function constraintDirective(kind: string): (args: Args) => Operation[] {
  return args => [
    {
      kind: 'createConstraint',
      constraint: constraintOf({ ...args, kind, sql: args.condition }, args),
    },
  ]
}

function createTable(args: Args): Operation[] {
  const { schema, table: name, columns, constraints = [], comment, ifNotExists } = args
  const { partitionBy, inherits, with: options, tablespace, using } = args.postgresql ?? {}
  const parents = [inherits ?? []].flat()
  const isIndex = (one: Args) => one.kind === 'index'
  return [
    ...enumsOf(columns, schema),
    {
      kind: 'createTable',
      table: {
        kind: 'table',
        schema,
        name,
        columns: columns.map((column: Args) => columnOf(column, args)),
        comment,
        partitionBy,
        unlogged: args.prefixes?.includes('UNLOGGED') || undefined,
        options: options && stringsOf(options),
        tablespace,
        accessMethod: using,
        inherits:
          parents.length > 0 ? parents.map((parent: string) => ({ name: parent })) : undefined,
      },
      constraints: [
        ...primaryKeyOf(columns, args),
        ...constraints
          .filter((one: Args) => !isIndex(one))
          .map((one: Args) => constraintOf(one, args)),
        ...columns.flatMap((column: Args) => columnConstraints(column, args)),
      ],
      ifNotExists,
    },
    ...constraints
      .filter(isIndex)
      .map((one: Args): Operation => ({ kind: 'createIndex', index: indexOf(one, args) })),
    ...columns.flatMap((column: Args) => columnIndexes(column, args)),
  ]
}

/** SQLAlchemy puts the column that counts by itself first. */
function primaryKeyOf(columns: readonly Args[], args: Args): Constraint[] {
  const keys = columns.filter(column => column.primaryKey)
  if (keys.length === 0) return []
  const counting = keys.findIndex(column => isSerial(column, args))
  const ordered = counting > 0 ? [keys[counting], ...keys.filter((_, at) => at !== counting)] : keys
  return [
    {
      kind: 'constraint',
      ...on(args),
      type: 'primaryKey',
      columns: ordered.map(column => column.name),
    },
  ]
}

/** A lone integer key counts by itself, unless something else fills it. */
function isSerial(column: Args, { columns = [column], constraints = [] }: Args): boolean {
  const integers = ['Integer', 'SmallInteger', 'BigInteger', 'INTEGER', 'BIGINT', 'SMALLINT']
  const keys: string[] = [
    ...columns.filter((one: Args) => one.primaryKey).map((one: Args) => one.name),
    ...constraints.flatMap((one: Args) => (one.kind === 'primaryKey' ? one.columns : [])),
  ]
  if (!keys.includes(column.name) || !integers.includes(column.type.type)) return false
  if (column.autoincrement === true) return true
  const isFilled = column.identity || column.serverDefault !== undefined || column.references
  return keys.length === 1 && !isFilled && column.autoincrement !== false
}

function columnOf(column: Args, args: Args): Column {
  const type = typeOf(column.type, args.schema)
  const { identity, computed, primaryKey, nullable } = column
  return {
    name: column.name,
    type: isSerial(column, args) ? serials[type]! : type,
    notNull: nullable === undefined ? Boolean(primaryKey || identity) : !nullable,
    default: column.serverDefault === undefined ? undefined : defaultOf(column.serverDefault),
    identity: identity && identityOf(identity),
    generated: computed && { expression: computed.sql, stored: true },
    collation: column.type.collation,
    comment: column.comment,
  }
}

const serials: Readonly<Record<string, string>> = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
}

const defaultOf = (value: Args): DefaultValue =>
  typeof value === 'string' ? { value } : { sql: value.sql }

function identityOf({ always = false, ...options }: Args): Identity {
  const big = (value: number | boolean) => (typeof value === 'number' ? BigInt(value) : value)
  const entries = Object.entries(options).map(([key, value]) => [key, big(value as number)])
  return { always, ...Object.fromEntries(entries) }
}

function columnConstraints(column: Args, args: Args): Constraint[] {
  const base = { kind: 'constraint', ...on(args) } as const
  const { references, checks = [], unique, index } = column
  const { type } = column
  return [
    ...(unique && !index ? [{ ...base, type: 'unique', columns: [column.name] } as const] : []),
    ...checks.map((check: Args) => constraintOf({ kind: 'check', ...check }, args)),
    ...(references
      ? [
          constraintOf(
            {
              ...references,
              kind: 'foreignKey',
              columns: [column.name],
              refTable: references.table,
              refSchema: references.schema,
              refColumns: [references.column],
            },
            args,
          ),
        ]
      : []),
    ...(type.nativeEnum === false && type.createConstraint
      ? [
          {
            ...base,
            type: 'check',
            name: type.name,
            expression: `${column.name} IN (${type.values.map((one: string) => `'${one}'`).join(', ')})`,
          } as const,
        ]
      : []),
  ]
}

function columnIndexes(column: Args, args: Args): Operation[] {
  if (!column.index) return []
  const name = ['ix', args.schema, args.table, column.name].filter(Boolean).join('_')
  return [
    {
      kind: 'createIndex',
      index: {
        kind: 'index',
        ...on(args),
        name,
        elements: [{ column: column.name }],
        unique: column.unique,
      },
    },
  ]
}

function constraintOf(one: Args, args: Args): Constraint {
  const options = one.postgresql ?? {}
  const base = { kind: 'constraint', ...on(args), name: nameOf(one.name) } as const
  const deferral = {
    deferrable: one.deferrable || undefined,
    initiallyDeferred: one.initially === 'DEFERRED' || undefined,
  }
  const state = { notValid: options.notValid }
  switch (one.kind) {
    case 'primaryKey':
    case 'unique':
      return {
        ...base,
        type: one.kind,
        columns: one.columns,
        nullsNotDistinct: options.nullsNotDistinct,
        ...deferral,
      }
    case 'check':
      return { ...base, type: 'check', expression: textOf(one.sql), ...state }
    case 'foreignKey':
      return {
        ...base,
        type: 'foreignKey',
        columns: one.columns,
        references: { schema: one.refSchema, table: one.refTable, columns: one.refColumns },
        onDelete: actionOf(one.onDelete),
        onUpdate: actionOf(one.onUpdate),
        match: one.match?.toLowerCase(),
        ...deferral,
        ...state,
      }
    default:
      return {
        ...base,
        type: 'exclude',
        method: one.using,
        elements: one.elements.map((element: Args) => ({
          expression: element.column ?? element.sql,
          operator: element.with,
        })),
        where: one.where && textOf(one.where),
        ...deferral,
      }
  }
}

const actionOf = (action: string | undefined) =>
  action?.toLowerCase() as ReferentialAction | undefined

/** Colons are escaped in SQLAlchemy's text. */
const textOf = (sql: Args): string => (sql.sql ?? sql).replaceAll('\\:', ':')

function indexOf(one: Args, args: Args): Index {
  const options = one.postgresql ?? {}
  return {
    kind: 'index',
    ...on(args),
    name: nameOf(one.name),
    unique: one.unique,
    elements: one.columns.map((element: Args) => elementOf(element, options.ops ?? {})),
    method: options.using,
    where: options.where && textOf(options.where),
    include: options.include,
    nullsNotDistinct: options.nullsNotDistinct,
    options: options.with && stringsOf(options.with),
  }
}

function elementOf(element: Args, opclasses: Args): IndexElement {
  const column = typeof element === 'string' ? element : element.column
  // A text may hold the order as well.
  const text = /^(.*?)( DESC)?$/.exec(element.sql ?? '')
  return {
    column,
    expression: column === undefined ? text?.[1] : undefined,
    opclass: opclasses[column],
    order: element.desc || text?.[2] ? 'desc' : element.asc ? 'asc' : undefined,
    nulls: element.nulls,
  }
}

const stringsOf = (options: Args): Record<string, string> =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]))

function changesOf(args: Args): ColumnChanges {
  const { nullable, type, serverDefault, newName, comment, existingServerDefault } = args
  const { identity } = serverDefault ?? {}
  const wasIdentity = existingServerDefault?.identity !== undefined
  const isPlainDefault = serverDefault !== undefined && !identity && !wasIdentity
  return {
    ...(nullable === undefined ? {} : { notNull: !nullable }),
    ...(type ? { type: typeOf(type, args.schema) } : {}),
    ...(args.postgresql?.using ? { using: textOf(args.postgresql.using) } : {}),
    ...(isPlainDefault
      ? { default: serverDefault === null ? null : defaultOf(serverDefault) }
      : {}),
    ...(identity ? { identity: identityOf(identity) } : {}),
    ...(serverDefault === null && wasIdentity ? { identity: null } : {}),
    ...(newName ? { newName } : {}),
    ...(comment === undefined ? {} : { comment }),
  }
}

function enumsOf(columns: readonly Args[], schema: string | undefined): Operation[] {
  return columns
    .filter(({ type }) => isEnum(type))
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

const isEnum = (type: Args) =>
  ['Enum', 'postgresql.ENUM'].includes(type.type) &&
  type.nativeEnum !== false &&
  type.createType !== false

const enumSchema = (type: Args, schema: string | undefined) =>
  type.schema ?? (type.inheritSchema ? schema : undefined)

const names: Readonly<Record<string, string>> = {
  Integer: 'integer',
  SmallInteger: 'smallint',
  BigInteger: 'bigint',
  String: 'varchar',
  Unicode: 'varchar',
  UnicodeText: 'text',
  LargeBinary: 'bytea',
  DateTime: 'timestamp',
  Float: 'double precision',
  Double: 'double precision',
  DOUBLE_PRECISION: 'double precision',
  DECIMAL: 'numeric',
}

/** A type of SQLAlchemy in limbeck's spelling. */
function typeOf(type: Args, schema: string | undefined): string {
  const [, bare] = /^(?:postgresql\.)?(.*)$/.exec(type.type) ?? []
  if (bare === 'ARRAY') return typeOf(type.item, schema) + '[]'.repeat(type.dimensions ?? 1)
  if (isEnum(type)) {
    return [enumSchema(type, schema), type.name].filter(Boolean).join('.')
  }
  if (bare === 'Enum') {
    return `varchar(${Math.max(...type.values.map((one: string) => one.length))})`
  }
  if (type.nativeUuid === false) return 'char(32)'
  if (bare === 'Float' && type.precision <= 24) return 'real'
  if (type.varying) return `varbit(${type.length})`
  const base = `${names[bare ?? ''] ?? bare?.toLowerCase()}${type.timezone ? 'tz' : ''}`
  return `${base}${sizeOf(base, type)}`
}

function sizeOf(base: string, type: Args): string {
  const { length, precision, scale, secondPrecision } = type
  if (base === 'double precision' || base === 'bytea') return ''
  const sizes = [length ?? precision ?? secondPrecision, scale].filter(size => size !== undefined)
  return sizes.length === 0 ? '' : `(${sizes.join(',')})`
}
