/** What one kind of database can do, whatever its version: one question each. */
export interface Capabilities {
  /** Sessions can take locks that belong to no table. */
  readonly advisoryLocks: boolean
  /** Objects live in named schemas inside the database. */
  readonly schemas: boolean
  /** An enum value that was added may be used before the transaction ends. */
  readonly enumValuesUsableAtOnce: boolean
}
