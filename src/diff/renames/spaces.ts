import type { DatabaseSchema, SchemaObject } from '../../schema/index.ts'
import { type DescribedThing, type Thing, thingsOf } from './things.ts'

/** A name with the space in which only one thing at a time can have it. */
export type SpacedName = string

/** The names that a thing takes, if it is called so. */
export function spacedNames(
  thing: Thing,
  object: SchemaObject | undefined,
  name: string = thing.name,
): SpacedName[] {
  return spacesOf(thing, object).map(space => JSON.stringify([...space, name]))
}

/** Every name that is taken in a schema. */
export function takenNames(schema: DatabaseSchema): Set<SpacedName> {
  const names = (thing: DescribedThing) => spacedNames(thing, thing.object)
  return new Set([...thingsOf(schema)].flatMap(names))
}

/** Relations share a space, constraints with an index among them; some of them are types as well. */
function spacesOf(
  { kind, schema = '', of = '', signature = '' }: Thing,
  object: SchemaObject | undefined,
): string[][] {
  const [relation, type] = [
    ['relation', schema],
    ['type', schema],
  ]
  switch (kind) {
    case 'table':
    case 'view':
    case 'materializedView':
    case 'compositeType':
      return [relation!, type!]
    case 'sequence':
    case 'index':
      return [relation!]
    case 'enum':
    case 'domain':
    case 'rangeType':
      return [type!]
    case 'constraint':
      return [[kind, schema, of], ...(hasIndex(object) ? [relation!] : [])]
    default:
      return [[kind, schema, of, signature]]
  }
}

const hasIndex = (object: SchemaObject | undefined): boolean =>
  object?.kind === 'constraint' && object.type !== 'check' && object.type !== 'foreignKey'
