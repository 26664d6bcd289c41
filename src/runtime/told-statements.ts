import { performance } from 'node:perf_hooks'
import type { Statement } from '../operations/statement.ts'
import type { Report } from './events.ts'

/** Tells of statements that travel together: of each one when the one before it is answered. */
export class ToldStatements {
  readonly #report: Report
  readonly #statements: readonly Pick<Statement, 'sql' | 'parameters'>[]
  #at = 0
  #since = 0

  constructor(report: Report, statements: readonly Pick<Statement, 'sql' | 'parameters'>[]) {
    this.#report = report
    this.#statements = statements
  }

  /** Tells of the one that runs now, if there is one. */
  begin(): void {
    const statement = this.#statements[this.#at]
    if (statement === undefined) return
    const { sql, parameters = [] } = statement
    this.#report({ type: 'statement', sql, parameters })
    this.#since = performance.now()
  }

  /** The one told of last is done, and the next one runs. */
  readonly answered = (): void => {
    this.done()
    this.begin()
  }

  /** The one told of last is done. */
  done(): void {
    const { sql } = this.#statements[this.#at]!
    const milliseconds = performance.now() - this.#since
    this.#report({ type: 'statementDone', sql, milliseconds })
    this.#at++
  }

  /** All are done, also those of which no answer was seen. */
  end(): void {
    while (this.#at < this.#statements.length) this.answered()
  }
}

/** Runs one statement, and tells of it. */
export async function toldStatement<T>(
  report: Report,
  statement: Pick<Statement, 'sql' | 'parameters'>,
  run: () => Promise<T>,
): Promise<T> {
  const told = new ToldStatements(report, [statement])
  told.begin()
  const result = await run()
  told.done()
  return result
}
