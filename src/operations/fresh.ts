import type { Names } from './describe-names.ts'
import type { OnTable, Operation } from './operation.ts'

/** The tables and columns that a list of operations has created so far. */
export class Fresh {
  readonly #names: Names
  readonly #tables = new Set<string>()
  readonly #columns = new Set<string>()

  constructor(names: Names) {
    this.#names = names
  }

  hasTable(on: OnTable): boolean {
    return this.#tables.has(this.#names.table(on))
  }

  hasColumn(on: OnTable, column: string): boolean {
    return this.hasTable(on) || this.#columns.has(this.#names.column(on, column))
  }

  follow(operation: Operation): void {
    switch (operation.kind) {
      case 'createTable':
        this.#tables.add(this.#names.of(operation.table))
        break
      case 'renameTable': {
        const { schema, name, newName, newSchema = schema } = operation
        const isFresh = this.hasTable({ schema, table: name })
        if (isFresh) this.#tables.add(this.#names.of({ schema: newSchema, name: newName }))
        break
      }
      case 'addColumn':
        this.#columns.add(this.#names.column(operation, operation.column.name))
        break
      case 'alterColumn': {
        const { newName } = operation.changes
        if (newName !== undefined && this.hasColumn(operation, operation.column))
          this.#columns.add(this.#names.column(operation, newName))
      }
    }
  }
}
