import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject, plainEnvironment } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: CliProject
let child: ChildProcess | undefined

beforeAll(ensureBuilt, 240_000)

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('signals')
  project = createCliProject()
  project.write('limbeck.config.ts', `export default { url: '${database.url}' }\n`)
  writeRevision('a1', null, `op.execute('CREATE TABLE t (n integer)')`)
})

afterEach(async () => {
  if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, 'SIGKILL')
  project.remove()
  await database.drop()
})

function writeRevision(id: string, down: string | null, body: string): void {
  project.write(
    `migrations/versions/${id}_test.ts`,
    `/** ${id} */
import { type Op } from 'limbeck'
export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  ${body}
}
export function downgrade(_op: Op) {}
`,
  )
}

/** A run in a process group of its own, as a terminal has one for each line. */
interface Run {
  readonly group: number
  readonly ended: Promise<{
    readonly by: unknown
    readonly stdout: string
    readonly stderr: string
  }>
  readonly stderr: () => string
}

function start(line: string): Run {
  const words = line.replace('limbeck', `'${process.execPath}' node_modules/limbeck/bin/limbeck.js`)
  const own = spawn('sh', ['-c', words], {
    cwd: project.folder,
    env: plainEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = own
  let stdout = ''
  let stderr = ''
  own.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  own.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  const ended = once(own, 'close').then(([code, signal]) => ({
    by: code ?? signal,
    stdout,
    stderr,
  }))
  return { group: -own.pid!, ended, stderr: () => stderr }
}

const sessions = (where = 'true') =>
  queryOnce(
    database.url,
    `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${where}`,
  )

const until = (isSo: () => Promise<boolean> | boolean) =>
  vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 30_000, interval: 20 })

const sleeping = () => sessions(`state = 'active' AND query LIKE '%pg_sleep%'`)

test('SIGTERM cancels the statement on the server, rolls back, says where, and gives 143', async () => {
  writeRevision('b1', 'a1', `op.execute('SELECT pg_sleep(600)')`)
  const run = start('exec limbeck upgrade head --json')
  await until(async () => (await sleeping()).length === 1)
  process.kill(run.group, 'SIGTERM')
  const { by, stdout, stderr } = await run.ended
  expect(await sessions()).toEqual([])
  expect(by).toBe(143)
  expect(stderr).toContain('SIGTERM: ending at the next safe place; once more ends at once.')
  expect(stderr).toMatch(
    /error INTERRUPTED: Upgrade of b1 was interrupted \(SIGTERM\) at migrations\S+:\d+:\d+\./,
  )
  expect(stderr).toContain('Rolled back: a1, b1. Nothing of this run stays.')
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'INTERRUPTED',
    exitStatus: 143,
    facts: { signal: 'SIGTERM', revision: 'b1', stayed: [], rolledBack: ['a1', 'b1'] },
  })
  const tables = await queryOnce(database.url, `SELECT FROM pg_tables WHERE tablename = 't'`)
  expect(tables).toEqual([])
})

test('SIGTERM that npx hands on to its shell alone ends the run below it, too', async () => {
  writeRevision('b1', 'a1', `op.execute('SELECT pg_sleep(600)')`)
  const run = start('npm_command=exec limbeck upgrade head; true')
  await until(async () => (await sleeping()).length === 1)
  process.kill(-run.group, 'SIGTERM')
  const { stderr } = await run.ended
  expect(stderr).toContain('error INTERRUPTED: Upgrade of b1 was interrupted (SIGTERM)')
  expect(await sessions()).toEqual([])
})

test('Ctrl-C that reaches the process twice, as below npx, is one; a later one ends at once', async () => {
  project.write(
    'migrations/env.ts',
    `export async function runMigrationsOnline(context) {
  await context.runMigrations()
  await new Promise(resolve => setTimeout(resolve, 600_000))
}
`,
  )
  const run = start('limbeck upgrade head; echo "status $?"')
  await until(async () => {
    const [found] = await queryOnce<{ t: string | null }>(
      database.url,
      `SELECT to_regclass('t') AS t`,
    )
    return found?.t === 't'
  })
  process.kill(run.group, 'SIGINT')
  await until(() => run.stderr().includes('SIGINT: ending'))
  process.kill(run.group, 'SIGINT')
  await sleep(700)
  expect(await sessions()).toHaveLength(1)
  process.kill(run.group, 'SIGINT')
  const { by, stdout } = await run.ended
  // The shell ends as its child did.
  expect([by, stdout]).toEqual(['SIGINT', ''])
  await until(async () => (await sessions()).length === 0)
})

test('Ctrl-C while schemas are compared drops the scratch database and writes no file', async () => {
  project.write(
    'migrations/env.ts',
    `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('./migrations/schema.sql')\n`,
  )
  project.write(
    'migrations/schema.sql',
    `CREATE FUNCTION slow() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1 FROM pg_sleep(600)';
CREATE MATERIALIZED VIEW v AS SELECT slow() AS n;
`,
  )
  expect((await project.limbeck(['upgrade', 'head'])).status).toBe(0)
  const files = project.files()
  const { url } = await postgresServer()
  const scratches = () =>
    queryOnce(
      url,
      `SELECT FROM pg_stat_activity WHERE datname ~ '^limbeck_scratch_' AND query LIKE '%MATERIALIZED VIEW v%'`,
    )
  const run = start('exec limbeck revision --autogenerate -m more')
  await until(async () => (await scratches()).length === 1)
  process.kill(run.group, 'SIGINT')
  const { by, stderr } = await run.ended
  expect(stderr).toContain('error INTERRUPTED: Interrupted (SIGINT). Nothing was done.')
  expect(by).toBe(130)
  expect(await scratches()).toEqual([])
  expect(await sessions()).toEqual([])
  expect(project.files()).toEqual(files)
})
