import { type DdlAnswer, ddlAnswer, givenStatements } from './answer.ts'
import { type DdlDifference, differences } from './differences.ts'
import type { EquivalenceDatabase } from './equivalence.ts'
import { comparable, inLowerCase } from './same-sql.ts'
import type { DdlVector } from './vector.ts'

/** How limbeck's answer to a directive stands to the recorded one. */
export type DdlVerdict =
  | { readonly kind: 'agrees' }
  /** It is written otherwise and was shown to do the same. */
  | { readonly kind: 'proved' }
  /** It is another by documented differences. */
  | { readonly kind: 'differs'; readonly by: readonly string[] }
  | { readonly kind: 'fails'; readonly expected: unknown; readonly ours: DdlAnswer }

/**
 * Judges one line of `ddl.jsonl`: equal up to white space, quotes and the documented differences, or on
 * PostgreSQL the same when both are run in a database.
 */
export async function judgeDdl(
  vector: DdlVector,
  database?: EquivalenceDatabase,
): Promise<DdlVerdict> {
  const ours = await ddlAnswer(vector)
  if ('error' in ours) {
    const isMatching = isOfCategory(ours.error, vector.error?.category)
    return isMatching ? { kind: 'agrees' } : byCovering(vector, ours)
  }
  if (vector.error) return byCovering(vector, ours)
  const by = byRewriting(vector, ours.sql)
  if (by !== undefined) return by.length === 0 ? { kind: 'agrees' } : { kind: 'differs', by }
  const isProved = database !== undefined && (await doesTheSame(vector, ours.sql, database))
  return isProved ? { kind: 'proved' } : byCovering(vector, ours)
}

async function doesTheSame(
  vector: DdlVector,
  ours: readonly string[],
  database: EquivalenceDatabase,
): Promise<boolean> {
  if (vector.dialect !== 'postgresql') return false
  const { kind } = await database.compare(await givenStatements(vector), vector.sql, ours)
  return kind === 'same'
}

/** The codes that say what a category of recorded errors says. */
const codes: Readonly<Record<string, readonly string[]>> = {
  unsupported: ['OPERATION_UNSUPPORTED', 'OPERATION_INCOMPLETE'],
  'cannot-render': ['OPERATION_UNSUPPORTED', 'OPERATION_INCOMPLETE', 'VALUE_UNSUPPORTED'],
  'command-error': ['OPERATION_INCOMPLETE'],
  'invalid-argument': ['OPERATION_INCOMPLETE'],
  internal: ['OPERATION_UNSUPPORTED', 'OPERATION_INCOMPLETE'],
}

const isOfCategory = (code: string, category: string | undefined): boolean =>
  category !== undefined && (codes[category]?.includes(code) ?? false)

function byCovering(vector: DdlVector, ours: DdlAnswer): DdlVerdict {
  const covering = differences.find(difference => difference.covers?.(vector, ours))
  if (covering) return { kind: 'differs', by: [covering.id] }
  return { kind: 'fails', expected: vector.error ?? vector.sql, ours }
}

/** The differences by which one of the recorded answers becomes ours; none where it is the same. */
function byRewriting(vector: DdlVector, ours: readonly string[]): readonly string[] | undefined {
  const wanted = ours.map(comparable)
  const recorded = [vector, ...(vector.alternatives ?? []), vector.otherwise ?? []].flat()
  for (const { sql } of recorded) {
    const by = appliedTo(sql.map(comparable), wanted, vector)
    if (by !== undefined) return by
  }
  return undefined
}

/** The differences that turn the recorded statements into ours, if they do. */
function appliedTo(
  recorded: readonly string[],
  wanted: readonly string[],
  vector: DdlVector,
): string[] | undefined {
  const isEqual = vector.dialect === 'postgresql' ? isEqualInLowerCase : isSame
  const by: string[] = []
  let sql = recorded
  if (isEqual(sql, wanted)) return by
  for (const { id, rewrite } of differences as readonly DdlDifference[]) {
    const rewritten = rewrite?.(sql, vector) ?? sql
    if (!isSame(rewritten, sql)) by.push(id)
    sql = rewritten
    if (isEqual(sql, wanted)) return by
  }
  return undefined
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at])

/** PostgreSQL reads words outside of quotes in lower case. */
const isEqualInLowerCase = (a: readonly string[], b: readonly string[]): boolean =>
  isSame(a.map(inLowerCase), b.map(inLowerCase))
