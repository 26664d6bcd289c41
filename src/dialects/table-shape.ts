/** What stands under the name of a table that limbeck keeps. */
export interface TableShape {
  /** In the database's words where it is no table: `view`. */
  readonly kind: 'table' | (string & {})
  readonly columns: readonly ShapeColumn[]
  /** Rows are shown to the session's role only as policies allow. */
  readonly hidesRows: boolean
  /** Triggers and rules, which may change what is written. */
  readonly triggers: readonly string[]
  /** The schemas, of those in which names are looked for, that have one of that name; the first one's is meant. */
  readonly schemas: readonly string[]
}

/** A column as far as it matters to who writes rows. */
export interface ShapeColumn {
  readonly name: string
  /** As the database spells it. */
  readonly type: string
  readonly isText: boolean
  /** A row cannot be written without a value for it. */
  readonly needsValue: boolean
}
