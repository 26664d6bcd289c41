/** The transactions of a query builder, as savepoints in one that is open. */
export class NestedTransactions {
  #depth = 0

  /** What is run in place of a statement; undefined where that is the statement itself. */
  instead(sql: string): readonly string[] | undefined {
    const text = sql.trim()
    if (/^(begin|start\s+transaction)\b/i.test(text)) return [`SAVEPOINT ${this.#begin(text)}`]
    if (this.#depth === 0 || !/^(commit|rollback)$/i.test(text)) return undefined
    const savepoint = nameOf(this.#depth--)
    const release = `RELEASE SAVEPOINT ${savepoint}`
    return /^commit$/i.test(text) ? [release] : [`ROLLBACK TO SAVEPOINT ${savepoint}`, release]
  }

  #begin(text: string): string {
    if (/isolation|read\s+(only|write)|deferrable/i.test(text))
      throw new Error(
        `\`${text}\`: this is inside the transaction of the migration, whose isolation level and access mode stay what they are.`,
      )
    return nameOf(++this.#depth)
  }
}

const nameOf = (depth: number): string => `limbeck_nested_${depth}`
