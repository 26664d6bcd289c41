import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { pgDump, withoutNoise } from '../support/pg-dump.ts'
import type { TestServer } from '../support/servers.ts'
import { stage } from './failure.ts'

/** limbeck's own tables are not part of what is compared. */
const ownTables = ['--exclude-table=*.alembic_version', '--exclude-table=*.limbeck_ledger']

/** The schema of a database as it is compared. */
export const dumpOf = (url: string): Promise<string> => pgDump(url, ownTables)

/** What was settled on each server: the state after one step of a history is the one before the next. */
const settled = new WeakMap<TestServer, Map<string, Promise<string>>>()

/**
 * The dump of a directly built schema, loaded and dumped again until it repeats: deparsed text is not a
 * fixed point, and a database must not differ from a dump of itself.
 */
export function settledDump(
  server: TestServer,
  path: string | undefined,
  setup: readonly string[] = [],
): Promise<string> {
  const sql = path === undefined ? '' : withoutNoise(readFileSync(path, 'utf8'))
  const key = [sql, ...setup.map(file => readFileSync(file, 'utf8'))].join('\0')
  const known = settled.get(server) ?? new Map<string, Promise<string>>()
  settled.set(server, known)
  const dump = known.get(key) ?? settle(server, sql, setup)
  known.set(key, dump)
  return dump
}

/** The same of SQL that nobody asks for twice. */
export async function settle(
  server: TestServer,
  sql: string,
  setup: readonly string[] = [],
): Promise<string> {
  let settling = sql
  for (let round = 0; round < 4; round++) {
    const dump = await dumpAfterLoading(server, settling, setup)
    if (dump === settling) break
    settling = dump
  }
  return settling
}

async function dumpAfterLoading(
  server: TestServer,
  sql: string,
  setup: readonly string[],
): Promise<string> {
  const database = await server.createDatabase('direct')
  try {
    await prepare(database.url, setup)
    await stage('direct build', () => load(database.url, sql))
    return await dumpOf(database.url)
  } finally {
    await database.drop()
  }
}

/** Runs the files that come before a case. */
export async function prepare(url: string, setup: readonly string[]): Promise<void> {
  for (const path of setup) await stage('setup', () => load(url, readFileSync(path, 'utf8')))
}

/**
 * Runs a script of plain SQL as one string, as a dump without data is. A role that it names and the
 * server lacks is made: dumps do not say which roles they need.
 */
export async function load(url: string, sql: string): Promise<void> {
  const text = sql.replace(/^\\(un)?restrict .*$/gm, '')
  const made = new Set<string>()
  for (;;) {
    try {
      await execute(url, text)
      return
    } catch (error) {
      const role = missingRole(error)
      if (role === undefined || made.has(role)) throw error
      await execute(url, `CREATE ROLE "${role}" NOLOGIN`)
      made.add(role)
    }
  }
}

function missingRole(error: unknown): string | undefined {
  if ((error as { code?: unknown }).code !== '42704') return undefined
  return /^role "(.+)" does not exist$/.exec((error as Error).message)?.[1]
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
