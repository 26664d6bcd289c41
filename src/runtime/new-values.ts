import type { Statement, StepItem } from '../operations/statement.ts'
import { displayName } from '../schema/index.ts'

/** What the open transaction has added to enums and may not use before it is committed. */
export class NewValues {
  readonly #values = new Set<string>()
  /** Newer servers let the values of a type that is as new be used at once. */
  readonly #newTypes = new Set<string>()

  /** Takes note of a statement that runs in the transaction. */
  follow(statement: Statement): void {
    const { operation, usableAfterCommit, usableWithNewType } = statement
    if (operation?.kind === 'createEnum') this.#newTypes.add(displayName(operation.object))
    if (operation?.kind === 'renameEnumValue' && this.#isNamedIn(statement))
      this.#values.add(usableAfterCommit!)
    if (operation?.kind !== 'addEnumValue' || usableAfterCommit === undefined) return
    if (usableWithNewType && this.#newTypes.has(displayName(operation))) return
    this.#values.add(usableAfterCommit)
  }

  /** Whether an item may use one of them: code may do anything, SQL has to spell the value. */
  mayBeUsedBy(item: StepItem): boolean {
    if ('kind' in item) return this.#values.size > 0
    const { kind } = item.operation ?? {}
    // They name a value without using it, which every server takes.
    if (kind === 'addEnumValue' || kind === 'renameEnumValue') return false
    return this.#isNamedIn(item)
  }

  #isNamedIn(statement: Statement): boolean {
    return [...this.#values].some(value => mentions(statement, value))
  }

  /** The transaction has ended. */
  clear(): void {
    this.#values.clear()
    this.#newTypes.clear()
  }
}

const mentions = ({ sql, parameters = [] }: Statement, value: string): boolean =>
  sql.includes(value) || parameters.some(parameter => value === `'${parameter}'`)
