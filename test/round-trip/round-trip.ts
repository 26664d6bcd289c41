import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, downgrade, revision, upgrade } from 'limbeck/commands'
import { queryOnce, type TestDatabase, type TestServer } from '../support/servers.ts'
import { dumpOf, load, prepare, settledDump } from './direct-build.ts'
import { firstDifference } from './dump.ts'
import { RoundTripFailure, stage } from './failure.ts'

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

/**
 * The law: from `before`, autogenerate towards `after` and upgrade, and the dump is that of a directly
 * built `after`; nothing is pending then; downgrade, and the dump is that of `before`. Throws a
 * `RoundTripFailure`.
 */
export async function roundTrip(server: TestServer, roundTripCase: RoundTripCase): Promise<void> {
  const { name } = roundTripCase
  const setup = await neededSetup(server, roundTripCase)
  const ours = await server.createDatabase('ours')
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-round-trip-'))
  try {
    const before = await settledDump(server, roundTripCase.before, setup)
    const after = await settledDump(server, roundTripCase.after, setup)
    await prepare(ours.url, setup)
    if (roundTripCase.before !== undefined) await stage('before', () => load(ours.url, before))
    const input = { cwd: folder, env: {}, config: await writeConfig(folder, ours, roundTripCase) }
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

/** A dump may already hold what the setup makes, as psql would complain of and go on. */
async function neededSetup(
  server: TestServer,
  { before, after, setup }: RoundTripCase,
): Promise<readonly string[]> {
  if (setup.length === 0) return setup
  try {
    for (const path of [before, after]) await settledDump(server, path, setup)
    return setup
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return []
  }
}

/** SQLSTATEs of a schema, an object, a relation, a function and a column that are there already. */
const duplicates = new Set(['42P06', '42710', '42P07', '42723', '42701'])

function isDuplicate(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } }
  return duplicates.has(String(cause?.code))
}

/** A schema that only the start has is named as well: what nobody names is not dropped. */
async function writeConfig(
  folder: string,
  { url }: TestDatabase,
  { after }: RoundTripCase,
): Promise<string> {
  const schemas = await queryOnce<{ nspname: string }>(
    url,
    `SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'`,
  )
  const config = {
    url,
    scriptLocation: folder,
    manage: 'all',
    schemas: schemas.map(({ nspname }) => nspname),
  }
  const path = join(folder, 'limbeck.config.mjs')
  writeFileSync(
    path,
    `import { sqlFiles } from 'limbeck'\nexport default { ...${JSON.stringify(config)}, target: sqlFiles(${JSON.stringify(after)}) }\n`,
  )
  return path
}

async function expectDump(name: string, database: TestDatabase, expected: string): Promise<void> {
  const difference = firstDifference(await dumpOf(database.url), expected)
  if (difference !== undefined) throw new RoundTripFailure(name, difference)
}
