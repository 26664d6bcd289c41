import { isEqual } from '../diff/equal.ts'
import type { DatabaseSchema, ObjectId } from '../schema/index.ts'

/** Ids of the objects that two schemas do not share, or describe differently. */
export function unequalObjects(a: DatabaseSchema, b: DatabaseSchema): readonly ObjectId[] {
  return objectsThat(a, b, (one, other) => !isEqual(one, other))
}

/** Ids of the objects that two schemas do not share, or of which more differs than how SQL is spelled. */
export function unlikeObjects(a: DatabaseSchema, b: DatabaseSchema): readonly ObjectId[] {
  return objectsThat(
    a,
    b,
    (one, other) => !isEqual(one, other) && !isEqual(withoutSql(one), withoutSql(other)),
  )
}

function objectsThat(
  a: DatabaseSchema,
  b: DatabaseSchema,
  differ: (one: unknown, other: unknown) => boolean,
): readonly ObjectId[] {
  const ids = new Set([...a.objects.keys(), ...b.objects.keys()])
  const found = [...ids].filter(id => differ(a.objects.get(id), b.objects.get(id)))
  return a.rights || b.rights ? [...new Set([...found, ...unequalRights(a, b)])] : found
}

/** A sequence that a column's type stands for has rights, and is no object. */
function unequalRights(a: DatabaseSchema, b: DatabaseSchema): readonly ObjectId[] {
  const [one, other] = [a.rights?.of, b.rights?.of]
  const ids = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])
  return [...ids].filter(id => !isEqual(one?.get(id), other?.get(id)))
}

/** The keys under which objects keep SQL as the database deparsed it. */
const sqlKeys = new Set([
  'arguments',
  'bounds',
  'definition',
  'expression',
  'expressions',
  'partitionBy',
  'sql',
  'sqlBody',
  'using',
  'when',
  'where',
  'withCheck',
])

function withoutSql(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSql)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(
    entries.map(([key, field]) => [key, sqlKeys.has(key) ? 'SQL' : withoutSql(field)]),
  )
}
