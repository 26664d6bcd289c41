import type { Blocker, PassingReason, TimeoutName } from '../../dialects/timeouts.ts'
import { type ErrorCode, LimbeckError, messageOf } from '../../errors.ts'
import { beforeBlockers, lengthText } from './describe.ts'
import type { RunLimits } from './limits.ts'
import { refusalOf } from './refusal.ts'

/** How something was tried. */
export interface Tries {
  readonly tries: number
  /** Since it failed first, in milliseconds. */
  readonly waited: number
  /** Who was seen in the way at the last try. */
  readonly blockers: readonly Blocker[]
}

interface Failed extends Tries {
  readonly limits: RunLimits
  /** The run may not take back what is open. */
  readonly isShared: boolean
  /** Why it was tried again; absent where it is of no use. */
  readonly reason: PassingReason | undefined
}

/** Whether it was tried for long enough already: a backfill tries its batches itself. */
export const wasTried = (error: unknown): boolean =>
  error instanceof LimbeckError && error.facts.tries !== undefined

/** What is told of an error in the end: of one that has to do with time, who was in the way and what to do. */
export function explained(error: unknown, failed: Failed): unknown {
  if (failed.reason === 'lock') return noLock(error, failed)
  if (failed.reason !== undefined) return stillRefused(error, failed)
  const refusal = refusalOf(error)
  const isTooLong =
    refusal !== undefined &&
    failed.limits.inForce.statement.milliseconds > 0 &&
    failed.limits.sql.isTooLong(refusal.code, refusal.message)
  return isTooLong ? tookTooLong(error, failed) : error
}

function noLock(error: unknown, failed: Failed): LimbeckError {
  const { limits, blockers, tries, waited } = failed
  return amendedAs('LOCK_TIMEOUT', error, {
    lines: [
      blockers.length === 0
        ? 'Who was in the way is not known: it was over too soon to be seen, or was not allowed to be.'
        : beforeBlockers('In the way:', blockers),
      `${triedText(failed)} ${inForceText('lock', limits)}`,
    ],
    facts: { blockers, tries, waited: Math.round(waited), ...limitFacts('lock', limits) },
    hint: `${whatToDo(blockers)} Or try for longer: --lock-retry 10m; a longer --lock-timeout keeps others waiting as long.`,
  })
}

function whatToDo(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return 'Run the command again when there is less traffic.'
  const [done, them] =
    blockers.length === 1 ? ['that session is done', 'it'] : ['those sessions are done', 'them']
  const calls = blockers.flatMap(({ pid }) => (pid === 0 ? [] : [`pg_terminate_backend(${pid})`]))
  const end = calls.length === 0 ? '.' : `, or end ${them}: SELECT ${calls.join(', ')};`
  return `Wait until ${done}${end} Then run the command again.`
}

function stillRefused(error: unknown, failed: Failed): LimbeckError {
  return amendedAs('STATEMENT_FAILED', error, {
    lines: [triedText(failed)],
    facts: { tries: failed.tries, waited: Math.round(failed.waited) },
    hint: 'Run the command again when there is less traffic, or try for longer: --lock-retry 10m.',
  })
}

function tookTooLong(error: unknown, { limits }: Failed): LimbeckError {
  return amendedAs('STATEMENT_TIMEOUT', error, {
    lines: [inForceText('statement', limits)],
    facts: limitFacts('statement', limits),
    hint: "Give it longer: --statement-timeout 1h, or op.withTimeouts({ statementTimeout: '1h' }, …) in the script for this one. A change of many rows is better done by op.backfill, and an index built with { concurrently: true }.",
  })
}

function triedText({ tries, waited, isShared }: Failed): string {
  if (isShared)
    return 'It was tried once: the transaction belongs to a block of env.ts, which would have to begin again.'
  return tries === 1
    ? 'It was tried once.'
    : `It was tried ${tries} times in ${lengthText(waited)}.`
}

function inForceText(name: TimeoutName, { sql, inForce }: RunLimits): string {
  const { milliseconds, from } = inForce[name]
  return milliseconds === 0
    ? ''
    : `${sql.settings[name]} is ${lengthText(milliseconds)} (${from}), where the script says nothing else.`
}

const limitFacts = (name: TimeoutName, { inForce, retry }: RunLimits) => ({
  timeout: inForce[name].milliseconds,
  timeoutFrom: inForce[name].from,
  ...(name === 'lock' ? { limit: retry } : {}),
})

function amendedAs(
  code: ErrorCode,
  error: unknown,
  more: {
    readonly lines: readonly string[]
    readonly facts: Readonly<Record<string, unknown>>
    readonly hint: string
  },
): LimbeckError {
  const { facts = {} } = error instanceof LimbeckError ? error : {}
  const lines = [messageOf(error), ...more.lines].filter(line => line.trim() !== '')
  return new LimbeckError(code, lines.join('\n').trimEnd(), {
    facts: { ...facts, ...more.facts },
    hint: more.hint,
    cause: error,
  })
}
