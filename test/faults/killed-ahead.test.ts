import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { loadedAtOnce } from '../../src/runtime/recorded-step.ts'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: CliProject

beforeEach(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('killed_ahead')
  project = createCliProject()
  project.write('limbeck.config.ts', `export default { url: '${database.url}' }\n`)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** The n-th of a row of revisions; the last one is never done with being loaded. */
function script(number: number, isLast: boolean): string {
  const id = (n: number) => `r${String(n).padStart(3, '0')}`
  return `/** ${id(number)} */
import { integer, type Op } from 'limbeck'
${isLast ? 'await new Promise(resolve => setTimeout(resolve, 600_000))' : ''}
export const revision = '${id(number)}'
export const downRevision = ${number === 1 ? null : `'${id(number - 1)}'`}
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  op.createTable('t${number}', { id: integer() })
}
export function downgrade(_op: Op) {}
`
}

const sessions = (state: string) =>
  queryOnce(
    database.url,
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${state}`,
  )

test.each(['SIGINT', 'SIGKILL'] as const)(
  'steps that ran ahead of the scripts leave nothing behind %s',
  async signal => {
    const last = loadedAtOnce + 1
    for (let number = 1; number <= last; number++)
      project.write(`migrations/versions/${number}.ts`, script(number, number === last))
    const bin = join(project.folder, 'node_modules/limbeck/bin/limbeck.js')
    const child = spawn(process.execPath, [bin, 'upgrade', 'head'], {
      cwd: project.folder,
      stdio: 'ignore',
    })
    const exited = once(child, 'exit')
    const hasRun = `state = 'idle in transaction' AND query LIKE 'INSERT INTO limbeck_ledger%'`
    while ((await sessions(hasRun)).length === 0) {
      expect(child.exitCode).toBeNull()
      await setTimeout(10)
    }
    child.kill(signal)
    expect(await exited).toEqual(signal === 'SIGINT' ? [130, null] : [null, signal])
    while ((await sessions('true')).length > 0) await setTimeout(10)
    expect(
      await queryOnce(database.url, `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`),
    ).toEqual([])
  },
  60_000,
)
