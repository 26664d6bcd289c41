import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: CliProject

beforeEach(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('killed')
  project = createCliProject()
  project.write('limbeck.config.ts', `export default { url: '${database.url}' }\n`)
  project.write('migrations/versions/a_fill.ts', script)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const script = `/** fill */
import { integer, type Op, sql } from 'limbeck'
export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  op.addColumn('t', { filled: integer() })
  op.backfill('t', { set: { n: sql\`n + 1\`, filled: 1 }, batchSize: 1000, batchTime: 30, pause: 3 })
  op.alterColumn('t', 'filled', { nullable: false })
}
export function downgrade(_op: Op) {}
`

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const filled = async () => {
  const [row] = await query<{ n: number }>('SELECT count(*)::integer AS n FROM t WHERE n > 0')
  return row!.n
}

test('a backfill whose process is killed goes on, and meets every row once', async () => {
  await query(`CREATE TABLE t (id bigint PRIMARY KEY, n integer NOT NULL DEFAULT 0);
    INSERT INTO t SELECT i FROM generate_series(1, 100000) AS i; ANALYZE t`)
  const reached: number[] = []
  for (const share of [0.1, 0.3, 0.5]) reached.push(await killedBehind(100_000 * share))
  expect(reached).toEqual([...reached].sort((a, b) => a - b))
  expect(reached.at(-1)).toBeLessThan(100_000)

  const { status, stderr } = await project.limbeck(['upgrade', 'head'])
  expect(stderr).toContain('a goes on where an earlier run has left it: 1 of its 3 steps')
  expect(stderr).toContain('Backfill of t: 100,000 rows')
  expect(status).toBe(0)
  expect(await query('SELECT n, filled, count(*)::integer AS rows FROM t GROUP BY 1, 2')).toEqual([
    { n: 1, filled: 1, rows: 100_000 },
  ])
}, 120_000)

/** Kills a run as soon as so many rows are filled; tells how many are when its session is over. */
async function killedBehind(rows: number): Promise<number> {
  const bin = join(project.folder, 'node_modules/limbeck/bin/limbeck.js')
  const child = spawn(process.execPath, [bin, 'upgrade', 'head'], {
    cwd: project.folder,
    stdio: 'ignore',
  })
  const exited = once(child, 'exit')
  while ((await filled()) < rows) {
    expect(child.exitCode).toBeNull()
    await setTimeout(2)
  }
  child.kill('SIGKILL')
  expect((await exited)[1]).toBe('SIGKILL')
  while ((await sessions()) > 0) await setTimeout(10)
  return filled()
}

/** Sessions of limbeck that the server has not yet noticed to be over. */
async function sessions(): Promise<number> {
  const [row] = await query<{ n: number }>(`SELECT count(*)::integer AS n FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'limbeck%'`)
  return row!.n
}
