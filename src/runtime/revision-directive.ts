import type { Operation } from '../operations/operation.ts'
import type { MigrationContext } from './migration-context.ts'

/** A revision that is about to be written; a hook may change any of this. */
export interface RevisionDirective {
  /** Its id. */
  revId: string
  /** What it does, as it was given; may be empty. */
  message: string
  /** What its `upgrade` will do. */
  upgradeOperations: Operation[]
  /** Absent: what undoes `upgradeOperations`. */
  downgradeOperations?: Operation[] | undefined
  /** What it follows: ids; none for a base. */
  downRevisions: readonly string[]
  /** It may follow a revision that others follow already. */
  splice: boolean
  /** Names for the branch that begins with it. */
  branchLabels: readonly string[]
  /** What must have run before it, beside what it follows. */
  dependsOn: readonly string[]
  /** The version location that gets the file; absent: as for any revision. */
  versionPath?: string | undefined
}

/**
 * Called before a revision is written. `revision` is where the database is; what is left in
 * `directives`, or put there, becomes files.
 */
export type ProcessRevisionDirectives = (
  context: MigrationContext,
  revision: readonly string[],
  directives: RevisionDirective[],
) => void | Promise<void>
