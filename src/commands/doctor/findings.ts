import { redact } from '../../credentials/secrets.ts'
import type { FindingStatus, Verdict } from '../../dialects/health.ts'
import { LimbeckError, messageOf } from '../../errors.ts'
import type { RuntimeEvent } from '../../runtime/events.ts'
import type { DoctorFinding, DoctorResult } from '../results/doctor.ts'

type Judged = Verdict | readonly Verdict[]

/** Collects what is found, check by check; what fails is a finding, too. No password is among them. */
export class Findings {
  readonly #found: DoctorFinding[] = []
  /** Warnings of the check that is at work. */
  #warnings: string[] = []
  readonly #forward: (event: RuntimeEvent) => void
  /** Which database is looked at now, with the password masked. */
  database: string | undefined

  constructor(forward: (event: RuntimeEvent) => void) {
    this.#forward = forward
  }

  /** Takes warnings for findings of the check that is at work; bound, to be handed on. */
  readonly report = (event: RuntimeEvent): void => {
    if (event.type === 'warning') this.#warnings.push(event.message)
    else this.#forward(event)
  }

  /** Adds what one check has found. */
  add(check: string, verdicts: Judged): void {
    const warnings = this.#warnings.map((message): Verdict => ({ status: 'warning', message }))
    this.#warnings = []
    for (const { status, message, fix } of [...warnings, ...[verdicts].flat()])
      this.#found.push({
        check,
        status,
        message: redact(message),
        ...(fix !== undefined && { fix: redact(fix) }),
        ...(this.database !== undefined && { database: this.database }),
      })
  }

  /** Does what others rest on; where it fails, that is a problem, and undefined is given. */
  async attempt<T>(
    check: string,
    work: () => T | Promise<T>,
    judge: (result: T) => Judged,
  ): Promise<T | undefined> {
    try {
      const result = await work()
      this.add(check, judge(result))
      return result
    } catch (error) {
      this.add(check, problemOf(error))
      return undefined
    }
  }

  /** Looks at one thing that nothing rests on; where the look itself is refused, that is a note. */
  async look(check: string, work: () => Promise<Judged>): Promise<void> {
    try {
      this.add(check, await work())
    } catch (error) {
      this.add(check, {
        status: 'note',
        message: `It cannot be looked at: ${messageOf(error)}.`,
      })
    }
  }

  /** What all checks have found. */
  result(): DoctorResult {
    const count = (status: FindingStatus) =>
      this.#found.filter(finding => finding.status === status).length
    const counts = {
      ok: count('ok'),
      note: count('note'),
      warning: count('warning'),
      problem: count('problem'),
    }
    return { findings: this.#found, counts, isHealthy: counts.problem === 0 }
  }
}

/** An error as a finding: its hint is the fix. */
export function problemOf(error: unknown): Verdict {
  const fix = error instanceof LimbeckError ? error.hint : undefined
  return { status: 'problem', message: messageOf(error), fix }
}

/** What is not looked at, since something before it has failed. */
export const unchecked = (why: string): Verdict => ({
  status: 'note',
  message: `Not looked at: ${why}.`,
})
