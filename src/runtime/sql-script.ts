export interface SqlScriptOptions {
  /** Takes one piece of the script at a time. */
  readonly write: (text: string) => void
  /** Whether statements stand between BEGIN and COMMIT. */
  readonly isTransactional: boolean
  /** A statement with what ends it; absent: a semicolon. */
  readonly terminated?: ((sql: string) => string) | undefined
}

/** A script of SQL that is being written, with the transaction that its next statement is in. */
export class SqlScript {
  readonly #options: SqlScriptOptions
  #isInTransaction = false
  #isHeld = false
  #companions: readonly string[] = []

  constructor(options: SqlScriptOptions) {
    this.#options = options
  }

  /** Whether statements are committed together, rather than each at once. */
  get isTransactional(): boolean {
    return this.#options.isTransactional
  }

  /** Adds text as it is. */
  write(text: string): void {
    this.#options.write(text)
  }

  /** Adds statements, each with what ends it and an empty line. */
  statements(...statements: readonly string[]): void {
    const { terminated = ended } = this.#options
    for (const sql of statements) this.write(`${terminated(sql)}\n\n`)
  }

  /** Has statements stand behind each BEGIN from now on, and in the transaction that is open. */
  beginWith(statements: readonly string[]): void {
    this.#companions = statements
    if (this.#isInTransaction) this.statements(...statements)
  }

  begin(): void {
    if (this.#isInTransaction || !this.#options.isTransactional) return
    this.write('BEGIN;\n\n')
    this.#isInTransaction = true
    this.statements(...this.#companions)
  }

  commit(): void {
    if (!this.#isInTransaction) return
    this.write('COMMIT;\n\n')
    this.#isInTransaction = false
  }

  /** A plan is written: commits, unless a block around it goes on. */
  finish(): void {
    if (!this.#isHeld) this.commit()
  }

  /** Writes several things into one transaction. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isHeld) return work()
    this.begin()
    this.#isHeld = true
    try {
      return await work()
    } finally {
      this.#isHeld = false
      this.commit()
    }
  }
}

/** With its semicolon, which a comment on the last line would hide. */
function ended(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf('\n') + 1)
  return lastLine.includes('--') ? `${sql}\n;` : `${sql};`
}
