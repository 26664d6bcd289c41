import type { CompareColumn, ComparisonSettings } from '../../runtime/comparison-options.ts'
import {
  type Column,
  type DatabaseSchema,
  defaultId,
  type ObjectId,
  type SchemaObject,
  type Table,
  withRightsOf,
} from '../../schema/index.ts'
import { type Sides, Verdicts } from './verdicts.ts'

/** A target in which what the filters leave out is as it is in the database. */
export interface FilteredTarget {
  readonly target: DatabaseSchema
  /** What only the database has and is to keep. */
  readonly kept: ReadonlySet<ObjectId>
}

/** Applies what env.ts says of comparing: what is left out differs in nothing. */
export function filterTarget(sides: Sides, settings: ComparisonSettings): FilteredTarget {
  if (!isFiltering(settings)) return { target: sides.target, kept: new Set() }
  return new TargetFilter(sides, settings).filtered()
}

/** Whether there is anything to filter by. */
export function isFiltering({
  includeName,
  includeObject,
  compareType = true,
  compareServerDefault = true,
}: ComparisonSettings): boolean {
  const compares = compareType === true && compareServerDefault === true
  return includeName !== undefined || includeObject !== undefined || !compares
}

class TargetFilter {
  readonly #sides: Sides
  readonly #settings: ComparisonSettings
  readonly #verdicts: Verdicts
  readonly #objects: Map<ObjectId, SchemaObject>
  readonly #dependencies: Map<ObjectId, readonly ObjectId[]>
  readonly #kept = new Set<ObjectId>()
  readonly #left: ObjectId[] = []

  constructor(sides: Sides, settings: ComparisonSettings) {
    this.#sides = sides
    this.#settings = settings
    this.#verdicts = new Verdicts(sides, settings)
    this.#objects = new Map(sides.target.objects)
    this.#dependencies = new Map(sides.target.dependencies)
  }

  filtered(): FilteredTarget {
    const { current, target } = this.#sides
    for (const id of new Set([...target.objects.keys(), ...current.objects.keys()])) {
      if (this.#verdicts.leavesOut(id)) this.#leave(id)
      else this.#filterParts(id)
    }
    const schema = { ...target, objects: this.#objects, dependencies: this.#dependencies }
    return { target: withRightsOf(schema, current, this.#left), kept: this.#kept }
  }

  /** The object is as in the database, or not there. */
  #leave(id: ObjectId): void {
    this.#left.push(id)
    const { current, target } = this.#sides
    const object = current.objects.get(id)
    if (object === undefined) this.#objects.delete(id)
    else if (!target.objects.has(id)) this.#kept.add(id)
    else {
      this.#objects.set(id, object)
      this.#leaveNeeds(id)
      if (object.kind !== 'table') return
      for (const { name } of object.columns) this.#leaveNeeds(defaultOf(object, name))
    }
  }

  /** The needs are those of the database, and what they name stays there. */
  #leaveNeeds(id: ObjectId): void {
    const { current, target } = this.#sides
    const needs = current.dependencies.get(id) ?? []
    this.#dependencies.set(id, needs)
    for (const need of needs)
      if (current.objects.has(need) && !target.objects.has(need)) this.#kept.add(need)
  }

  #filterParts(id: ObjectId): void {
    const { current, target } = this.#sides
    const before = current.objects.get(id)
    const after = target.objects.get(id)
    if (before?.kind !== 'table' || after?.kind !== 'table') return
    const columns = this.#columnsOf(before, after)
    const isSame = (column: Column, index: number) => column === after.columns[index]
    if (columns.length === after.columns.length && columns.every(isSame)) return
    this.#objects.set(id, { ...after, columns })
    const own = this.#dependencies.get(id) ?? []
    this.#leaveNeeds(id)
    this.#dependencies.set(id, [...new Set([...own, ...this.#dependencies.get(id)!])])
  }

  #columnsOf(before: Table, after: Table): Column[] {
    const inDatabase = new Map(before.columns.map(column => [column.name, column]))
    const inTarget = new Set(after.columns.map(({ name }) => name))
    const own = after.columns.flatMap(column =>
      this.#columnOf(after, inDatabase.get(column.name), column),
    )
    const others = before.columns.filter(
      column =>
        !inTarget.has(column.name) && this.#verdicts.leavesOutColumn(before, column, undefined),
    )
    for (const { name } of others) this.#leaveNeeds(defaultOf(before, name))
    return [...own, ...others]
  }

  #columnOf(table: Table, current: Column | undefined, target: Column): Column | [] {
    if (this.#verdicts.leavesOutColumn(table, current, target)) {
      this.#leaveNeeds(defaultOf(table, target.name))
      return current ?? []
    }
    if (current === undefined) return target
    const { compareType, compareServerDefault } = this.#settings
    const keepsType = countsAsSame(compareType, current, target, table)
    const keepsDefault = countsAsSame(compareServerDefault, current, target, table)
    if (!keepsType && !keepsDefault) return target
    if (keepsDefault) this.#leaveNeeds(defaultOf(table, target.name))
    return {
      ...target,
      type: keepsType ? current.type : target.type,
      default: keepsDefault ? current.default : target.default,
    }
  }
}

const defaultOf = ({ schema = '', name }: Table, column: string): ObjectId =>
  defaultId(schema, name, column)

/** Whether a property of a column that both sides have counts as the same, whatever it is. */
function countsAsSame(
  compare: boolean | CompareColumn | undefined,
  current: Column,
  target: Column,
  table: Table,
): boolean {
  return (typeof compare === 'function' ? compare(current, target, table) : compare) === false
}
