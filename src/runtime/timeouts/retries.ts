import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PassingReason } from '../../dialects/timeouts.ts'
import { LimbeckError } from '../../errors.ts'
import type { Report } from '../events.ts'
import type { RunProgress } from '../progress.ts'
import type { Transaction } from '../transaction.ts'
import { lengthText } from './describe.ts'
import type { RunLimits } from './limits.ts'
import { refusalOf } from './refusal.ts'
import { explained, type Tries, wasTried } from './timed-out.ts'
import type { LockWatch } from './watch.ts'

export interface RetryParts {
  readonly limits: RunLimits
  readonly transaction: Transaction
  readonly watch?: LockWatch | undefined
  readonly report: Report
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal | undefined
}

/** What there is to know of the run that failed. */
type Progress = Pick<RunProgress, 'commits' | 'isHalted'>

const none: Progress = { commits: 0, isHalted: false }

/** In milliseconds. */
const pauses = { first: 500, longest: 10_000 }

/**
 * Tries again what was refused for a reason that passes, for as long as it may. What is open is rolled
 * back first: nobody has to wait for it meanwhile.
 */
export class Retries {
  readonly #parts: RetryParts
  #pause = pauses.first
  #tries = 0
  #since = 0
  #wait = 0
  #failed = { what: '', commits: 0 }

  constructor(parts: RetryParts) {
    this.#parts = parts
  }

  /**
   * Waits until it is time to try again. Throws what is to be told where that may not be. `commits` is how
   * often the run has committed: what fails behind another commit is another thing, with a budget of its own.
   * What may have committed by itself is not tried again (`isHalted`).
   */
  async pauseAfter(error: unknown, { commits, isHalted }: Progress = none): Promise<void> {
    if (wasTried(error)) throw error
    const { limits, transaction, watch } = this.#parts
    this.#notice(error, commits)
    const refusal = refusalOf(error)
    const reason = refusal && limits.sql.passingReason(refusal.code)
    if (this.#tries === 0) this.#since = performance.now()
    this.#tries++
    const waited = performance.now() - this.#since
    const blockers = watch?.take() ?? []
    const left = limits.retry - waited
    const isShared = !transaction.isOwn
    const failed = { limits, reason, blockers, waited, tries: this.#tries, isShared }
    if (reason === undefined || isShared || isHalted || left <= 0) throw explained(error, failed)
    await transaction.rollback()
    this.#wait = Math.min(this.#pause * (0.5 + Math.random()), left)
    this.#tell(reason, failed)
    this.#pause = Math.min(this.#pause * 1.7, pauses.longest)
    await this.#sleep()
  }

  /** What runs outside of transactions commits before each of its tries, and is the same thing. */
  #notice(error: unknown, commits: number): void {
    const { revision, statement, line } = error instanceof LimbeckError ? error.facts : {}
    const failed = { what: JSON.stringify([revision, statement, line]), commits }
    const isSame = failed.what === this.#failed.what || commits === this.#failed.commits
    this.#failed = failed
    if (isSame) return
    this.#tries = 0
    this.#pause = pauses.first
  }

  async #sleep(): Promise<void> {
    const { signal } = this.#parts
    // A run that was told to end begins nothing any more.
    await sleep(this.#wait, undefined, { signal }).catch(() => undefined)
  }

  #tell(reason: PassingReason, { blockers, tries, waited }: Tries): void {
    const { limits, report } = this.#parts
    const what = {
      lock: 'No lock in time',
      deadlock: 'A deadlock',
      conflict: 'A conflict with another transaction',
    }[reason]
    report({
      type: 'retry',
      message: `${what}: rolled back to the last commit, so that nobody waits; trying again in ${lengthText(this.#wait)} (try ${tries + 1}, for ${lengthText(limits.retry - waited)} more).`,
      reason,
      blockers,
      tries,
      waited: Math.round(waited),
      pause: Math.round(this.#wait),
      limit: limits.retry,
    })
  }
}
