import type { Connection } from '../dialects/dialect.ts'
import { mayEndTransaction } from '../dialects/executed-sql.ts'
import { boundariesOf, planCommits } from './commit-plan.ts'
import type { Report, RuntimeEvent } from './events.ts'
import { mayFly, mostSteps } from './flight.ts'
import type { RecordedStep } from './recorded-step.ts'
import type { Recording } from './recording.ts'
import type { Transaction } from './transaction.ts'

export interface AheadParts {
  readonly recording: Recording
  readonly connection: Connection
  readonly transaction: Transaction
  readonly report: Report
  /** Begins the transaction, with what comes before the first step; false where the steps may not run yet. */
  prepare(): Promise<boolean>
  /** `next` is the revision that comes after these. */
  fly(steps: readonly RecordedStep[], report: Report, next: string | undefined): Promise<void>
}

/**
 * Runs the first steps of a plan while the scripts of the later ones are still loaded, in a transaction
 * that goes on afterwards. Until every script is loaded nothing is committed and nothing is told: one that
 * cannot be loaded is all that is heard of, whatever the database has said before. Gives how many steps
 * are done; undefined where the run has to begin from the start, with nothing begun.
 */
export async function runAhead(parts: AheadParts): Promise<number | undefined> {
  const { recording, transaction, report } = parts
  const ahead = new Ahead(parts)
  const [ran] = await Promise.allSettled([ahead.run(), recording.all.catch(() => ahead.stop())])
  const steps = await recording.all
  // The commits have to be told of before anything runs.
  if (boundariesOf(planCommits(steps, { transactionPerMigration: false })).length > 0) {
    await transaction.rollback()
    return undefined
  }
  for (const { event, at } of ahead.told) report(event, at)
  if (ran.status === 'rejected') throw ran.reason
  return ran.value
}

class Ahead {
  readonly told: { readonly event: RuntimeEvent; readonly at: Date }[] = []
  readonly #parts: AheadParts
  #isFlying = false

  constructor(parts: AheadParts) {
    this.#parts = parts
  }

  async run(): Promise<number | undefined> {
    const { recording, prepare } = this.#parts
    if (!(await prepare())) return undefined
    for (let done = 0; ; ) {
      const loaded = await recording.after(done)
      const steps = firstOf(loaded.slice(0, mostSteps), mayRunAhead)
      if (recording.isDone || steps.length === 0) return done
      const behind = done + steps.length
      await this.#fly(steps, recording.steps[behind]?.revision.id)
      done = behind
    }
  }

  async #fly(steps: readonly RecordedStep[], next: string | undefined): Promise<void> {
    this.#isFlying = true
    try {
      const tell: Report = event => this.told.push({ event, at: new Date() })
      await this.#parts.fly(steps, tell, next)
    } finally {
      this.#isFlying = false
    }
  }

  /** What runs is for nothing, and nobody has to wait for it. */
  async stop(): Promise<void> {
    if (this.#isFlying) await this.#parts.connection.cancel?.()
  }
}

function firstOf<T>(list: readonly T[], test: (one: T) => boolean): readonly T[] {
  const end = list.findIndex(one => !test(one))
  return end < 0 ? list : list.slice(0, end)
}

/** Whether a step asks for no commit of its own, leads to none in a later one, and cannot hide one. */
function mayRunAhead(recorded: RecordedStep): boolean {
  const [commits] = planCommits([recorded], { transactionPerMigration: false })
  const isFree = recorded.items.every(
    item =>
      !('kind' in item) && item.usableAfterCommit === undefined && !mayEndTransaction(item.sql),
  )
  return isFree && mayFly({ ...recorded, done: 0 }, commits!)
}
