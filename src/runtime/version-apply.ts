import type { Connection } from '../dialects/dialect.ts'
import { messageOf } from '../errors.ts'
import type { Step } from '../revisions/plan.ts'
import { keepTransaction } from './keep-transaction.ts'
import type { MigrationContext } from './migration-context.ts'

/** What `runMigrations` is given for the scripts that it runs. */
export type RunArguments = Readonly<Record<string, unknown>>

/** A step that has changed the version rows, in the transaction that is still open. */
export interface VersionApplied {
  /** The context of the run. */
  readonly context: MigrationContext
  /** The step, with the version rows that it changes. */
  readonly step: Step
  /** The version rows now. */
  readonly heads: readonly string[]
  /** What `runMigrations` was given. */
  readonly runArgs: RunArguments
}

/** Is told of each step before its commit; what it throws fails the step. */
export type OnVersionApply = (applied: VersionApplied) => void | Promise<void>

/** The code that failed a step: a listener of the project's, by its name. */
export class ListenerFailed extends Error {
  override readonly name = 'ListenerFailed'

  constructor(listener: string, cause: unknown) {
    super(`${listener}: ${messageOf(cause)}`, { cause })
  }
}

/** A function without a name of its own is called after the option. */
const nameOf = (listener: OnVersionApply): string =>
  [...new Set(['onVersionApply', listener.name].filter(Boolean))].join(' ')

/** What the code itself threw, without the name of a listener. */
export function codeThrew(error: unknown): unknown {
  return error instanceof ListenerFailed ? error.cause : error
}

/** Tells every listener, one after the other; none of them may end the transaction of the step. */
export async function tellApplied(
  listeners: readonly OnVersionApply[],
  applied: VersionApplied,
  connection: Connection | undefined,
): Promise<void> {
  for (const listener of listeners) {
    const tell = async () => listener(applied)
    try {
      await (connection === undefined ? tell() : keepTransaction(connection, tell))
    } catch (error) {
      throw new ListenerFailed(nameOf(listener), error)
    }
  }
}
