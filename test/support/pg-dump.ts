import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { privateClients } from '../../scripts/cache-folder.mjs'
import { systemPrefixes } from './postgres-binaries.ts'
import { serverMajor } from './servers.ts'

/**
 * The schema of a database as `pg_dump` writes it, without owners and privileges, and without the
 * lines that differ from one run or client to the next.
 */
export function pgDump(url: string, args: readonly string[] = []): Promise<string> {
  return dump(url, ['--schema-only', ...args])
}

/** The same with every row, and with where each sequence is. */
export function pgDumpWithRows(url: string, args: readonly string[] = []): Promise<string> {
  return dump(url, ['--inserts', ...args])
}

/** The schema with owners and privileges, and the rows; where sequences have come to is left out. */
export async function pgDumpWithRights(url: string): Promise<string> {
  const text = await dump(url, ['--inserts'], [])
  return text.replace(/^SELECT pg_catalog\.setval\(.*\n/gm, '')
}

const withoutRights = ['--no-owner', '--no-privileges']

async function dump(
  url: string,
  args: readonly string[],
  leftOut: readonly string[] = withoutRights,
): Promise<string> {
  const major = await serverMajor(url)
  const program = findPgDump(major)
  if (program === undefined) throw new Error(missingPgDump(major))
  const { stdout } = await promisify(execFile)(program, [...leftOut, ...args, '--dbname', url], {
    maxBuffer: 1 << 30,
    env: { PATH: process.env.PATH, LC_ALL: 'C', PGTZ: 'UTC' },
  })
  return withoutNoise(stdout)
}

/**
 * Takes out the random words of `\restrict`, the comments that name versions, and a setting that a
 * newer client writes and older servers do not know.
 */
export function withoutNoise(dump: string): string {
  return dump.replace(
    /^(\\(un)?restrict .*|-- Dumped (from|by) .*|SET transaction_timeout = 0;)\n/gm,
    '',
  )
}

/** The `pg_dump` that reads a server of the major: of the same major, else of the nearest newer one. */
export function findPgDump(major: number): string | undefined {
  return clients().find(client => client.major >= major)?.program
}

/** What to do where no `pg_dump` reads the major; undefined where one does. */
export function missingPgDump(major: number): string | undefined {
  if (findPgDump(major) !== undefined) return undefined
  return (
    `no pg_dump reads PostgreSQL ${major}: run \`node scripts/install-pg-dump.mjs\` ` +
    '(Debian, needs no rights), or set LIMBECK_TEST_PG_BIN to a folder that has one'
  )
}

interface Client {
  readonly major: number
  readonly program: string
}

let known: readonly Client[] | undefined

/** Every `pg_dump` of this machine, oldest first. */
function clients(): readonly Client[] {
  known ??= clientFolders()
    .map(folder => join(folder, 'pg_dump'))
    .filter(program => existsSync(program))
    .map(program => ({ major: clientMajor(program), program }))
    .sort((a, b) => a.major - b.major)
  return known
}

/** The folders that may hold a client of PostgreSQL, the preferred ones first. */
export function clientFolders(): string[] {
  const given = process.env.LIMBECK_TEST_PG_BIN
  const unpacked = existsSync(privateClients) ? readdirSync(privateClients) : []
  return [
    ...(given ? [given] : []),
    ...systemPrefixes().map(prefix => join(prefix, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
    ...unpacked.map(name => join(privateClients, name, 'bin')),
  ]
}

function clientMajor(program: string): number {
  try {
    const line = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(/ (\d+)/.exec(line)?.[1] ?? 0)
  } catch {
    return 0
  }
}
