import type { CreateConstraint } from '../../../operations/operation.ts'
import type { Statement } from '../../../operations/statement.ts'
import type {
  CheckConstraint,
  Constraint,
  Deferral,
  ExcludeConstraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { requireFeature } from '../capabilities.ts'
import { quote, quoteList, quoteQualified } from '../quoting.ts'
import { createIndex } from './indexes.ts'
import {
  type Clause,
  commentOn,
  given,
  incomplete,
  keyWord,
  parenthesized,
  withParameters,
  words,
} from './sql.ts'
import { alterTable, tableName } from './table-names.ts'

export const constraints = {
  createConstraint: (operation, options) => {
    const { constraint } = operation
    const alter = alterTable(constraint, { only: 'only' in constraint && constraint.only })
    return [
      ...(operation.concurrently
        ? keyByIndex(operation, alter, options)
        : [`${alter} ADD ${constraintDefinition(constraint, options)}`]),
      ...afterConstraint(constraint),
    ]
  },

  dropConstraint: operation => [
    words(
      alterTable(operation),
      'DROP CONSTRAINT',
      operation.ifExists && 'IF EXISTS',
      quote(operation.name),
      operation.cascade && 'CASCADE',
    ),
  ],

  validateConstraint: operation => [
    `${alterTable(operation)} VALIDATE CONSTRAINT ${quote(operation.name)}`,
  ],
} satisfies Partial<CompileTable>

/** A key over an index that is built before it, while the table is written to. */
function keyByIndex(
  { constraint }: CreateConstraint,
  alter: string,
  options: CompileOptions,
): (string | Statement)[] {
  if (constraint.type !== 'unique' && constraint.type !== 'primaryKey') {
    throw incomplete(
      `Of table ${constraint.table} only a key can be built concurrently, and ${nameOf(constraint)} is none.`,
      'Leave `concurrently` out.',
      { table: constraint.table, type: constraint.type },
    )
  }
  const { schema, table, columns, include, options: settings, tablespace } = constraint
  const nullsNotDistinct = 'nullsNotDistinct' in constraint && constraint.nullsNotDistinct
  const name = nameOf(constraint)
  const elements = columns.map(column => ({ column }))
  const index = { include, options: settings, tablespace, nullsNotDistinct, elements }
  const sql = createIndex(
    {
      kind: 'createIndex',
      index: { kind: 'index', schema, table, name, unique: true, concurrently: true, ...index },
    },
    options,
  )
  const word = constraint.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'
  const own = `CONSTRAINT ${quote(name)} ${word} USING INDEX ${quote(name)}`
  return [{ sql, transactional: false }, words(`${alter} ADD ${own}`, deferral(constraint))]
}

/** A constraint as CREATE TABLE and ADD take it: `CONSTRAINT users_pkey PRIMARY KEY (id)`. */
export function constraintDefinition(constraint: Constraint, options: CompileOptions): string {
  const name = given(constraint.name, text => `CONSTRAINT ${quote(text)}`)
  return words(name, body(constraint, options))
}

function body(constraint: Constraint, options: CompileOptions): string {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return key(constraint, options)
    case 'foreignKey':
      return foreignKey(constraint, options)
    case 'check':
      return check(constraint, options)
    case 'exclude':
      return exclude(constraint)
  }
}

/** What a constraint needs said once it exists: its place below a parent's, CLUSTER, its comments. */
export function afterConstraint(constraint: Constraint): string[] {
  const statements: string[] = []
  if ('attachedTo' in constraint && constraint.attachedTo) {
    const parent = quoteQualified(constraint.attachedTo)
    const child = quoteQualified({ schema: constraint.schema, name: nameOf(constraint) })
    statements.push(`ALTER INDEX ${parent} ATTACH PARTITION ${child}`)
  }
  if ('clustered' in constraint && constraint.clustered) {
    statements.push(`${alterTable(constraint)} CLUSTER ON ${quote(nameOf(constraint))}`)
  }
  if (constraint.comment !== undefined) {
    const target = `CONSTRAINT ${quote(nameOf(constraint))} ON ${tableName(constraint)}`
    statements.push(...commentOn(target, constraint.comment))
  }
  if ('indexComment' in constraint && constraint.indexComment !== undefined) {
    const index = quoteQualified({ schema: constraint.schema, name: nameOf(constraint) })
    statements.push(...commentOn(`INDEX ${index}`, constraint.indexComment))
  }
  return statements
}

function nameOf(constraint: Constraint): string {
  if (constraint.name !== undefined) return constraint.name
  throw incomplete(
    `A constraint of table ${constraint.table} needs a name to be referred to.`,
    'Name the constraint, or leave out its comment.',
    { table: constraint.table, type: constraint.type },
  )
}

function key(constraint: PrimaryKey | UniqueConstraint, options: CompileOptions): string {
  const isUnique = constraint.type === 'unique'
  const nullsNotDistinct = isUnique && constraint.nullsNotDistinct
  if (nullsNotDistinct) requireFeature('nullsNotDistinct', options)
  if (constraint.withoutOverlaps) requireFeature('temporalKeys', options)
  const columns = quoteList(constraint.columns)
  return words(
    isUnique ? 'UNIQUE' : 'PRIMARY KEY',
    nullsNotDistinct && 'NULLS NOT DISTINCT',
    constraint.withoutOverlaps ? `(${columns} WITHOUT OVERLAPS)` : `(${columns})`,
    ...indexClauses(constraint),
    deferral(constraint),
  )
}

/** The clauses that describe the index behind a constraint. */
function indexClauses(constraint: PrimaryKey | UniqueConstraint | ExcludeConstraint): Clause[] {
  return [
    constraint.include?.length && `INCLUDE (${quoteList(constraint.include)})`,
    withParameters(constraint.options),
    given(constraint.tablespace, name => `USING INDEX TABLESPACE ${quote(name)}`),
  ]
}

function foreignKey(constraint: ForeignKey, options: CompileOptions): string {
  if (constraint.period) requireFeature('temporalKeys', options)
  const { references, period } = constraint
  const referred = references.columns.length > 0 && `(${keyColumns(references.columns, period)})`
  return words(
    `FOREIGN KEY (${keyColumns(constraint.columns, period)})`,
    `REFERENCES ${tableName(references)}`,
    referred,
    given(constraint.match, match => `MATCH ${keyWord(match)}`),
    given(constraint.onUpdate, action => `ON UPDATE ${keyWord(action)}`),
    given(constraint.onDelete, action => `ON DELETE ${keyWord(action)}`),
    onDeleteColumns(constraint, options),
    deferral(constraint),
    ...states(constraint, options),
  )
}

function keyColumns(columns: readonly string[], period: boolean | undefined): string {
  if (!period) return quoteList(columns)
  return [...columns.slice(0, -1).map(quote), `PERIOD ${quote(columns.at(-1) ?? '')}`].join(', ')
}

function onDeleteColumns(constraint: ForeignKey, options: CompileOptions): Clause {
  if (!constraint.onDeleteColumns?.length) return undefined
  requireFeature('setNullColumns', options)
  return `(${quoteList(constraint.onDeleteColumns)})`
}

function check(constraint: CheckConstraint, options: CompileOptions): string {
  return words(
    `CHECK ${parenthesized(constraint.expression)}`,
    constraint.noInherit && 'NO INHERIT',
    ...states(constraint, options),
  )
}

/** A constraint that is not enforced is never valid either: one word says both. */
function states(constraint: CheckConstraint | ForeignKey, options: CompileOptions): Clause[] {
  if (!constraint.notEnforced) return [constraint.notValid && 'NOT VALID']
  requireFeature('notEnforced', options)
  return ['NOT ENFORCED']
}

function exclude(constraint: ExcludeConstraint): string {
  const elements = constraint.elements.map(
    ({ expression, operator }) => `${expression} WITH ${operator}`,
  )
  return words(
    'EXCLUDE',
    given(constraint.method, method => `USING ${quote(method)}`),
    `(${elements.join(', ')})`,
    ...indexClauses(constraint),
    given(constraint.where, where => `WHERE ${parenthesized(where)}`),
    deferral(constraint),
  )
}

function deferral({ deferrable, initiallyDeferred }: Deferral): Clause {
  return words(deferrable && 'DEFERRABLE', initiallyDeferred && 'INITIALLY DEFERRED') || undefined
}
