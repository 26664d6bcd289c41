import type { Connection } from '../../dialect.ts'
import { catalogState, databaseChanged, mayBeOfChange, writtenUpTo } from './changes.ts'

/** What the session was before introspection changed its settings. */
export interface SessionFacts {
  /** 150018 for PostgreSQL 15.18. */
  readonly serverVersion: number
  /** Where an unqualified name is found. */
  readonly defaultSchema: string
}

/**
 * Everything that shapes deparsed text. Nothing but `pg_catalog` is searched (temporary objects last,
 * so that none of them hides a catalog), hence every other name comes out qualified. The remaining
 * settings are those that spell constants: a database must read the same in every session.
 * Compiling the catalog queries would take longer than running them, so there is no JIT. Large catalogs are
 * read alone and from their start: a database that nobody has changed answers in the same order each time, and
 * is known by its answers.
 */
const settings = {
  search_path: 'pg_catalog, pg_temp',
  bytea_output: 'hex',
  datestyle: 'ISO, MDY',
  extra_float_digits: '1',
  intervalstyle: 'postgres',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  synchronize_seqscans: 'off',
  timezone: 'UTC',
}

const applySettings = `select ${Object.entries(settings)
  .map(([name, value]) => `set_config('${name}', '${value}', true)`)
  .join(', ')}`

interface Frame {
  readonly open: readonly string[]
  readonly close: readonly string[]
  readonly abandon: readonly string[]
}

/** One snapshot for all queries; the settings end with the transaction. */
const ownTransaction: Frame = {
  open: ['begin isolation level repeatable read read only', applySettings],
  close: ['commit'],
  abandon: ['rollback'],
}

/** Rolling back to a savepoint takes the settings back, and whatever a failed query left. */
const leaveSavepoint = [
  'rollback to savepoint limbeck_introspect',
  'release savepoint limbeck_introspect',
]

const callersTransaction: Frame = {
  open: ['savepoint limbeck_introspect', applySettings],
  close: leaveSavepoint,
  abandon: leaveSavepoint,
}

/** How often a database is read that others change meanwhile. */
const mostReadings = 3

/**
 * Runs `read` where catalog queries give one consistent picture: in the transaction that is open, so
 * that uncommitted DDL is seen, else in one of its own. The session is left as it was found.
 */
export async function inCatalogSession<T>(
  connection: Connection,
  read: (facts: SessionFacts) => Promise<T>,
): Promise<T> {
  const facts = await sessionFacts(connection)
  if (await isInTransaction(connection))
    return inFrame(connection, callersTransaction, () => read(facts))
  if (connection.kind === 'embedded') return inFrame(connection, ownTransaction, () => read(facts))
  for (let reading = 1; reading <= mostReadings; reading++) {
    const readOnce = reading === 1 ? readUnwritten : readUnchanged
    const result = await readOnce(connection, () => read(facts))
    if (result !== changed) return result
  }
  throw databaseChanged(mostReadings)
}

/** Where nobody has written anything meanwhile, nobody has changed anything either: that costs nothing to ask. */
async function readUnwritten<T>(
  connection: Connection,
  read: () => Promise<T>,
): Promise<T | typeof changed> {
  const start = await writtenUpTo(connection)
  let before: string | undefined
  try {
    const result = await inFrame(connection, ownTransaction, async () => {
      const found = await read()
      if ((await writtenUpTo(connection)) !== start) before = await catalogState(connection)
      return found
    })
    return before === undefined || (await stateNow(connection)) === before ? result : changed
  } catch (error) {
    if (!mayBeOfChange(error) || (await writtenUpTo(connection)) === start) throw error
    return changed
  }
}

const changed = Symbol('changed')

/**
 * A snapshot holds still the rows of the catalogs, and not what PostgreSQL deparses, which is as new as can
 * be: where others changed the one since, the other does not belong to it.
 */
async function readUnchanged<T>(
  connection: Connection,
  read: () => Promise<T>,
): Promise<T | typeof changed> {
  let before = ''
  try {
    const result = await inFrame(connection, ownTransaction, async () => {
      before = await catalogState(connection)
      return read()
    })
    return (await stateNow(connection)) === before ? result : changed
  } catch (error) {
    if (before === '' || !mayBeOfChange(error)) throw error
    if ((await stateNow(connection)) === before) throw error
    return changed
  }
}

const stateNow = (connection: Connection): Promise<string> =>
  inFrame(connection, ownTransaction, () => catalogState(connection))

async function inFrame<T>(
  connection: Connection,
  frame: Frame,
  read: () => Promise<T>,
): Promise<T> {
  try {
    await connection.executeAll(frame.open)
    const result = await read()
    await connection.executeAll(frame.close)
    return result
  } catch (error) {
    // What failed is the news, not that a broken connection cannot be cleaned up.
    await connection.executeAll(frame.abandon).catch(() => {})
    throw error
  }
}

async function sessionFacts(connection: Connection): Promise<SessionFacts> {
  const { rows } = await connection.query<{ version: string; schema: string | null }>(
    `select current_setting('server_version_num') as version, current_schema() as schema,
      set_config('limbeck.in_transaction', 'yes', true)`,
  )
  return {
    serverVersion: Number(rows[0]?.version),
    defaultSchema: rows[0]?.schema ?? 'public',
  }
}

/** A local setting outlives its statement only inside a transaction block. */
async function isInTransaction(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ answer: string | null }>(
    `select current_setting('limbeck.in_transaction', true) as answer`,
  )
  return rows[0]?.answer === 'yes'
}
