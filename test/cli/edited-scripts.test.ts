import { utimesSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { limbeckIn } from '../support/command-line.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('edited')
  project = createProject(database.url)
  project.write(
    'models.ts',
    "import { integer, table } from 'limbeck'\nexport const one = table('one', { id: integer() })\n",
  )
  project.write('migrations/env.ts', "export const target = () => import('../models.ts')\n")
  write('one', '')
  project.writeRevision({ id: 'b', down: 'a', upgrade: "  op.execute('SELECT 1')" })
  await upgrade({ ...project.input, revision: 'head' })
  project.events.length = 0
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)
const limbeck = (...words: readonly string[]) => limbeckIn(project.folder, words)

// A process imports a file again only where its time is another.
let days = 0
let changedAt = ''

function write(table: string, comment: string, downgrade = ''): string {
  const path = project.writeRevision({
    id: 'a',
    upgrade: `  ${comment}\n  op.createTable('${table}', { id: integer() })`,
    downgrade,
  })
  changedAt = new Date(Date.UTC(2031, 1, ++days, 4, 5, 6)).toISOString()
  utimesSync(path, new Date(changedAt), new Date(changedAt))
  return path
}

describe('a script that was edited after it was applied', () => {
  test('fails check with status 7, and is told with times and hashes', async () => {
    write('uno', '')
    const { status, stdout, stderr } = await limbeck('check')
    expect(status).toBe(7)
    const [row] = await query<{ hash: string; at: string }>(
      `SELECT left(operations_hash, 8) AS hash, to_char(finished AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS at
       FROM limbeck_ledger WHERE revision = 'a'`,
    )
    expect(stdout).toContain('No new upgrade operations detected.')
    expect(stdout).toMatch(/a was edited after it was applied: .*versions\/a_test\.ts/)
    expect(stdout).toContain(`(applied ${row!.at}+00:00, hash ${row!.hash}; `)
    expect(stdout).toContain(`the file is of ${changedAt.slice(0, 10)} 04:05:06+00:00, hash `)
    expect(stderr).toContain('Edited after having been applied: a.')
    expect(stderr).toContain('limbeck stamp --accept a')
  })

  test('is listed by check --json', async () => {
    const path = write('uno', '')
    const { status, stdout } = await limbeck('check', '--json')
    const [row] = await query<{ hash: string }>(
      "SELECT operations_hash AS hash FROM limbeck_ledger WHERE revision = 'a'",
    )
    expect(status).toBe(7)
    expect(JSON.parse(stdout).edited).toEqual([
      {
        revision: 'a',
        path: expect.stringContaining(path),
        appliedAt: expect.any(String),
        changedAt,
        appliedHash: row!.hash,
        hash: expect.not.stringContaining(row!.hash),
      },
    ])
  })

  test('is a warning of upgrade, which goes on', async () => {
    write('uno', '')
    project.writeRevision({ id: 'c', down: 'b', upgrade: "  op.execute('SELECT 2')" })
    const { steps } = await upgrade({ ...project.input, revision: 'head' })
    expect(steps.map(step => step.revision)).toEqual(['c'])
    expect(project.events.filter(event => event.type === 'warning')).toEqual([
      {
        type: 'warning',
        message: expect.stringMatching(/^a was edited after it was applied: .*stamp --accept a/),
        facts: expect.objectContaining({ revision: 'a', changedAt }),
      },
    ])
  })

  test.each([
    ['comments', () => write('one', '// as it was')],
    ['types', () => write('one', 'const n: number = 1; void n')],
    ['its downgrade', () => write('one', '', "  op.dropTable('one')")],
  ])('is none where %s have changed', async (_, edit) => {
    edit()
    await upgrade({ ...project.input, revision: 'head' })
    expect(project.events.filter(event => event.type === 'warning')).toEqual([])
    expect((await limbeck('check')).status).toBe(0)
  })

  test('is not run by upgrade where its text is the same', async () => {
    // Run again, it would fail.
    project.writeRevision({
      id: 'c',
      down: 'b',
      upgrade: "  if (process.env.EDITED_ONCE) throw new Error('run')\n  op.execute('SELECT 1')",
    })
    await upgrade({ ...project.input, revision: 'head' })
    process.env.EDITED_ONCE = 'yes'
    try {
      await upgrade({ ...project.input, revision: 'head' })
    } finally {
      delete process.env.EDITED_ONCE
    }
    expect(project.events.filter(event => event.type === 'warning')).toEqual([])
  })

  test('is told of where it cannot be loaded', async () => {
    project.writeRevision({ id: 'a', upgrade: "  throw new Error('not any more')" })
    const { status, stdout } = await limbeck('check')
    expect([status, stdout]).toEqual([7, expect.stringContaining('not any more')])
  })

  test('is accepted by stamp --accept, and edited again it is told of again', async () => {
    write('uno', '')
    expect((await limbeck('stamp', '--accept', 'a')).status).toBe(0)
    expect((await limbeck('check')).status).toBe(0)
    expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'b' }])
    expect((await limbeck('show', 'a', '-v')).stdout).toMatch(
      /^Applied: .*\nScript: as it was then/m,
    )
    write('due', '')
    expect((await limbeck('check')).status).toBe(7)
  })
})

test('stamp --accept refuses what was not applied', async () => {
  project.writeRevision({ id: 'c', down: 'b' })
  const { status, stderr } = await limbeck('stamp', '--accept', 'c')
  expect([status, stderr]).toEqual([1, expect.stringContaining('c was not applied')])
})
