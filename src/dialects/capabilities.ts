/** What one kind of database can do, whatever its version: one question each. */
export interface Capabilities {
  /** DDL can be rolled back. */
  readonly transactionalDdl: boolean
}
