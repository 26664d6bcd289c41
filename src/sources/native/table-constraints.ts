import type { Constraint, SchemaObject, Table } from '../../schema/index.ts'
import { type Partitions, tableKey } from './partitions.ts'

/** The constraints of declared tables, by when they can be made. */
export class TableConstraints {
  readonly #partitions: Partitions
  readonly #own = new Map<string, Constraint[]>()
  readonly #later: Constraint[] = []

  constructor(objects: readonly SchemaObject[], partitions: Partitions) {
    this.#partitions = partitions
    for (const object of objects) {
      if (object.kind !== 'constraint') continue
      const table = tableKey(object)
      const own = this.#own.get(table) ?? []
      if (own.some(isInTheWayOf(object)) || this.#isLate(object)) this.#later.push(object)
      else this.#own.set(table, [...own, object])
    }
  }

  /** Those that CREATE TABLE makes. */
  inside(table: Table): readonly Constraint[] {
    return this.#own.get(tableKey({ schema: table.schema, table: table.name })) ?? []
  }

  /**
   * Those that come when every table is there: those of partitions before their parent's, which take them in,
   * and foreign keys last, since they need the others.
   */
  get later(): readonly Constraint[] {
    const rank = (constraint: Constraint) =>
      isForeignKey(constraint) ? 1 : -this.#partitions.depthOf(constraint)
    return [...this.#later].sort((a, b) => rank(a) - rank(b))
  }

  /**
   * A partition that has columns of its own is attached to its parent, and would have to have the checks
   * that are there: it gets those that come later.
   */
  #isLate(constraint: Constraint): boolean {
    const isCheckOfAll = constraint.type === 'check' && this.#partitions.areOf(constraint)
    return isForeignKey(constraint) || isCheckOfAll
  }
}

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
