import { afterEach, beforeEach, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
const id = 'a'.repeat(200)

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('long_ids')
  project = createProject(database.url)
  project.writeRevision({ id: 'short', upgrade: `  op.createTable('one', { id: integer() })` })
  project.writeRevision({ id, down: 'short' })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = (sql: string) => queryOnce(database.url, sql)
const up = (revision = 'head') => upgrade({ ...project.input, revision })
const refusal = (room: number) => ({
  code: 'REVISION_ID_INVALID',
  message: expect.stringMatching(/'a{40}…' is 200 characters long, .* alembic_version holds \d+\./),
  facts: expect.objectContaining({ length: 200, room }),
})

test('an id that the version table has no room for is refused before anything is done', async () => {
  await expect(up()).rejects.toMatchObject(refusal(32))
  expect(await query(`SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
  await up('short')
  await expect(up()).rejects.toMatchObject(refusal(32))
})

test('a script that creates the version table is not written either', async () => {
  const write = (revision: string) => upgrade({ ...project.input, revision, sql: true })
  await expect(write('head')).rejects.toMatchObject(refusal(32))
  expect((await write('short:head')).sql).toContain(id)
})

test('a version table that was made wider has room, for the ledger too', async () => {
  await up('short')
  await query('ALTER TABLE alembic_version ALTER COLUMN version_num TYPE varchar(199)')
  await expect(up()).rejects.toMatchObject(refusal(199))
  await query('ALTER TABLE alembic_version ALTER COLUMN version_num TYPE text')
  await up()
  expect((await current(project.input)).heads).toEqual([id])
  expect(await query(`SELECT revision FROM limbeck_ledger WHERE revision <> 'short'`)).toEqual([
    { revision: id },
  ])
})
