import type { DefaultValue } from '../../schema/index.ts'
import type { OperationDefinition } from '../custom.ts'
import type { OnTable } from './tables.ts'

/** SQL as the user wrote it. */
export interface Execute {
  readonly kind: 'execute'
  readonly sql: string
  readonly parameters?: readonly unknown[] | undefined
  /** SQL that undoes it. */
  readonly reverse?: string | undefined
}

/**
 * Changes the rows of a table in batches along a unique key, each in a transaction of its own. Either
 * `set` says what their columns get, or `callback` does the work.
 */
export interface Backfill extends OnTable {
  readonly kind: 'backfill'
  /** A whole SET clause, or what each column gets. */
  readonly set?: string | Readonly<Record<string, DefaultValue>> | undefined
  readonly callback?: RunCallback | undefined
  /** Of the rows that `callback` is given; absent: all. */
  readonly columns?: readonly string[] | undefined
  readonly where?: string | undefined
  /** Its columns, or its name; absent: the primary key. */
  readonly key?: string | readonly string[] | undefined
  /** Rows of the first batch. */
  readonly batchSize?: number | undefined
  /** Milliseconds that a batch should take. */
  readonly batchTime?: number | undefined
  /** Milliseconds between two batches. */
  readonly pause?: number | undefined
  /** What `--sql` prints in the place of code. */
  readonly offline?: string | undefined
  /** Its code may be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
  /** null: there is nothing to undo. */
  readonly reverse?:
    | (Pick<Backfill, 'where'> & { readonly set: NonNullable<Backfill['set']> })
    | null
    | undefined
  /** Where code was recorded: `file:line:column`. */
  readonly location?: string | undefined
}

/** The one opaque kind: code that works on the database while the migration runs. */
export interface Run extends Manner {
  readonly kind: 'run'
  readonly callback: RunCallback
  /** What `--sql` prints in its place. */
  readonly offline?: string | undefined
  /** May be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
  /** Where it was recorded: `file:line:column`. */
  readonly location?: string | undefined
}

/** An operation of the project's own, made by what `defineOperation` gives. */
export interface Custom {
  readonly kind: 'custom'
  readonly name: string
  readonly args: unknown
  /** Its code; what it does is not part of what the script says. */
  readonly definition: OperationDefinition<never>
}

/** `context` is `{ connection, op }`; its types live where connections and the recorder do. */
export type RunCallback = (context: never) => Promise<void> | void

/** What any operation may be told beside its own. */
export interface Manner {
  /**
   * Runs outside of transactions: what came before is committed first. `repeatable`: it may run again
   * where nobody can tell whether it was done.
   */
  readonly autocommit?: boolean | 'repeatable' | undefined
  /** How long its statements may take, in place of what holds for the run. */
  readonly timeouts?: OperationTimeouts | undefined
}

/** Lengths of time as a config spells them: `500ms`, `10s`, `5m`; `0`: without end. */
export interface OperationTimeouts {
  /** How long a statement waits for a lock. */
  readonly lockTimeout?: string | undefined
  /** How long it takes in all. */
  readonly statementTimeout?: string | undefined
}
