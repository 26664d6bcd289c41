import type { Constraint, SchemaObject, Table } from '../../schema/index.ts'

/** The constraints of declared tables, by when they can be made. */
export class TableConstraints {
  readonly #tables: ReadonlyMap<string, Table>
  readonly #own = new Map<string, Constraint[]>()
  readonly #later: Constraint[] = []

  constructor(objects: readonly SchemaObject[]) {
    const tables = objects.filter(object => object.kind === 'table')
    this.#tables = new Map(tables.map(table => [keyOf(table, table.name), table]))
    for (const object of objects) {
      if (object.kind !== 'constraint') continue
      const table = keyOf(object, object.table)
      const own = this.#own.get(table) ?? []
      if (own.some(isInTheWayOf(object)) || this.#isLate(object)) this.#later.push(object)
      else this.#own.set(table, [...own, object])
    }
  }

  /** Those that CREATE TABLE makes. */
  inside({ schema, name }: Table): readonly Constraint[] {
    return this.#own.get(keyOf({ schema }, name)) ?? []
  }

  /**
   * Those that come when every table is there: those of partitions before their parent's, which take them in,
   * and foreign keys last, since they need the others.
   */
  get later(): readonly Constraint[] {
    const rank = (constraint: Constraint) =>
      isForeignKey(constraint) ? 1 : -this.#depthOf(keyOf(constraint, constraint.table))
    return [...this.#later].sort((a, b) => rank(a) - rank(b))
  }

  /**
   * A partition that has columns of its own is attached to its parent, and would have to have the checks
   * that are there: it gets those that come later.
   */
  #isLate(constraint: Constraint): boolean {
    const table = this.#tables.get(keyOf(constraint, constraint.table))
    const isCheckOfAll = constraint.type === 'check' && table?.partitionBy !== undefined
    return isForeignKey(constraint) || isCheckOfAll
  }

  /** How many tables a partition is inside of. */
  #depthOf(key: string): number {
    const parent = this.#tables.get(key)?.partitionOf?.parent
    return parent === undefined ? 0 : 1 + this.#depthOf(keyOf(parent, parent.name))
  }
}

const keyOf = ({ schema }: { readonly schema?: string | undefined }, table: string): string =>
  JSON.stringify([schema, table])

const isForeignKey = ({ type }: Constraint): boolean => type === 'foreignKey'

/** Of two keys over the same columns CREATE TABLE makes only one; a second comes by itself. */
function isInTheWayOf(constraint: Constraint): (other: Constraint) => boolean {
  const columns = keyColumns(constraint)
  return other => columns !== undefined && keyColumns(other) === columns
}

function keyColumns(constraint: Constraint): string | undefined {
  const isKey = constraint.type === 'primaryKey' || constraint.type === 'unique'
  return isKey ? JSON.stringify(constraint.columns) : undefined
}
