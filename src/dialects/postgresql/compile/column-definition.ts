import type { OnTable } from '../../../operations/operation.ts'
import type {
  Column,
  ColumnStorage,
  GeneratedColumn,
  Identity,
  NotNullConstraint,
} from '../../../schema/index.ts'
import type { CompileOptions } from '../../dialect.ts'
import { hasFeature, requireFeature } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { defaultSql } from './defaults.ts'
import { sequenceOptions } from './sequence-options.ts'
import { type Clause, collate, commentOn, given, keyWord, parenthesized, words } from './sql.ts'
import { alterTable, columnName } from './table-names.ts'

/** A column as CREATE TABLE and ADD COLUMN take it: `email varchar(255) NOT NULL`. */
export function columnDefinition(on: OnTable, column: Column, options: CompileOptions): string {
  return words(
    quote(column.name),
    column.type,
    collate(column.collation),
    ...columnConstraints(on, column, options),
  )
}

/** The clauses after a column's type. */
export function columnConstraints(on: OnTable, column: Column, options: CompileOptions): Clause[] {
  return [
    given(column.default, value => `DEFAULT ${defaultSql(value, column.type)}`),
    given(column.generated, generated => generatedClause(generated, options)),
    given(column.identity, identity => identityClause(on, identity, options)),
    notNullClause(column, options),
  ]
}

/** `GENERATED ALWAYS AS (a + b) STORED` */
function generatedClause({ expression, stored }: GeneratedColumn, options: CompileOptions): string {
  if (!stored) requireFeature('virtualColumns', options)
  return `GENERATED ALWAYS AS ${parenthesized(expression)} ${stored ? 'STORED' : 'VIRTUAL'}`
}

/** `GENERATED ALWAYS AS IDENTITY (START WITH 10)` */
export function identityClause(on: OnTable, identity: Identity, options: CompileOptions): string {
  const { sequenceName, unlogged } = identity
  const inside = words(
    given(sequenceName, name => `SEQUENCE NAME ${quoteQualified({ schema: on.schema, name })}`),
    ...sequenceOptions(identity),
    unlogged !== undefined && persistence(unlogged, options),
  )
  return words(
    `GENERATED ${identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`,
    inside && `(${inside})`,
  )
}

/** The word for what becomes of a sequence in a crash; before PostgreSQL 15 all of them survive. */
export function persistence(unlogged: boolean, options: CompileOptions): string {
  if (unlogged) requireFeature('unloggedSequences', options)
  if (!hasFeature('unloggedSequences', options)) return ''
  return unlogged ? 'UNLOGGED' : 'LOGGED'
}

/** A NOT NULL that skips the rows of today is added afterwards: here it would be checked. */
function notNullClause(column: Column, options: CompileOptions): Clause {
  const { notNull, notNullConstraint: state } = column
  if (!notNull || state?.inherited || isAddedLater(column, options)) return undefined
  return notNullConstraint('NOT NULL', state, options)
}

/** The NOT NULL of a column that is not declared here, as CREATE TABLE takes it beside the columns. */
export function ownNotNull(column: Column, options: CompileOptions): string[] {
  const { name, notNull, notNullConstraint: state } = column
  if (!notNull || !state || !hasFeature('notNullStates', options)) return []
  if (isAddedLater(column, options)) return []
  return [notNullConstraint(`NOT NULL ${quote(name)}`, state, options)]
}

function notNullConstraint(
  condition: string,
  state: NotNullConstraint | undefined,
  options: CompileOptions,
): string {
  if (state?.noInherit) requireFeature('notNullStates', options)
  return words(
    given(state?.name, name => `CONSTRAINT ${quote(name)}`),
    condition,
    state?.noInherit && 'NO INHERIT',
  )
}

function isAddedLater({ notNullConstraint }: Column, options: CompileOptions): boolean {
  if (!notNullConstraint?.notValid) return false
  requireFeature('notNullStates', options)
  return true
}

/** What has no place in a column's definition: storage, statistics, its comment. */
export function afterColumn(on: OnTable, column: Column, options: CompileOptions): string[] {
  const isAdded = column.notNull && column.notNullConstraint?.notValid
  return [
    ...columnStorage(`${alterTable(on)} ALTER COLUMN ${quote(column.name)}`, column, options),
    ...(isAdded ? [addNotNull(on, column, options)] : []),
    ...commentOn(`COLUMN ${columnName(on, column.name)}`, column.comment),
  ]
}

/** What sets how a column is kept; `alter` names it: `ALTER TABLE users ALTER COLUMN email`. */
export function columnStorage(
  alter: string,
  { storage, compression, statistics }: ColumnStorage,
  options: CompileOptions,
): string[] {
  const settings = [
    storage && `STORAGE ${keyWord(storage)}`,
    compression && hasFeature('columnCompression', options) && `COMPRESSION ${quote(compression)}`,
    statistics !== undefined && `STATISTICS ${statistics}`,
  ]
  return settings.filter(Boolean).map(setting => `${alter} SET ${setting}`)
}

function addNotNull(on: OnTable, column: Column, options: CompileOptions): string {
  const { name, notNullConstraint: state } = column
  const constraint = notNullConstraint(`NOT NULL ${quote(name)}`, state, options)
  return `${alterTable(on)} ADD ${constraint} NOT VALID`
}
