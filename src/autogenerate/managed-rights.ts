import type { Dialect } from '../dialects/dialect.ts'
import type { Note } from '../diff/notes.ts'
import type {
  DatabaseRights,
  DatabaseSchema,
  ObjectId,
  ObjectRights,
  RightsWord,
} from '../schema/index.ts'
import type { SourceContent } from '../sources/source.ts'
import { listed } from '../text/sentences.ts'

/** The dialect as it reads scratch, where whoever is connected stands for the one who read `live`. */
export function readingRights(
  dialect: Dialect,
  words: readonly RightsWord[],
  live: () => DatabaseSchema,
): Dialect {
  if (words.length === 0) return dialect
  return {
    ...dialect,
    introspect: (connection, options) =>
      dialect.introspect(connection, { ...options, rights: { words, self: live().rights?.role } }),
  }
}

/** A target that leaves the rights of the database alone as far as no source can say them. */
export function withInexpressible(
  target: DatabaseSchema,
  current: DatabaseSchema,
  unsaid: readonly RightsWord[],
): DatabaseSchema {
  const { rights } = target
  if (rights === undefined || unsaid.length === 0) return target
  const ids = new Set([...rights.of.keys(), ...(current.rights?.of.keys() ?? [])])
  const of = new Map<ObjectId, ObjectRights>()
  for (const id of [...ids].sort()) {
    const [own, there] = [rights.of.get(id), current.rights?.of.get(id)]
    const { sequence } = own ?? there ?? {}
    const owner = (unsaid.includes('owners') ? there : own)?.owner
    const grants = (unsaid.includes('grants') ? there : own)?.grants
    of.set(id, {
      ...(owner && { owner }),
      ...(grants && { grants }),
      ...(sequence && { sequence }),
    })
  }
  return { ...target, rights: { ...rights, of } satisfies DatabaseRights }
}

/** What is asked for of rights, and no source can say. */
export function unsaidRights(
  words: readonly RightsWord[],
  contents: readonly SourceContent[],
): readonly RightsWord[] {
  return words.filter(word => !contents.some(content => content.expressesRights?.includes(word)))
}

export function rightsNotes(unsaid: readonly RightsWord[]): Note[] {
  if (unsaid.length === 0) return []
  const message = `The target says nothing of ${listed(unsaid)}: they stay as they are.`
  return [{ kind: 'unsupported', object: 'rights', message }]
}
