import { type DdlAnswer, ddlAnswer } from './answer.ts'
import { type DdlDifference, differences } from './differences.ts'
import { comparable } from './same-sql.ts'
import type { DdlVector } from './vector.ts'

/** How limbeck's answer to a directive stands to the recorded one. */
export type DdlVerdict =
  | { readonly kind: 'agrees' }
  /** It is another by documented differences. */
  | { readonly kind: 'differs'; readonly by: readonly string[] }
  | { readonly kind: 'deferred'; readonly why: string }
  | { readonly kind: 'fails'; readonly expected: unknown; readonly ours: DdlAnswer }

/** Judges one line of `ddl.jsonl`: equal up to white space, quotes and the documented differences. */
export async function judgeDdl(vector: DdlVector): Promise<DdlVerdict> {
  const why = deferral(vector)
  if (why !== undefined) return { kind: 'deferred', why }
  const ours = await ddlAnswer(vector)
  if (vector.error && 'error' in ours) return { kind: 'agrees' }
  if (!vector.error && 'sql' in ours) {
    const wanted = ours.sql.map(comparable)
    const recorded = [vector, ...(vector.alternatives ?? []), vector.otherwise ?? []].flat()
    for (const { sql } of recorded) {
      const by = appliedTo(sql.map(comparable), wanted, vector)
      if (by !== undefined) return by.length === 0 ? { kind: 'agrees' } : { kind: 'differs', by }
    }
  }
  const covering = differences.find(difference => difference.covers?.(vector, ours))
  if (covering) return { kind: 'differs', by: [covering.id] }
  return { kind: 'fails', expected: vector.error ?? vector.sql, ours }
}

/** What limbeck has no operation for, or does elsewhere. */
function deferral({ op, args, context }: DdlVector): string | undefined {
  if (op === 'bulk_insert') return 'inserts'
  if (context?.namingConvention || args.namingConvention) return 'naming conventions'
  if (args.prefixes?.includes('TEMPORARY')) return 'temporary tables'
  if (args.text || args.update) return 'bound values'
  return undefined
}

/** The differences that turn the recorded statements into ours, if they do. */
function appliedTo(
  recorded: readonly string[],
  wanted: readonly string[],
  vector: DdlVector,
): string[] | undefined {
  const by: string[] = []
  let sql = recorded
  if (isEqual(sql, wanted)) return by
  for (const { id, rewrite } of differences as readonly DdlDifference[]) {
    const rewritten = rewrite?.(sql, vector) ?? sql
    if (!isEqual(rewritten, sql)) by.push(id)
    sql = rewritten
    if (isEqual(sql, wanted)) return by
  }
  return undefined
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at])
