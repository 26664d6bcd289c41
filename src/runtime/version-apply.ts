import type { Step } from '../revisions/plan.ts'
import type { MigrationContext } from './migration-context.ts'

/** What `runMigrations` is given for the scripts that it runs. */
export type RunArguments = Readonly<Record<string, unknown>>

/** A step that has changed the version rows, in the transaction that is still open. */
export interface VersionApplied {
  readonly context: MigrationContext
  readonly step: Step
  /** The version rows now. */
  readonly heads: readonly string[]
  readonly runArgs: RunArguments
}

/** Is told of each step before its commit; what it throws fails the step. */
export type OnVersionApply = (applied: VersionApplied) => void | Promise<void>

/** The code that failed a step: a listener of `env.ts`, by its name. */
export class ListenerFailed extends Error {
  override readonly name = 'ListenerFailed'

  constructor(listener: OnVersionApply, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`onVersionApply${listener.name === '' ? '' : ` ${listener.name}`}: ${reason}`, { cause })
  }
}

/** Tells every listener, one after the other. */
export async function tellApplied(
  listeners: readonly OnVersionApply[],
  applied: VersionApplied,
): Promise<void> {
  for (const listener of listeners) {
    try {
      await listener(applied)
    } catch (error) {
      throw new ListenerFailed(listener, error)
    }
  }
}
