import type { Rename, RenameKind, RenameWords } from '../../operations/rename-words.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import { type DescribedThing, endsOf, findThing, type Thing } from './things.ts'

/** What words can mean, and what they nearly mean: the old name is there, the new one is not wanted. */
export interface Meanings {
  readonly exact: readonly Rename[]
  readonly near: readonly Rename[]
}

/** What renames have made of tables and enums so far, from the first name to the last. */
export type FormerNames = (thing: Pick<Thing, 'kind' | 'schema'>, name: string) => string

/** Finds the renames that words can mean between two schemas. */
export function meaningsOf(
  words: RenameWords,
  current: DatabaseSchema,
  target: DatabaseSchema,
  nowCalled: FormerNames,
): Meanings {
  const meant = readings(words, current, nowCalled).flatMap(thing =>
    sameThings(current, thing).flatMap(found => renameOf(found, words)),
  )
  const isWanted = (rename: Rename) => findThing(target, endsOf(rename).to) !== undefined
  return { exact: meant.filter(isWanted), near: meant.filter(rename => !isWanted(rename)) }
}

/** Of what there is only tables are moved to another schema. */
function renameOf(found: DescribedThing, { to, toSchema }: RenameWords): Rename[] {
  const { kind, schema, of, signature, name: from } = found
  const rename = { kind, schema, of, signature, from, to }
  if (toSchema === undefined || toSchema === schema) return [rename]
  return kind === 'table' ? [{ ...rename, toSchema }] : []
}

const alone: readonly RenameKind[] = [
  'table',
  'view',
  'materializedView',
  'sequence',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'routine',
  'index',
]
const parts: readonly RenameKind[] = ['column', 'constraint', 'enumValue']

/** The things that a path can stand for, whether they are there or not. */
function readings(
  { kind, path }: RenameWords,
  { defaultSchema }: DatabaseSchema,
  nowCalled: FormerNames,
): Thing[] {
  const [name = '', second, third] = path.toReversed()
  const isFree = (one: RenameKind) => kind === undefined || kind === one
  const schemaOf = (given: string | undefined) =>
    given === undefined ? defaultSchema : nowCalled({ kind: 'schema' }, given)
  const things: Thing[] = []
  if (path.length === 1) things.push({ kind: 'schema', name })
  if (path.length <= 2)
    things.push(...alone.map(one => ({ kind: one, schema: schemaOf(second), name })))
  if (second !== undefined && path.length <= 3) {
    const schema = schemaOf(third)
    const host = (one: RenameKind) => (one === 'enumValue' ? 'enum' : 'table')
    things.push(
      ...parts.map(one => ({
        kind: one,
        schema,
        of: nowCalled({ kind: host(one), schema }, second),
        name,
      })),
    )
  }
  return things.filter(thing => isFree(thing.kind))
}

/** The thing, if it is there; of a routine every one of the name. */
function sameThings(schema: DatabaseSchema, thing: Thing): DescribedThing[] {
  if (thing.kind !== 'routine') return [findThing(schema, thing) ?? []].flat()
  return [...schema.objects.values()].flatMap(object =>
    object.kind === 'routine' && object.name === thing.name && object.schema === thing.schema
      ? [{ ...thing, signature: object.signature, object }]
      : [],
  )
}
