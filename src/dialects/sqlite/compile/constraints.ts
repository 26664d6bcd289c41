import type { Operation } from '../../../operations/operation.ts'
import type {
  CheckConstraint,
  Constraint,
  Deferral,
  ForeignKey,
  PrimaryKey,
  UniqueConstraint,
} from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { type Clause, given, keyWord, parenthesized, words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, needsRebuild, refuse } from '../capabilities.ts'
import { quote, quoteList } from '../quoting.ts'

export const constraints = {
  createConstraint: operation => {
    throw needsRebuild(operation, operation.constraint.table)
  },
  dropConstraint: operation => {
    throw needsRebuild(operation, operation.table)
  },
  validateConstraint: lacking(
    'SQLite',
    'constraints that wait to be validated',
    'Leave it out: a table rebuild copies what the constraint allows.',
  ),
} satisfies Partial<CompileTable>

/** A constraint as CREATE TABLE takes it: `CONSTRAINT users_pkey PRIMARY KEY (id)`. */
export function constraintDefinition(constraint: Constraint, operation: Operation): string {
  return written(constraint, operation, columns => `(${quoteList(columns)})`)
}

/** A constraint of one column as its definition takes it: `REFERENCES parent (id)`. */
export function columnConstraint(constraint: Constraint, operation: Operation): string {
  return written(constraint, operation, () => undefined)
}

type Keys = (columns: readonly string[]) => Clause

function written(constraint: Constraint, operation: Operation, keys: Keys): string {
  return words(
    given(constraint.name, name => `CONSTRAINT ${quote(name)}`),
    body(constraint, operation, keys),
  )
}

function body(constraint: Constraint, operation: Operation, keys: Keys): string {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return key(constraint, operation, keys)
    case 'foreignKey':
      return foreignKey(constraint, operation, keys)
    case 'check':
      return check(constraint, operation)
    case 'exclude':
      throw lacks(operation, 'exclusion constraints', 'Check it in a trigger.')
  }
}

function key(constraint: PrimaryKey | UniqueConstraint, operation: Operation, keys: Keys): string {
  refuse(operation, constraint as UniqueConstraint, {
    deferrable: 'keys that can be deferred',
    initiallyDeferred: 'keys that can be deferred',
    include: 'columns that an index only carries along',
    tablespace: 'tablespaces',
    withoutOverlaps: 'WITHOUT OVERLAPS',
    nullsNotDistinct: 'NULLS NOT DISTINCT',
  })
  const { onConflict, ...others } = constraint.options ?? {}
  refuse(operation, { options: Object.keys(others) }, { options: 'these options of a key' })
  return words(
    constraint.type === 'unique' ? 'UNIQUE' : 'PRIMARY KEY',
    keys(constraint.columns),
    given(onConflict, answer => `ON CONFLICT ${keyWord(answer)}`),
  )
}

function foreignKey(constraint: ForeignKey, operation: Operation, keys: Keys): string {
  refuse(operation, constraint, {
    notValid: 'NOT VALID',
    notEnforced: 'foreign keys that are not enforced one by one',
    onDeleteColumns: 'a list of columns for ON DELETE',
    period: 'PERIOD',
  })
  const { references, schema } = constraint
  if (references.schema !== undefined && references.schema !== (schema ?? 'main')) {
    throw lacks(
      operation,
      'foreign keys from one attached database to another',
      'Leave it out, or keep both tables in one.',
    )
  }
  const own = keys(constraint.columns)
  return words(
    own && `FOREIGN KEY ${own}`,
    `REFERENCES ${quote(references.table)}`,
    references.columns.length > 0 && `(${quoteList(references.columns)})`,
    given(constraint.match, match => `MATCH ${keyWord(match)}`),
    given(constraint.onDelete, action => `ON DELETE ${keyWord(action)}`),
    given(constraint.onUpdate, action => `ON UPDATE ${keyWord(action)}`),
    deferral(constraint),
  )
}

function deferral({ deferrable, initiallyDeferred }: Deferral): Clause {
  return words(deferrable && 'DEFERRABLE', initiallyDeferred && 'INITIALLY DEFERRED') || undefined
}

function check(constraint: CheckConstraint, operation: Operation): string {
  refuse(operation, constraint, {
    notValid: 'NOT VALID',
    noInherit: 'table inheritance',
    notEnforced: 'checks that are not enforced',
  })
  return `CHECK ${parenthesized(constraint.expression)}`
}
