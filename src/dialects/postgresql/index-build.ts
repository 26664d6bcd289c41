import type { Connection } from '../dialect.ts'
import type { IndexBuild } from '../index-build.ts'

/** What the view has of it; numbers as texts, since they may be large. */
interface Progress extends Pick<IndexBuild, 'table' | 'index' | 'phase'> {
  readonly tuples_done: string
  readonly tuples_total: string
  readonly blocks_done: string
  readonly blocks_total: string
}

/** How far a session is with the index that it builds; undefined where it builds none. */
export async function readIndexBuild(
  connection: Connection,
  pid: number,
): Promise<IndexBuild | undefined> {
  const { rows } = await connection.query<Progress>(
    `SELECT relid::regclass::text AS "table", phase,
  (SELECT relname FROM pg_class WHERE oid = index_relid) AS index,
  tuples_done::text, tuples_total::text, blocks_done::text, blocks_total::text
FROM pg_stat_progress_create_index WHERE pid = ${pid}`,
  )
  const [row] = rows
  if (row === undefined) return undefined
  const { table, index, phase } = row
  return { table, index, phase, ...amountOf(row) }
}

/** A phase counts in rows or in blocks; the other numbers may be those of a phase before. */
function amountOf(row: Progress): Pick<IndexBuild, 'done' | 'of'> {
  const [done, of] = row.phase.includes('tuples')
    ? [Number(row.tuples_done), Number(row.tuples_total)]
    : [Number(row.blocks_done), Number(row.blocks_total)]
  return of > 0 ? { done: Math.min(done, of), of } : {}
}
