import type { Column, ConstraintType, ObjectKind, SchemaObject, Table } from '../schema/index.ts'

/** What a filter is asked about: Alembic's words, and the kinds of object that Alembic does not compare. */
export type FilteredType =
  | Exclude<ObjectKind, 'constraint'>
  | 'column'
  | `${ConstraintType}Constraint`

/** Where something stands that a filter is asked about; each is absent where it has none. */
export interface ParentNames {
  /** The schema that it is in. */
  readonly schemaName?: string | undefined
  /** The table that it belongs to; of a table, its own name. */
  readonly tableName?: string | undefined
  /** The same with the schema: `auth.users`. */
  readonly schemaQualifiedTableName?: string | undefined
}

/** Whether something that is in the database is looked at: without it and all it holds nothing changes. */
export type IncludeName = (name: string, type: FilteredType, parents: ParentNames) => boolean

/**
 * Whether an object of either side is looked at. `reflected`: it is the database's, and the target has
 * none; else it is the target's, and `compareTo` the database's, if there is one.
 */
export type IncludeObject = (
  object: SchemaObject | Column,
  name: string,
  type: FilteredType,
  reflected: boolean,
  compareTo: SchemaObject | Column | undefined,
) => boolean

/** Whether a property of a column counts as different: undefined leaves it to limbeck. */
export type CompareColumn = (current: Column, target: Column, table: Table) => boolean | undefined

/** What `env.ts` says of comparing a database with the target. */
export interface ComparisonSettings {
  readonly includeName?: IncludeName | undefined
  readonly includeObject?: IncludeObject | undefined
  /** Compare every schema of the database, or these, beside those that the target or the revisions name. */
  readonly includeSchemas?: boolean | readonly string[] | undefined
  /** false: the types of columns are not compared. */
  readonly compareType?: boolean | CompareColumn | undefined
  /** false: the defaults of columns are not compared. */
  readonly compareServerDefault?: boolean | CompareColumn | undefined
}
