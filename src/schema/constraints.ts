import type { QualifiedName } from './names.ts'

interface ConstraintBase {
  readonly kind: 'constraint'
  readonly schema?: string | undefined
  readonly table: string
  /** Absent: the database chooses. */
  readonly name?: string | undefined
  /** Of a declaration alone: no naming convention changes its name. */
  readonly hasFinalName?: boolean | undefined
  readonly comment?: string | undefined
}

export interface Deferral {
  readonly deferrable?: boolean | undefined
  readonly initiallyDeferred?: boolean | undefined
}

interface IndexBacked {
  readonly columns: readonly string[]
  readonly include?: readonly string[] | undefined
  /** Storage parameters of the index behind the constraint. */
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly tablespace?: string | undefined
  /** PostgreSQL 18: the last column is a range that must not overlap. */
  readonly withoutOverlaps?: boolean | undefined
  /** Only on the partitioned parent; partitions' indexes are attached one by one. */
  readonly only?: boolean | undefined
  /** Parent index that this one is attached to (partitions). */
  readonly attachedTo?: QualifiedName | undefined
  /** CLUSTER … USING was set to the index behind it. */
  readonly clustered?: boolean | undefined
  /** The comment on the index behind it, which is another than its own. */
  readonly indexComment?: string | undefined
}

export interface PrimaryKey extends ConstraintBase, IndexBacked, Deferral {
  readonly type: 'primaryKey'
}

export interface UniqueConstraint extends ConstraintBase, IndexBacked, Deferral {
  readonly type: 'unique'
  readonly nullsNotDistinct?: boolean | undefined
}

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignKey extends ConstraintBase, Deferral {
  readonly type: 'foreignKey'
  readonly columns: readonly string[]
  readonly references: {
    readonly schema?: string | undefined
    readonly table: string
    /** Empty: the primary key of the referenced table. */
    readonly columns: readonly string[]
  }
  /** Absent: no action. */
  readonly onDelete?: ReferentialAction | undefined
  /** Columns that ON DELETE SET NULL/DEFAULT touches, when not all. */
  readonly onDeleteColumns?: readonly string[] | undefined
  readonly onUpdate?: ReferentialAction | undefined
  readonly match?: 'full' | 'partial' | undefined
  readonly notValid?: boolean | undefined
  /** PostgreSQL 18: NOT ENFORCED. */
  readonly notEnforced?: boolean | undefined
  /** PostgreSQL 18: PERIOD on the last column. */
  readonly period?: boolean | undefined
}

export interface CheckConstraint extends ConstraintBase {
  readonly type: 'check'
  readonly expression: string
  readonly notValid?: boolean | undefined
  readonly noInherit?: boolean | undefined
  readonly notEnforced?: boolean | undefined
}

export interface ExcludeConstraint extends ConstraintBase, Deferral {
  readonly type: 'exclude'
  /** Index method; absent: the database's default. */
  readonly method?: string | undefined
  readonly elements: readonly ExcludeElement[]
  readonly include?: readonly string[] | undefined
  readonly where?: string | undefined
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly tablespace?: string | undefined
  /** PostgreSQL 17: only on the partitioned parent; partitions' indexes are attached one by one. */
  readonly only?: boolean | undefined
  /** Parent index that this one is attached to (partitions). */
  readonly attachedTo?: QualifiedName | undefined
  /** CLUSTER … USING was set to the index behind it. */
  readonly clustered?: boolean | undefined
  /** The comment on the index behind it, which is another than its own. */
  readonly indexComment?: string | undefined
}

export interface ExcludeElement {
  /** A column or expression with its operator class and order, ready to print. */
  readonly expression: string
  readonly operator: string
}

export type Constraint =
  | PrimaryKey
  | UniqueConstraint
  | ForeignKey
  | CheckConstraint
  | ExcludeConstraint

export type ConstraintType = Constraint['type']
