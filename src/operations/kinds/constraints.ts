import type { Constraint, ConstraintType } from '../../schema/index.ts'
import type { OnTable } from './tables.ts'

export interface CreateConstraint {
  readonly kind: 'createConstraint'
  readonly constraint: Constraint
  /** PostgreSQL: the index behind a key is built first, while the table is written to. */
  readonly concurrently?: boolean | undefined
}

export interface DropConstraint extends OnTable {
  readonly kind: 'dropConstraint'
  readonly name: string
  /** Until it is recorded: no naming convention changes the name. */
  readonly hasFinalName?: boolean | undefined
  readonly type?: ConstraintType | undefined
  readonly existing?: Constraint | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** Checks the rows that were there before a NOT VALID constraint. */
export interface ValidateConstraint extends OnTable {
  readonly kind: 'validateConstraint'
  readonly name: string
}
