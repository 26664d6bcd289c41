import type { DialectName } from '../../../src/dialects/dialect.ts'
import type {
  Column,
  Constraint,
  DefaultValue,
  Identity,
  Index,
  IndexElement,
  PrimaryKey,
  ReferentialAction,
  Table,
} from '../../../src/schema/index.ts'
import { typeOf } from './types.ts'

/** The arguments of a directive, and the dialect that it is meant for. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs with every directive
export type Args = any

export const on = (args: Args) => ({ schema: args.schema, table: args.table })
export const nameOf = (name: Args) => ({
  name: (name?.final ?? name ?? undefined) as string | undefined,
  hasFinalName: name?.final === undefined ? undefined : true,
})

/** A table with its constraints, as CREATE TABLE takes it. */
export function tableOf(args: Args): { readonly table: Table; readonly constraints: Constraint[] } {
  const { schema, table: name, columns, constraints = [], comment } = args
  const { partitionBy, inherits, tablespace, using } = ownOptions(args)
  const parents = [inherits ?? []].flat()
  return {
    table: {
      kind: 'table',
      schema,
      name,
      columns: columns.map((column: Args) => columnOf(column, args)),
      comment,
      partitionBy,
      unlogged: args.prefixes?.includes('UNLOGGED') || undefined,
      temporary: args.prefixes?.includes('TEMPORARY') || undefined,
      options: tableOptions(args),
      tablespace,
      accessMethod: using,
      inherits:
        parents.length > 0 ? parents.map((parent: string) => ({ name: parent })) : undefined,
    },
    constraints: [
      ...primaryKeyOf(columns, args),
      ...constraints
        .filter((one: Args) => one.kind !== 'index')
        .map((one: Args) => constraintOf(one, args)),
      ...columns.flatMap((column: Args) => columnConstraints(column, args)),
    ],
  }
}

/** The options that are meant for the dialect. */
export const ownOptions = (args: Args): Args => args[args.dialect as DialectName] ?? {}

function tableOptions(args: Args): Record<string, string> | undefined {
  const { with: parameters, ...options } = ownOptions(args)
  switch (args.dialect as DialectName) {
    case 'postgresql':
      return parameters && stringsOf(parameters)
    case 'mysql':
      return stringsOf(options)
    case 'sqlite': {
      const { strict, withRowid } = options
      return {
        ...(strict ? { strict: 'true' } : {}),
        ...(withRowid === false ? { withoutRowid: 'true' } : {}),
      }
    }
  }
}

/** SQLAlchemy puts the column that counts by itself first. */
export function primaryKeyOf(columns: readonly Args[], args: Args): PrimaryKey[] {
  const keys = columns.filter(column => column.primaryKey)
  if (keys.length === 0) return []
  const counting = keys.findIndex(column => isCounting(column, args))
  const ordered = counting > 0 ? [keys[counting], ...keys.filter((_, at) => at !== counting)] : keys
  const names = ordered.map(column => column.name)
  return [{ kind: 'constraint', ...on(args), type: 'primaryKey', columns: names }]
}

/** A lone integer key counts by itself, unless something else fills it. */
function isCounting(column: Args, { columns = [column], constraints = [] }: Args): boolean {
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

const serials: Readonly<Record<string, string>> = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
}

/** In SQLite only AUTOINCREMENT is said: a key that is an INTEGER counts anyway, and no other does. */
export function columnOf(column: Args, args: Args): Column {
  const { identity, computed, primaryKey, nullable, serverDefault } = column
  const { type, enumValues } = typeOf(column.type, args)
  const isSqlite = args.dialect === 'sqlite'
  const isAutoincrement = isSqlite && primaryKey && ownOptions(args).autoincrement
  return {
    name: column.name,
    type: !isSqlite && isCounting(column, args) ? serials[type]! : type,
    enumValues,
    notNull: nullable === undefined ? Boolean(primaryKey || identity) : !nullable,
    default: serverDefault === undefined ? undefined : defaultOf(serverDefault),
    identity: isAutoincrement ? { always: false } : identity && identityOf(identity),
    generated: computed && generatedOf(computed, args),
    collation: column.type.collation,
    comment: column.comment,
  }
}

/** What is not said is STORED on PostgreSQL, which has long had nothing else. */
export const generatedOf = ({ sql, persisted }: Args, { dialect }: Args) => ({
  expression: sql,
  stored: persisted ?? dialect === 'postgresql',
})

export const defaultOf = (value: Args): DefaultValue =>
  typeof value === 'string' ? { value } : { sql: value.sql }

export function identityOf({ always = false, ...options }: Args): Identity {
  const big = (value: number | boolean) => (typeof value === 'number' ? BigInt(value) : value)
  const entries = Object.entries(options).map(([key, value]) => [key, big(value as number)])
  return { always, ...Object.fromEntries(entries) }
}

/** The constraints that are written on a column, checks first. */
export function columnConstraints(column: Args, args: Args): Constraint[] {
  const { references, checks = [], unique, index } = column
  const key = { kind: 'unique', columns: [column.name] }
  return [
    ...(unique && !index ? [constraintOf(key, args)] : []),
    ...checks.map((check: Args) => constraintOf({ kind: 'check', ...check }, args)),
    ...(references ? [referenceOf(column, args)] : []),
    ...typeConstraints(column, args),
  ]
}

function referenceOf({ name, references }: Args, args: Args): Constraint {
  const { table: refTable, schema: refSchema, column } = references
  const columns = { columns: [name], refTable, refSchema, refColumns: [column] }
  return constraintOf({ ...references, ...columns, kind: 'foreignKey' }, args)
}

/** The check that SQLAlchemy adds for a type that the database does not hold by itself. */
export function typeConstraints({ name, type }: Args, args: Args): Constraint[] {
  const isBoolean = type.type === 'Boolean' && args.dialect !== 'postgresql'
  const isOwnEnum = type.type === 'Enum' && type.nativeEnum === false
  if (!type.createConstraint || !(isBoolean || isOwnEnum)) return []
  const values = isBoolean ? '0, 1' : type.values.map((one: string) => `'${one}'`).join(', ')
  return [constraintOf({ kind: 'check', name: type.name, sql: `${name} IN (${values})` }, args)]
}

export function constraintOf(one: Args, args: Args): Constraint {
  const options = ownOptions({ ...one, dialect: args.dialect })
  const base = { kind: 'constraint', ...on(args), ...nameOf(one.name) } as const
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
        include: options.include,
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
export const textOf = (sql: Args): string => (sql.sql ?? sql).replaceAll('\\:', ':')

export function indexOf(one: Args, args: Args): Index {
  const options = ownOptions({ ...one, dialect: args.dialect })
  const { parser = options.withParser } = options
  return {
    kind: 'index',
    ...on(args),
    ...nameOf(one.name),
    unique: one.unique,
    elements: one.columns.map((element: Args) => elementOf(element, options)),
    method: options.using ?? options.prefix?.toLowerCase(),
    where: options.where && textOf(options.where),
    include: options.include,
    nullsNotDistinct: options.nullsNotDistinct,
    tablespace: options.tablespace,
    concurrently: options.concurrently,
    options: parser ? { parser } : options.with && stringsOf(options.with),
  }
}

function elementOf(element: Args, { ops = {}, length }: Args): IndexElement {
  // A text may be a column's name, and hold its order as well.
  const text = /^(.*?)( DESC)?$/.exec(element.sql ?? '')
  const named = /^\w+$/.test(text?.[1] ?? '') ? text?.[1] : undefined
  const column: string | undefined =
    typeof element === 'string' ? element : (element.column ?? named)
  return {
    column,
    expression: column === undefined ? text?.[1] : undefined,
    prefix: typeof length === 'object' ? length[column ?? ''] : length,
    opclass: ops[column ?? ''],
    order: element.desc || text?.[2] ? 'desc' : element.asc ? 'asc' : undefined,
    nulls: element.nulls,
  }
}

const stringsOf = (options: Args): Record<string, string> =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]))
