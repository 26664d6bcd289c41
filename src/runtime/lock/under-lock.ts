import type { Connection } from '../../dialects/dialect.ts'
import { spared } from '../../dialects/interruptible-connection.ts'
import type { RunLockHolder, RunLockSql, TriedRunLock } from '../../dialects/run-lock.ts'
import type { Report } from '../events.ts'
import type { MigrationSession } from '../migration-session.ts'
import type { Transaction } from '../transaction.ts'

/** A run that may begin only when no other one on the same version table is at work. */
export interface LockedRun<Found, Result> {
  readonly session: MigrationSession
  /** Asks what the run goes by, such as the version rows; asked anew where the lock had to be waited for. */
  look(connection: Connection): Promise<Found>
  /** Does the run. */
  work(found: Found, session: MigrationSession): Promise<Result>
}

/** Does a run under the lock of its version table, which is given up when what it did is committed. */
export async function underLock<Found, Result>(run: LockedRun<Found, Result>): Promise<Result> {
  const { session } = run
  // What is taken has to be given back, also by a run that was told to end meanwhile.
  const connection = spared(session.connection!)
  const look = () => run.look(session.connection!)
  const sql = session.dialect.runLock
  if (sql === undefined || connection.kind === 'embedded') return run.work(await look(), session)
  const transaction = session.transaction!
  const lock = await takeLock({ sql, session, connection, transaction }, look)
  try {
    const { report = session.report, isPooled } = lock
    return await run.work(await lock.look(), { ...session, report, isPooled })
  } finally {
    await transaction.whenFree(lock.release)
  }
}

interface LockParts {
  readonly sql: RunLockSql
  readonly session: MigrationSession
  readonly connection: Connection
  readonly transaction: Transaction
}

interface TakenLock<Found> {
  /** What is found behind the lock. */
  look(): Promise<Found>
  release(): Promise<unknown>
  readonly report?: Report | undefined
  /** A pooler lends the run's own session to others. */
  readonly isPooled?: true
}

/**
 * The lock is held by the run's own session, and so lives as long as the run can do anything; behind a
 * pooler, which lends sessions to others, by one beside it. In a transaction of the application's it is
 * held until that ends: what the run does shows to others only then.
 */
async function takeLock<Found>(
  parts: LockParts,
  look: () => Promise<Found>,
): Promise<TakenLock<Found>> {
  const { sql, connection, session, transaction } = parts
  const key = sql.key(session.versionTable.name)
  if (transaction.isForeign) return { look, ...(await takeInTransaction(parts, key)) }
  const own = { id: connection.sessionId, serverVersion: connection.serverVersion }
  const first = sql.takeForSession(key, { ...own, maySet: !session.isShared })
  const [tried, found] = await tryAndLook(connection, first, look)
  if (tried.isHeld === null) return { look, ...(await takeBeside(parts, tried.key)) }
  const release = () => connection.query(sql.release(tried.key)).catch(() => undefined)
  if (tried.isHeld) return { look: () => found ?? look(), release }
  const again = sql.takeForSession(tried.key, { ...own, maySet: false })
  await waitFor(parts, tried.key, () => isTaken(connection, again))
  return { look, release }
}

async function takeInTransaction(parts: LockParts, key: string) {
  const { connection, sql } = parts
  const take = sql.takeForTransaction(key)
  const tried = await tryLock(connection, take)
  if (!tried.isHeld) await waitFor(parts, tried.key, () => isTaken(connection, take))
  return { release: async () => {} }
}

const isTaken = async (connection: Connection, take: string): Promise<boolean> =>
  (await tryLock(connection, take)).isHeld === true

type Tried<Found> = readonly [TriedRunLock, Promise<Found> | undefined]

/** The first try, with the look behind it in one flight where both can be sent at once. */
async function tryAndLook<Found>(
  connection: Connection,
  take: string,
  look: () => Promise<Found>,
): Promise<Tried<Found>> {
  const attempt = () => tryLock(connection, take)
  if (connection.together === undefined || connection.isInTransaction?.())
    return [await attempt(), undefined]
  const [tried, found] = await connection.together(() => {
    const attempted = attempt()
    return Promise.allSettled([attempted, look()])
  })
  if (tried.status === 'rejected') throw tried.reason
  return [tried.value, settled(found)]
}

/** What was settled, for whoever asks for it; a failure that nobody asks for is none. */
function settled<T>(result: PromiseSettledResult<T>): Promise<T> {
  if (result.status === 'fulfilled') return Promise.resolve(result.value)
  const promise = Promise.reject(result.reason)
  promise.catch(() => undefined)
  return promise
}

async function tryLock(connection: Connection, take: string): Promise<TriedRunLock> {
  const { rows } = await connection.query<TriedRunLock>(take)
  return rows[0]!
}

/** In a session of its own; a block around the run may hold it there already. */
async function takeBeside(
  parts: LockParts,
  key: string,
): Promise<Omit<TakenLock<unknown>, 'look'>> {
  const { connection, transaction, session, sql } = parts
  if (transaction.isGuarded(key)) return { release: async () => {}, isPooled: true }
  const { LockSession } = await import('./lock-session.ts')
  const lock = await LockSession.open(connection, sql, key)
  const release = async () => {
    transaction.unguard(key)
    await lock.close()
  }
  try {
    if (!(await lock.take())) await waitFor(parts, key, () => lock.take())
  } catch (error) {
    await lock.close()
    throw error
  }
  transaction.guard(key, lock.expectHeld)
  return {
    release,
    isPooled: true,
    report: (event, at) => {
      if (event.type === 'step') lock.tell(event.revision)
      session.report(event, at)
    },
  }
}

async function waitFor(
  { sql, session, connection }: LockParts,
  key: string,
  attempt: () => Promise<boolean>,
): Promise<void> {
  const { waitForLock } = await import('./wait-for-lock.ts')
  const { database, report, waitLock, signal } = session
  await waitForLock({
    ...{ limit: waitLock, database, report, signal, attempt },
    holder: async () => (await connection.query<RunLockHolder>(sql.holders(key))).rows[0],
  })
}
