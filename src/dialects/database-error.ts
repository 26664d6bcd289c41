/** What a database said when it refused a statement, the same for every driver. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** The SQLSTATE, or the driver's own code where there is none (`ECONNREFUSED`). */
  readonly code: string | undefined
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** 1-based offset in the statement, in code points, where the database gives one. */
  readonly position: number | undefined
  /** The statement it refused. */
  readonly sql: string | undefined
  /** Of several sent together: the 0-based index of the statement that failed. */
  readonly statementIndex: number | undefined

  constructor(
    message: string,
    facts: {
      readonly code?: string | undefined
      readonly detail?: string | undefined
      readonly hint?: string | undefined
      readonly position?: number | undefined
      readonly sql?: string | undefined
      readonly statementIndex?: number | undefined
      readonly cause?: unknown
    } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = facts.code
    this.detail = facts.detail
    this.hint = facts.hint
    this.position = facts.position
    this.sql = facts.sql
    this.statementIndex = facts.statementIndex
  }

  /** The database answered; where it did not, the connection broke and the outcome is not known. */
  get isAnswer(): boolean {
    return this.code !== undefined && !/^(E|08|57P0[123])/.test(this.code)
  }
}
