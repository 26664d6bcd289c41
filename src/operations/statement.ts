import type { Operation, Run } from './operation.ts'

/** One piece of SQL, without its closing semicolon. */
export interface Statement {
  readonly sql: string
  readonly parameters?: readonly unknown[] | undefined
  /** false: the database refuses it inside a transaction. */
  readonly transactional: boolean
  /** What it adds, as SQL spells it, and what may not be used before it is committed: `'shipped'`. */
  readonly usableAfterCommit?: string | undefined
  /** What it adds may be used at once after all where its type is as new. */
  readonly usableWithNewType?: boolean | undefined
  /** What it was compiled from. */
  readonly operation?: Operation | undefined
}

/** What a step runs, in order: statements, and the opaque `run` operations between them. */
export type StepItem = Statement | Run
