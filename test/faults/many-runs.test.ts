import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import {
  type CliProject,
  createCliProject,
  nodeWords,
  plainEnvironment,
} from '../support/cli-project.ts'
import { notRun } from '../support/each-server.ts'
import { missingPgbouncer, type PgbouncerProcess, startPgbouncer } from '../support/pgbouncer.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

/** How many runs are started at once. */
const count = Number(process.env.LIMBECK_FAULTS_PROCESSES ?? 6)

let database: TestDatabase
let project: CliProject
let runs: Run[]
/** A transaction that CREATE INDEX CONCURRENTLY waits for: the first run cannot end before it does. */
let blocker: Client

beforeAll(ensureBuilt, 240_000)

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('many')
  await query(`CREATE TABLE t (id bigint PRIMARY KEY, n integer);
    INSERT INTO t SELECT i, i % 100 FROM generate_series(1, 5000) AS i`)
  project = createCliProject()
  for (const [index, body] of bodies.entries()) writeRevision(index, body)
  runs = []
  blocker = new Client({ connectionString: database.url })
  blocker.on('error', () => undefined)
  await blocker.connect()
  await blocker.query('BEGIN; UPDATE t SET n = n WHERE id = 1')
})

afterEach(async () => {
  for (const { child } of runs) child.kill('SIGKILL')
  await blocker.end()
  project.remove()
  await database.drop()
})

const bodies = [
  `op.createTable('u', { id: integer().primaryKey() })
  op.execute('INSERT INTO u VALUES (1)')`,
  `op.createIndex('t_n', 't', ['n'], { concurrently: true })`,
  `op.addColumn('u', { note: text().notNull().default('new') })
  op.run(async ({ connection }) => void (await connection.query('INSERT INTO u (id) VALUES (2)')))`,
]

function writeRevision(index: number, body: string): void {
  const down = index === 0 ? null : `r${index - 1}`
  project.write(
    `migrations/versions/r${index}_test.ts`,
    `/** r${index} */
import { integer, type Op, text } from 'limbeck'
export const revision = 'r${index}'
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

interface Run {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<unknown>
}

function startRun(url: string): Run {
  const bin = join(project.folder, 'node_modules/limbeck/bin/limbeck.js')
  const words = ['upgrade', 'head', '--json', '--wait-lock', '10m']
  const child = spawn(process.execPath, [...nodeWords, bin, ...words], {
    cwd: project.folder,
    env: { ...plainEnvironment(), DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text))
  return { child, stdout: () => stdout, stderr: () => stderr, ended: once(child, 'close') }
}

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const isWaiting = ({ stderr }: Run) => stderr().includes('Waiting for the run that holds')

const isBuilding = ({ stderr }: Run) => stderr().includes('Committing here, in r1')

/** The server has made the index, and only waits for those who might not see it. */
const isIndexBegun = async () => {
  const rows = await query(
    "SELECT FROM pg_stat_progress_create_index WHERE index_relid = to_regclass('t_n')",
  )
  return rows.length > 0
}

/** Starts all at once, until one of them works and every other one waits for it. */
async function startAll(url: string): Promise<Run> {
  project.write('limbeck.config.ts', 'export default { url: process.env.DATABASE_URL }\n')
  runs = Array.from({ length: count }, () => startRun(url))
  await until(() => runs.filter(isWaiting).length === count - 1)
  const worker = runs.find(run => !isWaiting(run))!
  await until(() => isBuilding(worker))
  return worker
}

function expectSuccess(those: readonly Run[]): void {
  const failed = those.filter(({ child }) => child.exitCode !== 0)
  expect(failed.map(({ child, stderr }) => `${child.exitCode} ${stderr()}`)).toEqual([])
}

async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await isReached()); await sleep(20)) {
    if (Date.now() > deadline || runs.some(({ child }) => (child.exitCode ?? 0) !== 0))
      throw new Error(runs.map(({ child, stderr }) => `${child.exitCode} ${stderr()}`).join('\n'))
  }
}

async function expectWhole(): Promise<void> {
  expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'r2' }])
  expect(await query('SELECT * FROM u ORDER BY id')).toEqual([
    { id: 1, note: 'new' },
    { id: 2, note: 'new' },
  ])
  expect(
    await query(`SELECT i.indexrelid::regclass::text AS name, i.indisvalid AS valid
      FROM pg_index AS i WHERE i.indrelid = 't'::regclass ORDER BY 1`),
  ).toEqual([
    { name: 't_n', valid: true },
    { name: 't_pkey', valid: true },
  ])
  expect(
    await query(`SELECT revision, state, count(*)::integer AS lines FROM limbeck_ledger
      WHERE step = 0 GROUP BY 1, 2 ORDER BY 1`),
  ).toEqual(['r0', 'r1', 'r2'].map(revision => ({ revision, state: 'done', lines: 1 })))
}

const stepsOf = ({ stdout }: Run): string[] =>
  JSON.parse(stdout()).steps.map((step: { revision: string }) => step.revision)

function suite(urlOf: () => Promise<string>): void {
  test(`of ${count} runs at once one works, and the others wait and find nothing to do`, async () => {
    const worker = await startAll(await urlOf())
    await blocker.query('ROLLBACK')
    await Promise.all(runs.map(run => run.ended))
    expectSuccess(runs)
    expect(stepsOf(worker)).toEqual(['r0', 'r1', 'r2'])
    for (const run of runs.filter(other => other !== worker)) {
      expect(stepsOf(run)).toEqual([])
      expect(run.stderr()).toMatch(
        /holds this database: limbeck\S*, from 127\.0\.0\.1, user postgres, pid \d+, since 20/,
      )
      expect(run.stderr()).toContain('Nothing to do')
    }
    await expectWhole()
  }, 240_000)

  test('when the one that works is killed, another one goes on', async () => {
    const killed = await startAll(await urlOf())
    await until(isIndexBegun)
    killed.child.kill('SIGKILL')
    const others = runs.filter(run => run !== killed)
    await until(() => others.some(isBuilding))
    // What the server still did for the dead run is given up.
    await until(async () => !(await isIndexBegun()))
    await blocker.query('ROLLBACK')
    await Promise.all(runs.map(run => run.ended))
    expectSuccess(others)
    expect(others.map(stepsOf).filter(steps => steps.length > 0)).toEqual([['r1', 'r2']])
    await expectWhole()
  }, 240_000)
}

describe('directly', () => {
  suite(async () => database.url)

  test('a run that waits is ended by Ctrl-C at once', async () => {
    const worker = await startAll(database.url)
    const waiting = runs.find(run => run !== worker)!
    waiting.child.kill('SIGINT')
    await waiting.ended
    expect(waiting.child.exitCode).not.toBe(0)
    expect(worker.child.exitCode).toBeNull()
  }, 120_000)
})

const missing = missingPgbouncer()
if (missing !== undefined) notRun('through PgBouncer in transaction mode', missing)
else
  describe('through PgBouncer in transaction mode', () => {
    let pooler: PgbouncerProcess | undefined
    afterAll(() => pooler?.stop())
    suite(async () => {
      pooler ??= await startPgbouncer((await postgresServer()).url)
      return pooler.through(database.url)
    })
  })
