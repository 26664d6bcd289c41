import type { QualifiedName } from '../schema/index.ts'
import { Names } from './describe-names.ts'
import { oneByOne } from './one-by-one.ts'
import type { AlterColumn, OnTable, Operation, RenameTable } from './operation.ts'

/** A table, or a column of one, with all that is in it. */
export interface TablePart {
  readonly table: QualifiedName
  readonly column?: string | undefined
}

/**
 * The tables that an ordered list of operations drops, and the columns of others, under the names that
 * they have before. What the list itself creates holds nothing yet. What `execute`, `run` and CASCADE do
 * is not known here.
 */
export function droppedParts(
  operations: readonly Operation[],
  defaultSchema: string = 'public',
): TablePart[] {
  const names = new Names(defaultSchema)
  const tables = new Tables(names)
  const parts = operations.flatMap(oneByOne).flatMap(operation => tables.follow(operation))
  const gone = new Set(
    parts.filter(part => part.column === undefined).map(part => names.of(part.table)),
  )
  return parts.filter(part => part.column === undefined || !gone.has(names.of(part.table)))
}

/** What tables and columns were called before, as far as the operations have changed it. */
class Tables {
  readonly #names: Names
  /** By present name: the table as it was, null for one that was not there. */
  readonly #before = new Map<string, QualifiedName | null>()
  /** The same of columns. */
  readonly #columnsBefore = new Map<string, string | null>()

  constructor(names: Names) {
    this.#names = names
  }

  /** What the operation drops. */
  follow(operation: Operation): TablePart[] {
    switch (operation.kind) {
      case 'createTable':
        this.#before.set(this.#names.of(operation.table), null)
        return []
      case 'renameTable':
        this.#rename(operation)
        return []
      case 'addColumn':
        this.#columnsBefore.set(this.#names.column(operation, operation.column.name), null)
        return []
      case 'alterColumn':
        this.#renameColumn(operation)
        return []
      case 'dropTable':
        return operation.existing?.table.temporary ? [] : this.#part(operation)
      case 'dropColumn': {
        const { schema, table: name, existing } = operation
        const column = this.#columnBefore(operation)
        return column === null || existing?.generated ? [] : this.#part({ schema, name }, column)
      }
      default:
        return []
    }
  }

  #rename({ schema, name, newName, newSchema = schema }: RenameTable): void {
    const before = this.#tableBefore({ schema, name })
    this.#before.set(this.#names.of({ schema: newSchema, name: newName }), before)
    this.#before.delete(this.#names.of({ schema, name }))
  }

  #renameColumn(operation: AlterColumn): void {
    const { newName } = operation.changes
    if (newName === undefined) return
    this.#columnsBefore.set(this.#names.column(operation, newName), this.#columnBefore(operation))
  }

  #columnBefore(on: OnTable & { readonly column: string }): string | null {
    const known = this.#columnsBefore.get(this.#names.column(on, on.column))
    return known === undefined ? on.column : known
  }

  #tableBefore({ schema, name }: QualifiedName): QualifiedName | null {
    const known = this.#before.get(this.#names.of({ schema, name }))
    return known === undefined ? { schema, name } : known
  }

  #part(now: QualifiedName, column?: string): TablePart[] {
    const table = this.#tableBefore(now)
    return table === null ? [] : [{ table, column }]
  }
}
