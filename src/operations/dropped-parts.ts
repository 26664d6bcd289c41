import type { QualifiedName } from '../schema/index.ts'
import { Names } from './describe-names.ts'
import type { Operation } from './operation.ts'

/** A table, or a column of one, with all that is in it. */
export interface TablePart {
  readonly table: QualifiedName
  readonly column?: string | undefined
}

/**
 * The tables that an ordered list of operations drops, and the columns of others, under the names
 * that the tables have before. What the list itself creates holds nothing yet. What `execute`, `run` and CASCADE do is not known here.
 */
export function droppedParts(
  operations: readonly Operation[],
  defaultSchema: string = 'public',
): TablePart[] {
  const names = new Names(defaultSchema)
  const tables = new Tables(names)
  const parts = operations.flatMap(operation => tables.follow(operation))
  const gone = new Set(
    parts.filter(part => part.column === undefined).map(part => names.of(part.table)),
  )
  return parts.filter(part => part.column === undefined || !gone.has(names.of(part.table)))
}

/** What tables were called before, as far as the operations have changed it. */
class Tables {
  readonly #names: Names
  /** By present name: the table as it was, null for one that was not there. */
  readonly #before = new Map<string, QualifiedName | null>()
  /** Columns that were not there, by their present names. */
  readonly #newColumns = new Set<string>()

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
        this.#rename(operation, operation.newName)
        return []
      case 'addColumn':
        this.#newColumns.add(this.#names.column(operation, operation.column.name))
        return []
      case 'dropTable':
        return this.#part(operation)
      case 'dropColumn': {
        const isNew = this.#newColumns.has(this.#names.column(operation, operation.column))
        const { schema, table: name, column } = operation
        return isNew || operation.existing?.generated ? [] : this.#part({ schema, name }, column)
      }
      default:
        return []
    }
  }

  #rename({ schema, name }: QualifiedName, newName: string): void {
    this.#before.set(this.#names.of({ schema, name: newName }), this.#tableBefore({ schema, name }))
    this.#before.delete(this.#names.of({ schema, name }))
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
