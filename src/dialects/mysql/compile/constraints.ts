import type { DropConstraint, Operation } from '../../../operations/operation.ts'
import type {
  CheckConstraint,
  Constraint,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { given, incomplete, keyWord, parenthesized, words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, mariadbWords, refuse } from '../capabilities.ts'
import { quote, quoteList } from '../quoting.ts'
import { alterTable, tableName } from './names.ts'

export const constraints = {
  createConstraint: operation => {
    refuse(operation, operation, { concurrently: 'keys that are built before they are added' })
    const { constraint } = operation
    return [`${alterTable(constraint)} ADD ${constraintDefinition(constraint, operation)}`]
  },

  dropConstraint: (operation, options) => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    return [`${alterTable(operation)} DROP ${dropped(operation, options)}`]
  },

  validateConstraint: lacking(
    'MySQL',
    'constraints that wait to be validated',
    'Leave it out: a constraint is checked when it is created.',
  ),
} satisfies Partial<CompileTable>

/** A constraint as CREATE TABLE and ADD take it: `CONSTRAINT users_pkey PRIMARY KEY (id)`. */
export function constraintDefinition(constraint: Constraint, operation: Operation): string {
  refuse(operation, constraint, { comment: 'comments on constraints' })
  return words(
    given(constraint.name, name => `CONSTRAINT ${quote(name)}`),
    body(constraint, operation),
  )
}

function body(constraint: Constraint, operation: Operation): string {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return key(constraint, operation)
    case 'foreignKey':
      return foreignKey(constraint, operation)
    case 'check':
      return check(constraint, operation)
    case 'exclude':
      throw lacks(operation, 'exclusion constraints', 'Check it in a trigger.')
  }
}

const deferral = {
  deferrable: 'constraints that can be deferred',
  initiallyDeferred: 'constraints that can be deferred',
} as const

function key(constraint: PrimaryKey | UniqueConstraint, operation: Operation): string {
  refuse(operation, constraint as UniqueConstraint, {
    ...deferral,
    include: 'columns that an index only carries along',
    options: 'storage parameters of an index',
    tablespace: 'tablespaces of an index',
    withoutOverlaps: 'WITHOUT OVERLAPS',
    nullsNotDistinct: 'NULLS NOT DISTINCT',
  })
  const word = constraint.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY'
  return `${word} (${quoteList(constraint.columns)})`
}

/** What follows the columns: `REFERENCES parent (id) ON DELETE CASCADE`. */
function foreignKey(constraint: ForeignKey, operation: Operation): string {
  refuse(operation, constraint, {
    ...deferral,
    match: 'MATCH (it would ignore ON DELETE and ON UPDATE)',
    notValid: 'NOT VALID',
    notEnforced: 'foreign keys that are not enforced',
    onDeleteColumns: 'a list of columns for ON DELETE',
    period: 'PERIOD',
  })
  const { references } = constraint
  if (references.columns.length === 0) throw unnamed(constraint)
  return words(
    `FOREIGN KEY (${quoteList(constraint.columns)})`,
    `REFERENCES ${tableName(references)} (${quoteList(references.columns)})`,
    given(constraint.onDelete, action => `ON DELETE ${keyWord(action)}`),
    given(constraint.onUpdate, action => `ON UPDATE ${keyWord(action)}`),
  )
}

function unnamed({ table, references }: ForeignKey) {
  return incomplete(
    `The foreign key of ${table} to ${references.table} does not name the columns it refers to.`,
    'Name them: MySQL does not take the primary key for granted.',
    { table, references: references.table },
  )
}

function check(constraint: CheckConstraint, operation: Operation): string {
  refuse(operation, constraint, { notValid: 'NOT VALID', noInherit: 'table inheritance' })
  return words(
    `CHECK ${parenthesized(constraint.expression)}`,
    constraint.notEnforced && 'NOT ENFORCED',
  )
}

/** MySQL and MariaDB agree on DROP CONSTRAINT for checks alone. */
function dropped(operation: DropConstraint, options: CompileOptions): string {
  const type = operation.type ?? operation.existing?.type
  const ifExists = mariadbWords('IF EXISTS', operation.ifExists, operation, options)
  switch (type) {
    case 'primaryKey':
      return 'PRIMARY KEY'
    case 'foreignKey':
      return words('FOREIGN KEY', ifExists, quote(operation.name))
    case 'unique':
      return words('INDEX', ifExists, quote(operation.name))
    case 'check':
      return words('CONSTRAINT', ifExists, quote(operation.name))
    case 'exclude':
      throw lacks(operation, 'exclusion constraints', 'Leave it out.')
    default:
      throw incomplete(
        `What kind of constraint ${operation.name} of ${operation.table} is, MySQL must be told to drop it.`,
        "Give `type`: 'primaryKey', 'foreignKey', 'unique' or 'check'; or describe it with `existing`.",
        { table: operation.table, constraint: operation.name },
      )
  }
}
