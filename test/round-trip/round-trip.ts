import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, downgrade, revision, upgrade } from 'limbeck/commands'
import { Client } from 'pg'
import { pgDump } from '../support/pg-dump.ts'
import type { TestDatabase, TestServer } from '../support/servers.ts'
import { firstDifference } from './dump.ts'

/** A schema, or a pair of them: what is there before (nothing, for a schema) and what is wanted. */
export interface RoundTripCase {
  readonly name: string
  readonly before: string | undefined
  readonly after: string
  /** SQL that runs before anything else in each database (roles, mostly). */
  readonly setup: readonly string[]
  /** The oldest PostgreSQL that has what it uses, where that is not every one. */
  readonly requires: number | undefined
}

/** Why a case fails: which stage, and the first difference or the error. */
export class RoundTripFailure extends Error {
  readonly stage: string

  constructor(stage: string, message: string, options?: ErrorOptions) {
    super(`${stage}: ${message}`, options)
    this.stage = stage
  }
}

/**
 * The law: from `before`, autogenerate towards `after` and upgrade, and the dump is that of a directly
 * built `after`; nothing is pending then; downgrade, and the dump is that of `before`. Throws a
 * `RoundTripFailure`.
 */
export async function roundTrip(server: TestServer, roundTripCase: RoundTripCase): Promise<void> {
  const { name } = roundTripCase
  const ours = await server.createDatabase('ours')
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-round-trip-'))
  try {
    const before = await settledDump(server, roundTripCase.before, roundTripCase)
    const after = await settledDump(server, roundTripCase.after, roundTripCase)
    await prepare(ours.url, roundTripCase)
    if (roundTripCase.before !== undefined) await stage('before', () => load(ours.url, before))
    const input = { cwd: folder, env: {}, config: writeConfig(folder, ours, roundTripCase) }
    await stage('autogenerate', () => revision({ ...input, autogenerate: true, message: name }))
    await stage('upgrade', () => upgrade({ ...input, revision: 'head' }))
    await expectDump('upgrade', ours, after)
    const { pending } = await stage('check', () => check(input))
    if (pending[0] !== undefined)
      throw new RoundTripFailure('check', `pending: ${pending[0].description}`)
    await stage('downgrade', () => downgrade({ ...input, revision: 'base' }))
    await expectDump('downgrade', ours, before)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await ours.drop()
  }
}

function writeConfig(folder: string, { url }: TestDatabase, { after }: RoundTripCase): string {
  const config = {
    url,
    scriptLocation: folder,
    manage: 'all',
  }
  const path = join(folder, 'limbeck.config.mjs')
  writeFileSync(
    path,
    `import { sqlFiles } from 'limbeck'\nexport default { ...${JSON.stringify(config)}, target: sqlFiles(${JSON.stringify(after)}) }\n`,
  )
  return path
}

async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new RoundTripFailure(name, message, { cause: error })
  }
}

async function expectDump(name: string, database: TestDatabase, expected: string): Promise<void> {
  const difference = firstDifference(await dumpOf(database.url), expected)
  if (difference !== undefined) throw new RoundTripFailure(name, difference)
}

/** limbeck's own tables are not part of what is compared. */
const ownTables = ['--exclude-table=*.alembic_version', '--exclude-table=*.limbeck_ledger']

const dumpOf = (url: string) => pgDump(url, ownTables)

/**
 * The dump of a directly built schema, loaded and dumped again until it repeats: deparsed text is not a
 * fixed point, and a database must not differ from a dump of itself.
 */
async function settledDump(
  server: TestServer,
  path: string | undefined,
  roundTripCase: RoundTripCase,
): Promise<string> {
  let sql = path === undefined ? '' : readFileSync(path, 'utf8')
  for (let round = 0; round < 4; round++) {
    const dump = await dumpAfterLoading(server, sql, roundTripCase)
    if (dump === sql) break
    sql = dump
  }
  return sql
}

async function dumpAfterLoading(
  server: TestServer,
  sql: string,
  roundTripCase: RoundTripCase,
): Promise<string> {
  const database = await server.createDatabase('direct')
  try {
    await prepare(database.url, roundTripCase)
    await stage('direct build', () => load(database.url, sql))
    return await dumpOf(database.url)
  } finally {
    await database.drop()
  }
}

async function prepare(url: string, { setup }: RoundTripCase): Promise<void> {
  for (const path of setup) await stage('setup', () => load(url, readFileSync(path, 'utf8')))
}

/**
 * Runs a script of plain SQL as one string, as a dump without data is. A role that it names and the
 * server lacks is made: dumps do not say which roles they need.
 */
async function load(url: string, sql: string): Promise<void> {
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
