import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../dialects/dialect.ts'
import { loadConnection } from '../dialects/load-connection.ts'
import { amended, LimbeckError } from '../errors.ts'
import type { Backing, ScratchOptions } from './backing.ts'
import { contentsOf, listed, removeContents } from './contents.ts'
import { unavailable } from './unavailable.ts'

/** Works in a database that the project gave. It must be empty, and is left so. */
export async function openGiven(url: string, options: ScratchOptions): Promise<Backing> {
  const { current } = options
  const connection = await connect(url, options)
  try {
    await expectDirect(connection)
    await takeLock(connection, options)
    if (current) await expectOther(connection, current.connection)
    await expectEmpty(connection)
  } catch (error) {
    await connection.close()
    throw error
  }
  return backingBy(connection)
}

/** What an error says of an address must not be taken for the address of the database itself. */
async function connect(url: string, options: ScratchOptions): Promise<Connection> {
  const { dialect, onStatement } = options
  const address = { kind: 'url', url } as const
  const applicationName = 'limbeck scratch'
  try {
    return await loadConnection(dialect, address, { applicationName, onStatement })
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    const message = `The scratch database cannot be reached: ${error.message}`
    throw amended(error, { message })
  }
}

function backingBy(connection: Connection): Backing {
  return {
    connection,
    async dispose() {
      try {
        await connection.query('ROLLBACK')
        await removeContents(connection)
      } finally {
        await connection.close()
      }
    },
  }
}

/** Behind a transaction pooler the lock would be another session's. */
async function expectDirect(connection: Connection): Promise<void> {
  if (!(await connection.isPooled?.())) return
  throw unavailable(
    'The URL of the scratch database leads through a connection pooler.',
    'Use the address of the server itself.',
  )
}

/** Of all that use a database as scratch one has this lock; other databases have their own. */
const lockKeys = '1818848610, 6644587'

/** A session lock, asked for again and again: waiting for it inside the server could deadlock. */
async function takeLock(
  connection: Connection,
  { patience = 60_000, onProgress }: ScratchOptions,
): Promise<void> {
  const deadline = Date.now() + patience
  for (let attempt = 1; ; attempt++) {
    const { rows } = await connection.query<{ taken: boolean }>(
      `SELECT pg_try_advisory_lock(${lockKeys}) AS taken`,
    )
    if (rows[0]?.taken) return
    if (Date.now() >= deadline) throw await inUse(connection)
    if (attempt === 1) onProgress?.('waiting for another process that uses the scratch database')
    await sleep(250)
  }
}

async function inUse(connection: Connection): Promise<LimbeckError> {
  const { rows } = await connection.query<{ pid: number; name: string; since: string }>(
    `SELECT a.pid, application_name AS name, backend_start::text AS since
     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE locktype = 'advisory' AND l.granted AND (classid, objid) = (${lockKeys})
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  const [holder] = rows
  const who = holder ? ` by session ${holder.pid} (${holder.name}) since ${holder.since}` : ''
  return new LimbeckError('SCRATCH_IN_USE', `The scratch database is used${who}.`, {
    facts: { ...holder },
    hint: 'Try again when that is done, or give each process a scratch database of its own.',
  })
}

/** What is done here would be done to the database itself if `scratchUrl` named that. */
async function expectOther(connection: Connection, current: Connection): Promise<void> {
  if (current.kind === 'embedded') return
  const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const seen = await current.query(
    `SELECT FROM pg_locks
     WHERE locktype = 'advisory' AND (classid, objid) = (${lockKeys}) AND pid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [rows[0]?.pid],
  )
  if (seen.rowCount === 0) return
  throw unavailable(
    'The URL of the scratch database names the database itself.',
    'Set `scratchUrl` to another database, which is empty.',
  )
}

async function expectEmpty(connection: Connection): Promise<void> {
  const objects = await contentsOf(connection)
  if (objects.length === 0) return
  throw new LimbeckError(
    'SCRATCH_NOT_EMPTY',
    `The scratch database is not empty: it has ${listed(objects)}.`,
    {
      facts: { objects: objects.map(({ type, identity }) => `${type} ${identity}`) },
      hint: 'Drop and create it again if nobody needs that, or set `scratchUrl` to an empty database.',
    },
  )
}
