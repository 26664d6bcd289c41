import type { QualifiedName } from '../schema/index.ts'
import type { SessionTimeouts } from './timeouts.ts'

/** Where a session has ended up, and what it may do there. */
export interface Situation {
  readonly database: string
  /** Whose rights count now. */
  readonly user: string
  /** Who has logged in. */
  readonly sessionUser: string
  /** What the server is called: by the URL, and by itself; the first is for people. */
  readonly hosts: readonly string[]
  readonly ports: readonly number[]
  /** `15.18`. */
  readonly serverVersion: string
  /** A copy of another server, which takes no changes. */
  readonly isStandby: boolean
  /** Transactions that begin now may not write. */
  readonly isReadOnly: boolean
  /** How long its statements may take, as it was found. */
  readonly timeouts: SessionTimeouts
  /** What the role may not do; absent where it may do everything. */
  readonly limits?: Limits | undefined
}

/** What a role may not do in a database. */
export interface Limits {
  /** Where things without a schema are created; null where that is nowhere. */
  readonly defaultSchema: string | null
  readonly mayCreateSchemas: boolean
  readonly mayCreateDatabases: boolean
  /** Schemas that lack a right. */
  readonly schemas: readonly LimitedSchema[]
  /** Tables, views and the like that belong to somebody else. */
  readonly foreign: readonly ForeignTable[]
  /** The tables that were asked about, as far as they are there. */
  readonly tables: readonly TableRights[]
}

/** A schema in which the role may not do everything. */
export interface LimitedSchema {
  readonly name: string
  readonly owner: string
  readonly mayUse: boolean
  readonly mayCreate: boolean
}

/** A table that the role may not change. */
export interface ForeignTable {
  readonly schema: string
  readonly name: string
  readonly owner: string
  /** Its name alone means it. */
  readonly isVisible: boolean
  /** The role owns its schema, and so may drop it. */
  readonly ownsSchema: boolean
  /** The role may become the owner, though it does not inherit its rights. */
  readonly mayBecomeOwner: boolean
}

/** What a role may do with the rows of a table. */
export interface TableRights {
  readonly schema: string
  readonly name: string
  readonly owner: string
  readonly isVisible: boolean
  readonly may: Readonly<Record<RowRight, boolean>>
}

/** A right on the rows of a table, as GRANT spells it. */
export type RowRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'

/** What is asked of a session. */
export interface SituationQuestion {
  /** Tables whose rows will be written. */
  readonly tables: readonly QualifiedName[]
}

/** Why nothing can be written, and what to do. */
export interface WriteBarrier {
  readonly sentence: string
  readonly hint: string
  /** Plain values for a program. */
  readonly facts: Readonly<Record<string, unknown>>
}
