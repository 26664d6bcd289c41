import { hashText } from '../../operations/hash.ts'
import {
  type DatabaseRights,
  type DatabaseSchema,
  frozen,
  type ObjectId,
  type ObjectRights,
  type SchemaObject,
} from '../../schema/index.ts'

/** Everything that a schema says, in a text from which it can be read again. */
export function schemaText(schema: DatabaseSchema): string {
  const { objects, dependencies, rights, ...rest } = schema
  const bigints: BigintPath[] = []
  const texts = [...objects].map(([id, object]) => objectText(id, object, bigints))
  const needs = [...dependencies].map(entry => JSON.stringify(entry))
  const about = JSON.stringify({ ...rest, bigints, rights: rights && asEntries(rights) })
  return `{"about":${about},"objects":[${texts.join(',')}],"dependencies":[${needs.join(',')}]}`
}

/** The schema that such a text tells of. */
export function schemaOf(text: string): DatabaseSchema {
  const { about, objects, dependencies } = JSON.parse(text) as {
    readonly about: Omit<DatabaseSchema, 'objects' | 'dependencies' | 'rights'> & {
      readonly bigints: readonly BigintPath[]
      readonly rights?: RightsEntries | undefined
    }
    readonly objects: readonly (readonly [ObjectId, SchemaObject])[]
    readonly dependencies: readonly (readonly [ObjectId, readonly ObjectId[]])[]
  }
  const { bigints, rights, ...rest } = about
  const byId = new Map(objects)
  for (const [id, ...path] of bigints) restoreBigint(byId.get(id)!, path)
  return frozen({
    ...rest,
    objects: byId,
    dependencies: new Map(dependencies),
    ...(rights && { rights: { ...rights, of: new Map(rights.of) } }),
  })
}

/** The same for two schemas that consist of equal objects and mean the same by unqualified names. */
export function contentDigest({ defaultSchema, objects, rights }: DatabaseSchema): string {
  const texts = [...objects].map(([id, object]) => objectText(id, object, []))
  const more = rights ? [JSON.stringify(asEntries(rights))] : []
  return hashText([defaultSchema, ...texts, ...more].join('\n'))
}

interface RightsEntries extends Pick<DatabaseRights, 'role'> {
  readonly of: readonly (readonly [ObjectId, ObjectRights])[]
}

const asEntries = ({ role, of }: DatabaseRights): RightsEntries => ({ role, of: [...of] })

/** An object's id, and the keys that lead from it to a bigint, which JSON cannot say. */
type BigintPath = readonly [ObjectId, ...string[]]

function objectText(id: ObjectId, object: SchemaObject, bigints: BigintPath[]): string {
  try {
    return JSON.stringify([id, object])
  } catch {
    for (const path of bigintsIn(object)) bigints.push([id, ...path])
    return JSON.stringify([id, object], (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
  }
}

function bigintsIn(value: unknown): string[][] {
  if (typeof value === 'bigint') return [[]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => bigintsIn(part).map(path => [key, ...path]))
}

function restoreBigint(object: object, path: readonly string[]): void {
  const [key, ...rest] = path
  const owner = object as Record<string, unknown>
  if (rest.length > 0) restoreBigint(owner[key!] as object, rest)
  else owner[key!] = BigInt(owner[key!] as string)
}
