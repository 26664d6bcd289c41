import type { Statement, StepItem } from '../operations/statement.ts'
import { displayName } from '../schema/index.ts'

/** What the open transaction has added to enums and may not use before it is committed. */
export class NewValues {
  readonly #values = new Set<string>()
  /** Newer servers let the values of a type that is as new be used at once. */
  readonly #newTypes = new Set<string>()

  /** Takes note of a statement that runs in the transaction. */
  follow({ operation, usableAfterCommit, usableWithNewType }: Statement): void {
    if (operation?.kind === 'createEnum') this.#newTypes.add(displayName(operation.object))
    if (operation?.kind !== 'addEnumValue' || usableAfterCommit === undefined) return
    if (usableWithNewType && this.#newTypes.has(displayName(operation))) return
    this.#values.add(usableAfterCommit)
  }

  /** Whether an item may use one of them: code may do anything, SQL has to spell the value. */
  mayBeUsedBy(item: StepItem): boolean {
    if ('kind' in item) return this.#values.size > 0
    if (item.operation?.kind === 'addEnumValue') return false
    return [...this.#values].some(value => mentions(item, value))
  }

  /** The transaction has ended. */
  clear(): void {
    this.#values.clear()
    this.#newTypes.clear()
  }
}

const mentions = ({ sql, parameters = [] }: Statement, value: string): boolean =>
  sql.includes(value) || parameters.some(parameter => value === `'${parameter}'`)
