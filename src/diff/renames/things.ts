import { type Rename, type RenameKind, renamableObjects } from '../../operations/rename-words.ts'
import type { Column, DatabaseSchema, SchemaObject } from '../../schema/index.ts'
import { columnOf } from '../inheritance.ts'

/** Something that has a name: an object, a column, a value of an enum. */
export interface Thing {
  readonly kind: RenameKind
  readonly schema?: string | undefined
  /** The table or the enum that it belongs to. */
  readonly of?: string | undefined
  readonly signature?: string | undefined
  readonly name: string
}

/** An object with its description. */
export interface DescribedThing extends Thing {
  readonly object?: SchemaObject | undefined
  readonly column?: Column | undefined
}

/** Tells things apart. */
export function keyOf({ kind, schema, of, signature, name }: Thing): string {
  return JSON.stringify([kind, schema ?? '', of ?? '', signature ?? '', name])
}

/** Where a thing's name is: what agrees in it can be the same thing under another name. */
export function placeOf(thing: Thing): string {
  return keyOf({ ...thing, name: '' })
}

/** Things that can be each other under another name, together. */
export function byPlace<T extends Thing>(things: readonly T[]): Map<string, readonly T[]> {
  const places = new Map<string, T[]>()
  for (const thing of things) {
    const place = placeOf(thing)
    const others = places.get(place)
    if (others) others.push(thing)
    else places.set(place, [thing])
  }
  return places
}

/** The two ends of a rename. */
export function endsOf({ from, to, toSchema, ...place }: Rename): {
  readonly from: Thing
  readonly to: Thing
} {
  return {
    from: { ...place, name: from },
    to: { ...place, ...(toSchema !== undefined && { schema: toSchema }), name: to },
  }
}

/** The object as a thing; undefined for kinds that have no name to change. */
export function thingOf(object: SchemaObject): DescribedThing | undefined {
  const kind = renamableObjects.find(one => one === object.kind)
  if (kind === undefined || object.kind === 'verbatim' || object.name === undefined)
    return undefined
  return {
    kind,
    ...('schema' in object ? { schema: object.schema } : {}),
    ...(object.kind === 'constraint' ? { of: object.table } : {}),
    ...(object.kind === 'routine' ? { signature: object.signature } : {}),
    name: object.name,
    object,
  }
}

/** Everything in a schema that has a name which can be another. */
export function* thingsOf(schema: DatabaseSchema): Generator<DescribedThing> {
  for (const object of schema.objects.values()) {
    const thing = thingOf(object)
    if (thing === undefined) continue
    yield thing
    const place = { schema: thing.schema, of: thing.name }
    if (object.kind === 'table')
      for (const column of object.columns)
        yield { kind: 'column', ...place, name: column.name, object, column }
    if (object.kind === 'enum')
      for (const name of object.values) yield { kind: 'enumValue', ...place, name, object }
  }
}

/** The thing as a schema has it; undefined where it has none. */
export function findThing(schema: DatabaseSchema, thing: Thing): DescribedThing | undefined {
  const { kind, name } = thing
  const object = schema.objects.get(idOf(thing))
  if (object === undefined) return undefined
  if (kind === 'column') {
    const column = object.kind === 'table' ? columnOf(object, name) : undefined
    return column && { ...thing, object, column }
  }
  if (kind === 'enumValue')
    return object.kind === 'enum' && object.values.includes(name) ? { ...thing, object } : undefined
  return { ...thing, object }
}

/** The id of the object that the thing is, or is a part of. */
function idOf({ kind, schema = '', of = '', signature = '', name }: Thing): string {
  switch (kind) {
    case 'schema':
      return `schema:${name}`
    case 'column':
      return `table:${schema}.${of}`
    case 'enumValue':
      return `enum:${schema}.${of}`
    case 'constraint':
      return `constraint:${schema}.${of}.${name}`
    case 'routine':
      return `routine:${schema}.${name}(${signature})`
    default:
      return `${kind}:${schema}.${name}`
  }
}
