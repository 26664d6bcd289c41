import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { interrupted } from '../../dialects/interruption.ts'
import type { RunLockHolder } from '../../dialects/run-lock.ts'
import { LimbeckError } from '../../errors.ts'
import type { Report } from '../events.ts'
import { describeHolder, holderFacts } from './lock-holder.ts'

export interface LockWait {
  /** In milliseconds; 0: not at all. */
  readonly limit: number
  /** Which database, with the password masked. */
  readonly database: string
  readonly report: Report
  /** Ends the waiting at once. */
  readonly signal?: AbortSignal | undefined
  /** Tries to take the lock. */
  attempt(): Promise<boolean>
  /** Who holds it; nobody any more where it was given up meanwhile. */
  holder(): Promise<RunLockHolder | undefined>
}

/** In milliseconds. */
const pauses = { first: 50, longest: 1000, betweenWords: 10_000 }

/** Tries until the lock is taken; says for whom it waits, and gives up after a while with an error that says so. */
export async function waitForLock(wait: LockWait): Promise<void> {
  const began = performance.now()
  let told = Number.NEGATIVE_INFINITY
  for (let pause = pauses.first; ; pause = Math.min(pause * 1.5, pauses.longest)) {
    const waited = performance.now() - began
    const left = wait.limit - waited
    if (left <= 0) return lastTry(wait, waited)
    if (waited - told >= pauses.betweenWords && (await tellHolder(wait, waited))) told = waited
    await sleep(Math.min(jittered(pause), left), undefined, { signal: wait.signal }).catch(() => {})
    if (wait.signal?.aborted)
      throw interrupted(wait.signal, `while it waited for another run on ${wait.database}`)
    if (await wait.attempt()) return
  }
}

/** Between a half and one and a half, so that those who wait do not all come at once. */
const jittered = (pause: number): number => pause * (0.5 + Math.random())

async function tellHolder(wait: LockWait, waited: number): Promise<boolean> {
  const holder = await wait.holder()
  if (holder === undefined) return false
  wait.report({
    type: 'lockWait',
    message: `Waiting for the run that holds this database: ${describeHolder(holder)}.`,
    holder: holderFacts(holder),
    waited,
    limit: wait.limit,
  })
  return true
}

/** Nobody who gave the lock up just now is complained of. */
async function lastTry(wait: LockWait, waited: number): Promise<void> {
  const holder = await wait.holder()
  if (await wait.attempt()) return
  throw timeout(wait, waited, holder)
}

function timeout(
  { limit, database }: LockWait,
  waited: number,
  holder: RunLockHolder | undefined,
): LimbeckError {
  const waitedFor =
    limit === 0 ? 'It was not waited for.' : `It was waited for ${Math.round(waited / 100) / 10} s.`
  const who = holder === undefined ? '' : `: ${describeHolder(holder)}`
  const end =
    holder === undefined
      ? ''
      : ` Where it will not end by itself, end its session: SELECT pg_terminate_backend(${holder.pid});`
  return new LimbeckError(
    'RUN_LOCK_TIMEOUT',
    `Another run holds ${database}${who}. ${waitedFor} Nothing was done.`,
    {
      facts: {
        database,
        waited: Math.round(waited),
        limit,
        holder: holder === undefined ? undefined : holderFacts(holder),
      },
      hint: `Run the command again when that one is done, or wait for it longer: --wait-lock 10m.${end}`,
    },
  )
}
