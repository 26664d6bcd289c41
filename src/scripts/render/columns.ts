import type {
  CheckConstraint,
  Column,
  Constraint,
  ForeignKey,
  Identity,
} from '../../schema/index.ts'
import { typeCode } from './column-types.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { defaultCode } from './defaults.ts'
import { type Code, call, chain, object } from './layout.ts'
import { keyOf, text, wholeNumber } from './literals.ts'
import { referenceEntries } from './references.ts'

/** Constraints that are written on their column. */
export type ColumnConstraints = ReadonlyMap<string, readonly Constraint[]>

/** A record of columns: `{ id: integer().primaryKey(), … }`, as a rule one on each line. */
export function columnsCode(
  columns: readonly Column[],
  constraints: ColumnConstraints,
  context: RenderContext,
  isBroken = true,
): Code {
  const keys = columnKeys(columns)
  const entries = columns.map((column): Entry => {
    const written = constraints.get(column.name) ?? []
    const key = keys.get(column.name) ?? column.name
    return [keyOf(key), columnCode(column, context, written, key)]
  })
  return object(entries, isBroken)
}

/** The keys of columns: their names, but JavaScript puts keys that are numbers before all others. */
export function columnKeys(columns: readonly { readonly name: string }[]): Map<string, string> {
  return new Map(
    columns.map(({ name }) => [name, /^(?:0|[1-9]\d*)$/.test(name) ? `column_${name}` : name]),
  )
}

/** A column as its builder: `varchar(255).notNull().unique('users_email_key')`. */
export function columnCode(
  column: Column,
  context: RenderContext,
  constraints: readonly Constraint[] = [],
  key = column.name,
): Code {
  const { type, collation, storage, compression, statistics, inherited, comment } = column
  return chain(typeCode(type, context, column.notNull), [
    ...textLink('.collate', collation),
    ...nullability(column, constraints, context),
    ...constraints
      .filter(({ type }) => type === 'unique')
      .map(constraint => call('.unique', ...context.finalName(constraint))),
    ...valueLinks(column, context),
    ...constraints.filter(isForeignKey).map(constraint => referencesLink(constraint, context)),
    ...constraints.filter(isCheck).map(constraint => checkLink(constraint, context)),
    ...textLink('.storage', storage),
    ...textLink('.compression', compression),
    ...(statistics === undefined ? [] : [call('.statistics', String(statistics))]),
    ...(inherited ? [call('.inherited')] : []),
    ...textLink('.comment', comment),
    ...textLink('.named', key === column.name ? undefined : column.name),
  ])
}

const isForeignKey = (constraint: Constraint): constraint is ForeignKey =>
  constraint.type === 'foreignKey'

const isCheck = (constraint: Constraint): constraint is CheckConstraint =>
  constraint.type === 'check'

const textLink = (name: string, value: string | undefined): Code[] =>
  value === undefined ? [] : [call(name, text(value))]

/** NOT NULL is said once: a primary key, an identity and a serial say it themselves. */
function nullability(
  column: Column,
  constraints: readonly Constraint[],
  context: RenderContext,
): Code[] {
  const { notNull, notNullConstraint, identity, type } = column
  const primaryKey = constraints.find(constraint => constraint.type === 'primaryKey')
  const isSaid = primaryKey !== undefined || identity !== undefined || type.endsWith('serial')
  const links = notNullConstraint ? [notNullLink(notNullConstraint)] : []
  if (notNull && !isSaid && links.length === 0) links.push(call('.notNull'))
  if (primaryKey !== undefined) links.push(primaryKeyLink(primaryKey, context))
  return links
}

function notNullLink({ name, ...rest }: NonNullable<Column['notNullConstraint']>): Code {
  const states = Object.entries({ name, ...rest }).filter(([, value]) => value !== undefined)
  const isOnlyNamed = states.length === 1 && name !== undefined
  if (isOnlyNamed) return call('.notNull', text(name))
  const entries = states.map(
    ([key, value]): Entry => [key, typeof value === 'string' ? text(value) : String(value)],
  )
  return call('.notNull', object(entries))
}

/** The name that PostgreSQL chooses is left to it, as people do, where no convention would choose another. */
function primaryKeyLink(constraint: Constraint, context: RenderContext): Code {
  const { table, name } = constraint
  const isChosen = name === `${table}_pkey` && context.namingConvention.pk === undefined
  return call('.primaryKey', ...(isChosen ? [] : context.finalName(constraint)))
}

function valueLinks(column: Column, context: RenderContext): Code[] {
  const { default: value, identity, generated } = column
  const links: Code[] = []
  if (value !== undefined) links.push(call('.default', defaultCode(value, column.type, context)))
  if (identity !== undefined) links.push(call('.identity', ...options(identityEntries(identity))))
  if (generated !== undefined) {
    const virtual = generated.stored ? [] : options([['stored', 'false']])
    links.push(call('.generatedAs', context.sql(generated.expression), ...virtual))
  }
  return links
}

/** The options of an identity; BY DEFAULT goes without saying. */
export function identityEntries({ always, sequenceName, ...numbers }: Identity): Entry[] {
  return [
    ...(always ? [['always', 'true'] as Entry] : []),
    ...sequenceEntries(numbers),
    ...(sequenceName === undefined ? [] : [['sequenceName', text(sequenceName)] as Entry]),
  ]
}

/** Numbers of a sequence. */
export function sequenceEntries(numbers: object): Entry[] {
  return Object.entries(numbers)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, typeof value === 'bigint' ? wholeNumber(value) : String(value)])
}

function referencesLink({ references, ...rest }: ForeignKey, context: RenderContext): Code {
  const { table, columns } = references
  const schema = context.schema(references.schema)
  const [column] = columns
  const isShort =
    schema === undefined && column && ![table, column].some(part => part.includes('.'))
  const target = isShort ? text(`${table}.${column}`) : context.value({ schema, table, column })
  return call('.references', target, ...options(referenceEntries(rest, context)))
}

function checkLink(check: CheckConstraint, context: RenderContext): Code {
  return call('.check', context.sql(check.expression), ...context.finalName(check))
}
