import type { Column, Constraint, DefaultValue } from '../../schema/index.ts'
import type { OnTable } from './tables.ts'

export interface AddColumn extends OnTable {
  readonly kind: 'addColumn'
  readonly column: Column
  /** Written inside ADD COLUMN: constraints of this column alone. */
  readonly constraints?: readonly Constraint[] | undefined
  /** Where it stands among the others; absent: behind them. */
  readonly place?: ColumnPlace | undefined
  readonly ifNotExists?: boolean | undefined
}

/** The place of a new column, for databases that can choose it: before or behind another. */
export type ColumnPlace = { readonly before: string } | { readonly after: string }

export interface DropColumn extends OnTable {
  readonly kind: 'dropColumn'
  readonly column: string
  readonly existing?: Column | undefined
  /** Those of the column alone, which go with it, for the reverse. */
  readonly constraints?: readonly Constraint[] | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** Changes one column. Each key of `changes` is one aspect; `existing` holds the column as it was. */
export interface AlterColumn extends OnTable {
  readonly kind: 'alterColumn'
  readonly column: string
  readonly changes: ColumnChanges
  readonly existing?: Column | undefined
  /** Partitions and children keep theirs as it is. */
  readonly only?: boolean | undefined
}

export interface ColumnChanges {
  readonly newName?: string
  readonly type?: string
  /** The values of the new type, where it is an enum. */
  readonly enumValues?: readonly string[]
  /** Turns old values into the new type: `status::integer`. */
  readonly using?: string
  readonly collation?: string | null
  readonly notNull?: boolean
  /** null drops it. */
  readonly default?: DefaultValue | null
  /** null makes it an ordinary column. */
  readonly identity?: Column['identity'] | null
  /** null drops the expression and keeps the values; otherwise a new expression. */
  readonly generated?: Column['generated'] | null
  readonly comment?: string | null
  readonly storage?: NonNullable<Column['storage']> | 'default'
  readonly compression?: string | null
  readonly statistics?: number | null
}
