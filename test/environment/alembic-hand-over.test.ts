import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { ensureVersion } from '../../src/commands/ensure-version.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'
import { projectRoot } from '../support/source-files.ts'

/** Scripts that Alembic 1.19.2 has written for PostgreSQL, by the command that it was given. */
const recorded = new Map(
  readFileSync(join(projectRoot, 'test/alembic/vectors/cli-text.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line.includes('"offline-postgresql/'))
    .map(line => JSON.parse(line) as { readonly argv: readonly string[]; readonly stdout: string })
    .map(({ argv, stdout }) => [argv.join(' '), stdout] as const),
)

let database: TestDatabase
let project: TestProject

/** The revisions that those scripts are about: two branches of the first, and their merge. */
beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('alembic')
  project = createProject(database.url)
  for (const [id, down] of [
    ['1975ea83b712', null],
    ['27c6a30d7c24', '1975ea83b712'],
    ['ae1027a6acf0', '1975ea83b712'],
  ] as const)
    project.writeRevision({ id, down, message: id })
  const path = project.writeRevision({ id: '53fffde5ad5c', down: 'ae1027a6acf0' })
  project.write(
    path.slice(project.folder.length + 1),
    readFileSync(path, 'utf8').replace(`= "ae1027a6acf0"`, `= ['ae1027a6acf0', '27c6a30d7c24']`),
  )
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const rows = async (table = 'alembic_version') =>
  (await query<{ id: string }>(`SELECT version_num AS id FROM ${table} ORDER BY 1`)).map(
    row => row.id,
  )

/** The version table as the catalog has it: to its identity and the numbers of its columns. */
const shape = () =>
  query(`SELECT c.oid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
    (SELECT array_agg(conname || ' ' || pg_get_constraintdef(k.oid)) FROM pg_constraint k WHERE conrelid = c.oid) AS keys
    FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
    WHERE c.oid = 'alembic_version'::regclass`)

/** Runs what Alembic has written for a command; each of its changes must find exactly its one row. */
async function alembic(command: string): Promise<void> {
  const script = recorded.get(`${command} --sql`)!
  for (const [statement] of script.matchAll(/^(CREATE|INSERT|UPDATE|DELETE)[^;]*/gm)) {
    if (statement.startsWith('CREATE')) {
      await query(statement)
      continue
    }
    const returning = statement.includes('RETURNING') ? statement : `${statement} RETURNING 1`
    const [row] = await query(`WITH hit AS (${returning}) SELECT count(*)::int AS hit FROM hit`)
    expect({ statement, ...row }).toEqual({ statement, hit: 1 })
  }
}

describe('a database that Alembic has moved goes on as it is, and Alembic with it', () => {
  const first = '1975ea83b712'
  const cart = '27c6a30d7c24'
  const column = 'ae1027a6acf0'
  const merge = '53fffde5ad5c'

  test('up, down and stamped, in turns', async () => {
    await alembic('stamp ae10 27c6')
    const before = await shape()
    expect((await current(project.input)).heads).toEqual([cart, column])
    await upgrade({ ...project.input, revision: 'head' })
    expect(await rows()).toEqual([merge])
    await alembic('downgrade head:base')
    await upgrade({ ...project.input, revision: first })
    await alembic('upgrade 1975:ae10')
    expect((await current(project.input)).heads).toEqual([column])
    await downgrade({ ...project.input, revision: first })
    await alembic('upgrade 1975:cart@+1')
    await stamp({ ...project.input, revisions: [first] })
    await alembic('stamp 1975:head')
    await downgrade({ ...project.input, revision: cart })
    expect(await rows()).toEqual([cart, column])
    await stamp({ ...project.input, revisions: [cart], purge: true })
    await alembic('downgrade 27c6:-1')
    expect((await current(project.input)).heads).toEqual([first])
    await stamp({ ...project.input, revisions: ['heads'] })
    await alembic('stamp head:base')
    expect(await rows()).toEqual([])
    expect(await shape()).toEqual(before)
  })

  test("and limbeck's own table is no other than Alembic's", async () => {
    await alembic('upgrade head')
    const made = await shape()
    await query('DROP TABLE alembic_version')
    await upgrade({ ...project.input, revision: 'head' })
    const withoutIdentity = (columns: object[]) => columns.map(column => ({ ...column, oid: 0 }))
    expect(withoutIdentity(await shape())).toEqual(withoutIdentity(made))
  })
})

describe('a role that may not create tables', () => {
  const role = `limbeck_may_not_create_${process.pid}`
  const both = ['27c6a30d7c24', 'ae1027a6acf0']
  let url: string

  beforeEach(async () => {
    await alembic('stamp ae10 27c6')
    await query('CREATE SCHEMA meta')
    await query('ALTER TABLE alembic_version SET SCHEMA meta')
    await query('ALTER TABLE meta.alembic_version RENAME TO moves')
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'nothing'; GRANT USAGE ON SCHEMA meta TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON meta.moves TO ${role}`)
    url = Object.assign(new URL(database.url), { username: role, password: 'nothing' }).href
    project.configure({ versionTable: 'moves', versionTableSchema: 'meta' })
  })

  afterEach(() => query(`DROP OWNED BY ${role}; DROP ROLE ${role}`))

  test('is told that the ledger is missing, and what to do', async () => {
    expect((await current({ ...project.input, url })).heads).toEqual(both)
    await expect(upgrade({ ...project.input, url, revision: 'head' })).rejects.toMatchObject({
      code: 'RIGHTS_MISSING',
      message: expect.stringContaining('create anything in the schema meta'),
      hint: expect.stringContaining('`limbeck ensure-version --sql`'),
      facts: {
        missing: [expect.objectContaining({ grant: `GRANT CREATE ON SCHEMA meta TO ${role};` })],
      },
    })
    expect(await rows('meta.moves')).toEqual(both)
  })

  test('moves the database once the ledger is there', async () => {
    await query((await ensureVersion({ ...project.input, sql: true })).sql!)
    await query(`GRANT SELECT, INSERT, UPDATE ON meta.limbeck_ledger TO ${role}`)
    await upgrade({ ...project.input, url, revision: 'head' })
    expect(await rows('meta.moves')).toEqual(['53fffde5ad5c'])
    expect(await query('SELECT revision FROM meta.limbeck_ledger')).toEqual([
      { revision: '53fffde5ad5c' },
    ])
  })
})
