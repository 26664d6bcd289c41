import { LimbeckError } from '../../../errors.ts'
import { DatabaseError } from '../../database-error.ts'
import type { Connection } from '../../dialect.ts'
import { firstUserOid } from './catalog-query.ts'

/** Temporary relations come and go without a change of the schema. */
const lasting = `(select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid >= ${firstUserOid} and n.nspname !~ '^pg_(toast_)?temp_')`

const lastingSchema = (column: string): string =>
  `${column} in (select oid from pg_namespace where nspname !~ '^pg_(toast_)?temp_')`

/** What deparsed text is made of: the catalogs that PostgreSQL's own functions read in their newest state. */
const deparsed: Readonly<Record<string, string>> = {
  pg_attribute: `attrelid in ${lasting}`,
  pg_class: `oid in ${lasting}`,
  pg_constraint: lastingSchema('connamespace'),
  pg_index: `indexrelid in ${lasting}`,
  pg_namespace: `nspname !~ '^pg_(toast_)?temp_'`,
  pg_operator: `oid >= ${firstUserOid}`,
  pg_policy: `polrelid in ${lasting}`,
  pg_proc: `oid >= ${firstUserOid}`,
  pg_rewrite: `ev_class in ${lasting}`,
  pg_statistic_ext: 'true',
  pg_trigger: `tgrelid in ${lasting}`,
  pg_type: `oid >= ${firstUserOid} and ${lastingSchema('typnamespace')}`,
}

/** TRUNCATE and REFRESH write a relation's row anew, and change nothing of what it is. */
const nameOnly = 'hashtext(relnamespace::text || relname)::bigint'

/**
 * How many rows there are and the sum of who wrote them: a row that is written anew has a newer writer, so
 * no change leaves both as they were.
 */
const stateQuery = `select concat_ws(' ', ${Object.entries(deparsed)
  .map(([catalog, condition]) => {
    const mark = catalog === 'pg_class' ? nameOnly : 'xmin::text::bigint'
    return `(select count(*) || ':' || coalesce(sum(${mark}), 0) from ${catalog} where ${condition})`
  })
  .join(', ')}) as state`

/** The state of everything that deparsed text is made of, as the snapshot of the transaction has it. */
export async function catalogState(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ state: string }>(stateQuery)
  return rows[0]!.state
}

/** Up to where the server's log of writes goes by now, whatever the transaction sees. */
export async function writtenUpTo(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ position: string }>(
    `select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
      else pg_current_wal_insert_lsn() end::text as position`,
  )
  return rows[0]!.position
}

/** Whether an error may come of an object that went away while it was read. */
export const mayBeOfChange = (error: unknown): boolean =>
  error instanceof DatabaseError && error.isAnswer

/** The database was altered in every one of several readings. */
export function databaseChanged(times: number): LimbeckError {
  return new LimbeckError(
    'DATABASE_CHANGED',
    `Somebody else changes the database's schema: it was not the same at the end of a reading as at its beginning, ${times} times in a row.`,
    { facts: { times }, hint: 'Run the same command again when that is done.' },
  )
}
