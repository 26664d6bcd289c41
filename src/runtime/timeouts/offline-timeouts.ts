import type { TimeoutSql, Timeouts } from '../../dialects/timeouts.ts'
import type { OperationTimeouts } from '../../operations/operation.ts'
import type { StepItem } from '../../operations/statement.ts'
import type { SqlScript } from '../sql-script.ts'
import type { ChosenTimeouts } from './chosen.ts'
import { namesOf, setBack, setLocal } from './operation-timeouts.ts'
import { operationOf, timeoutsOutside } from './outside.ts'

/**
 * The timeouts in a script of SQL: those that somebody has chosen, and those of operations. limbeck's own
 * default is not written, since nothing would try again.
 */
export class OfflineTimeouts {
  readonly #script: SqlScript
  readonly #sql: TimeoutSql | undefined
  readonly #chosen: Timeouts
  /** What the operation before has set. */
  #own: OperationTimeouts | undefined

  constructor(script: SqlScript, sql: TimeoutSql | undefined, { lock, statement }: ChosenTimeouts) {
    this.#script = script
    this.#sql = sql
    this.#chosen = { lock: lock?.milliseconds, statement: statement?.milliseconds }
    script.beginWith(sql?.setLocal(this.#chosen) ?? [])
  }

  /** Sets the timeouts of what comes next in the transaction; without an item those of the script. */
  next(item?: StepItem): void {
    const own = item && operationOf(item)?.timeouts
    if (own === this.#own || this.#sql === undefined) return
    const around = { sql: this.#sql, around: this.#chosen }
    const back = this.#own === undefined ? [] : setBack(this.#own, around)
    const set = own === undefined ? [] : setLocal(own, around)
    this.#script.statements(...[...back, ...set].map(({ sql }) => sql))
    this.#own = own
  }

  /** The transaction is over, and with it what was set in it. */
  ended(): void {
    this.#own = undefined
  }

  /** A statement outside of transactions, with what sets its timeouts and sets them back. */
  outside(item: StepItem, sql: string): string[] {
    if (this.#sql === undefined) return [sql]
    const wanted = timeoutsOutside(item, this.#sql, this.#chosen)
    return [...this.#sql.setSession(wanted), sql, ...this.#sql.resetSession(namesOf(wanted))]
  }
}
