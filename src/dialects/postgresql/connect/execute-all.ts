import { DatabaseError } from '../../database-error.ts'
import type { OnResult, QueryResult } from '../../dialect.ts'

/** What `executeAll` needs of a driver. */
export interface Session {
  isInTransaction(): boolean
  /**
   * Runs statements in order, in one round trip where the driver can, each answered for itself. Throws
   * the `DatabaseError` of the first that fails, with `statementIndex` counted from `firstIndex`; in a
   * transaction nothing after it has an effect.
   */
  send(
    statements: readonly string[],
    firstIndex: number,
    onResult?: OnResult,
  ): Promise<QueryResult<Record<string, unknown>>[]>
}

/** How many statements go out before an answer is awaited: enough to hide a slow network. */
const mostTogether = 200

/**
 * Runs statements in order and in few round trips.
 *
 * Each statement is a message of its own, sent without waiting for the answer to the one before
 * (pipelining). One string of many statements would be as fast, but its errors carry a position in
 * the whole string, or none, and counting the answers before one goes wrong as soon as an entry holds
 * two statements or only a comment. Here every entry has its own answer, whatever is in it.
 */
export async function executeAll(
  session: Session,
  statements: readonly string[],
  onResult?: OnResult,
): Promise<void> {
  const isWhole = statements.length < 2 || statements.some(controlsTransaction)
  if (isWhole || session.isInTransaction()) return inOrder(session, statements, onResult)
  try {
    await asOneTransaction(session, statements)
  } catch (error) {
    if (!needsItsOwnTransaction(error)) throw error
    for (const [index, sql] of statements.entries()) await session.send([sql], index)
  }
}

async function asOneTransaction(session: Session, statements: readonly string[]): Promise<void> {
  await session.send(['BEGIN'], 0)
  try {
    await inOrder(session, statements)
  } catch (error) {
    // A connection that is gone was rolled back by its server.
    await session.send(['ROLLBACK'], 0).catch(() => undefined)
    throw error
  }
  await session.send(['COMMIT'], statements.length)
}

/** Statements go out together only in a transaction: outside, what follows a failure would be done. */
async function inOrder(
  session: Session,
  statements: readonly string[],
  onResult?: OnResult,
): Promise<void> {
  let flight: string[] = []
  let firstIndex = 0
  const depart = async () => {
    const leaving = flight
    flight = []
    if (leaving.length > 0) await session.send(leaving, firstIndex, onResult)
    firstIndex += leaving.length
  }
  for (const sql of statements) {
    if (begins(sql) || isLoner(sql)) await depart()
    flight.push(sql)
    const isSafe = begins(flight[0]!) || session.isInTransaction()
    if (!isSafe || isLoner(sql) || flight.length === mostTogether) await depart()
  }
  await depart()
}

const startsWith = (words: string): RegExp =>
  new RegExp(String.raw`^(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*(?:${words})\b`, 'i')

const beginning = startsWith('begin|start')
const ending = startsWith(String.raw`commit|end|rollback|abort|prepare\s+transaction`)

/** COPY that waits for rows which nobody is going to send. */
export const isCopyFromClient = (sql: string): boolean => copying.test(sql)

const copying = startsWith(String.raw`copy\b[^;]*\bfrom\s+stdin`)

const begins = (sql: string): boolean => beginning.test(sql)

const controlsTransaction = (sql: string): boolean => begins(sql) || ending.test(sql)

/**
 * What must be answered before the next statement leaves: a ROLLBACK behind a failure would open the
 * way for what follows it, and COPY FROM STDIN would take the next message for data.
 */
const isLoner = (sql: string): boolean => ending.test(sql) || isCopyFromClient(sql)

/** Refused inside a transaction, or usable only once the one before has ended (a new enum value). */
function needsItsOwnTransaction(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '25001' || error.code === '55P04')
}
