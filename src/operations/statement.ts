import type { Backfill, Operation, Run } from './operation.ts'

/** One piece of SQL, without its closing semicolon. */
export interface Statement {
  readonly sql: string
  readonly parameters?: readonly unknown[] | undefined
  /** false: the database refuses it inside a transaction. */
  readonly transactional: boolean
  /** It stands alone because the script says so, and gets a transaction of its own. */
  readonly isOwnTransaction?: boolean | undefined
  /** What it adds, as SQL spells it, and what may not be used before it is committed: `'shipped'`. */
  readonly usableAfterCommit?: string | undefined
  /** What it adds may be used at once after all where its type is as new. */
  readonly usableWithNewType?: boolean | undefined
  /** What has to be so around the transaction it runs in: said before that begins, and after it ends. */
  readonly around?: Surroundings | undefined
  /** What it was compiled from. */
  readonly operation?: Operation | undefined
}

/** A state of the session that no transaction can change: foreign keys that are not enforced. */
export interface Surroundings {
  readonly before: string
  readonly after: string
}

/** What a step runs, in order: statements, and between them what only the runner can carry out. */
export type StepItem = Statement | Backfill | Run
