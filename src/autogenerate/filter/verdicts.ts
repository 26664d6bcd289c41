import { hostRelation, relationIds } from '../../diff/elements.ts'
import { LimbeckError } from '../../errors.ts'
import type {
  ComparisonSettings,
  FilteredType,
  ParentNames,
} from '../../runtime/comparison-options.ts'
import type { Column, DatabaseSchema, ObjectId, SchemaObject, Table } from '../../schema/index.ts'

/** The two schemas that a comparison is about. */
export interface Sides {
  readonly current: DatabaseSchema
  readonly target: DatabaseSchema
}

/** What the filters of env.ts say of each thing in two schemas; each is asked about once. */
export class Verdicts {
  readonly #sides: Sides
  readonly #settings: ComparisonSettings
  readonly #leftOut = new Map<ObjectId, boolean>()

  constructor(sides: Sides, settings: ComparisonSettings) {
    this.#sides = sides
    this.#settings = settings
  }

  /** Whether an object stays as it is in the database: for its own sake, or for that of what it is in. */
  leavesOut(id: ObjectId): boolean {
    const known = this.#leftOut.get(id)
    if (known !== undefined) return known
    const verdict = this.#isInLeftOut(id) || this.#isLeftOut(id)
    this.#leftOut.set(id, verdict)
    return verdict
  }

  /** Whether a column of a table that both sides have stays as it is in the database. */
  leavesOutColumn(table: Table, current: Column | undefined, target: Column | undefined): boolean {
    const { schema, name } = table
    const parents = { schemaName: schema, tableName: name, ...qualified(schema, name) }
    return this.#asks((target ?? current)!.name, 'column', parents, current, target)
  }

  #isInLeftOut(id: ObjectId): boolean {
    const object = this.#objectOf(id)
    const isThere = (other: ObjectId) => this.#objectOf(other) !== undefined
    return containersOf(object)
      .filter(isThere)
      .some(container => this.leavesOut(container))
  }

  #isLeftOut(id: ObjectId): boolean {
    const object = this.#objectOf(id)
    if (!('name' in object) || object.name === undefined) return false
    const { current, target } = this.#sides
    const sides = [current.objects.get(id), target.objects.get(id)] as const
    return this.#asks(object.name, typeOf(object), parentsOf(object), ...sides)
  }

  #asks<T extends SchemaObject | Column>(
    name: string,
    type: FilteredType,
    parents: ParentNames,
    current: T | undefined,
    target: T | undefined,
  ): boolean {
    const { includeName, includeObject } = this.#settings
    const isThere = current !== undefined
    if (isThere && includeName && !answer('includeName', includeName(name, type, parents)))
      return true
    if (includeObject === undefined) return false
    const about =
      target === undefined ? ([current!, undefined] as const) : ([target, current] as const)
    const verdict = includeObject(about[0], name, type, target === undefined, about[1])
    return !answer('includeObject', verdict)
  }

  #objectOf(id: ObjectId): SchemaObject {
    const { current, target } = this.#sides
    return (target.objects.get(id) ?? current.objects.get(id))!
  }
}

/** A filter that forgets to return would leave out everything in silence. */
function answer(filter: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new LimbeckError(
    'CONFIGURE_INVALID',
    `${filter} returned ${String(value)}, not a boolean.`,
    {
      hint: `Return true for what is to be looked at, false for what is to be left alone.`,
    },
  )
}

const typeOf = (object: SchemaObject): FilteredType =>
  object.kind === 'constraint' ? `${object.type}Constraint` : object.kind

const schemaOf = (object: SchemaObject): string | undefined =>
  'schema' in object && typeof object.schema === 'string' ? object.schema : undefined

const qualified = (schema: string | undefined, table: string): ParentNames => ({
  schemaQualifiedTableName: schema === undefined ? table : `${schema}.${table}`,
})

function parentsOf(object: SchemaObject): ParentNames {
  const schemaName = schemaOf(object)
  const tableName = object.kind === 'table' ? object.name : hostRelation(object)?.name
  return {
    ...(schemaName !== undefined && { schemaName }),
    ...(tableName !== undefined && { tableName, ...qualified(schemaName, tableName) }),
  }
}

/** The schema that an object is in, the relation that it sits on, the table that owns it. */
function containersOf(object: SchemaObject): ObjectId[] {
  const schema = schemaOf(object)
  const owner = object.kind === 'sequence' ? object.ownedBy : undefined
  const hosts = [hostRelation(object), owner && { schema: owner.schema, name: owner.table }]
  return [
    ...(schema === undefined ? [] : [`schema:${schema}`]),
    ...hosts.flatMap(host => (host === undefined ? [] : relationIds(host))),
  ]
}
