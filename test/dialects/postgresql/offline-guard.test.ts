import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stamp } from '../../../src/commands/stamp.ts'
import { upgrade } from '../../../src/commands/upgrade.ts'
import { missingPgDump, pgDump, pgDumpWithRows } from '../../support/pg-dump.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import { missingPsql, psql } from '../../support/psql.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../../support/servers.ts'
import { promiseGuards } from '../offline-guards.ts'

const isMissing = (missingPsql() ?? missingPgDump(15)) !== undefined

const createDatabase = async () => (await postgresServer()).createDatabase('guard')

describe.skipIf(isMissing)('in psql', () => {
  promiseGuards({
    dialect: 'postgresql',
    endsQuietly: true,
    open: async () => {
      const database = await createDatabase()
      return {
        run: script => psql(database.url, ['-q'], `SET client_min_messages = warning;\n${script}`),
        dump: () => pgDumpWithRows(database.url),
        drop: database.drop,
      }
    },
    odd: {
      config: { versionTable: 'mo`ves\'n "x":y\\d', versionTableSchema: 'Limbeck meta' },
      place: 'CREATE SCHEMA "Limbeck meta";',
    },
  })
})

describe.skipIf(isMissing)('a script for psql', () => {
  let database: TestDatabase
  let project: TestProject

  beforeEach(async () => {
    database = await createDatabase()
    project = createProject(database.url)
    project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
    project.writeRevision({
      id: 'b2',
      down: 'a1',
      upgrade: `  op.createTable('two', { id: integer() })`,
    })
  })

  afterEach(async () => {
    project.remove()
    await database.drop()
  })

  const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

  const rows = async (table = 'alembic_version') =>
    (await query<{ id: string }>(`SELECT version_num AS id FROM ${table} ORDER BY 1`)).map(
      ({ id }) => id,
    )

  const scriptOf = async (revision = 'head') =>
    (await upgrade({ ...project.input, revision, sql: true })).sql!

  const fileOf = async (revision?: string) => {
    const path = join(project.folder, 'script.sql')
    writeFileSync(path, await scriptOf(revision))
    return path
  }

  test.each<[string, string[]]>([
    ['read from a file', ['-f']],
    ['read from a file in one transaction', ['-1', '-f']],
    ['where errors end psql anyhow', ['-v', 'ON_ERROR_STOP=1', '-f']],
    ['where they do not', ['-v', 'ON_ERROR_STOP=0', '-f']],
    ['where nothing is committed by itself', ['-v', 'AUTOCOMMIT=off', '-f']],
    ['through its standard input', []],
  ])('looks first: %s', async (_, words) => {
    const run = async (revision: string) =>
      words.length > 0
        ? psql(database.url, ['-q', ...words, await fileOf(revision)])
        : psql(database.url, ['-q'], await scriptOf(revision))
    expect(await run('head')).toMatchObject({ status: 0, stdout: '' })
    expect(await rows()).toEqual(['b2'])
    const before = await pgDumpWithRows(database.url)
    expect(await run('head')).toEqual({
      status: 0,
      stdout: 'limbeck: this database is at b2 already. Nothing was done.\n',
      stderr: '',
    })
    expect(await run('a1')).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringContaining(
        'limbeck: this database is at b2, and this script starts at base and leads to a1.',
      ),
    })
    expect(await pgDumpWithRows(database.url)).toBe(before)
  })

  test('leaves no variable of its own, and nothing that the next script meets', async () => {
    const path = await fileOf()
    const outer = `\\i '${path}'\n\\i '${path}'\n\\echo :limbeck_guard`
    const { stdout } = await psql(database.url, ['-q'], outer)
    expect(stdout).toMatch(/at b2 already.*\n:limbeck_guard\n$/)
  })

  test('that goes through several schemas passes over those that are done, and no other', async () => {
    project.write(
      'migrations/env.ts',
      `import type { MigrationContext } from 'limbeck'
export async function runMigrationsOffline(context: MigrationContext) {
  for (const tenant of ['acme', 'birch']) {
    await context.execute(\`SET search_path TO \${tenant}\`)
    await context.runMigrations()
  }
}
`,
    )
    await query('CREATE SCHEMA acme; CREATE SCHEMA birch')
    const script = await scriptOf()
    const ofAcme = script.slice(0, script.indexOf('SET search_path TO birch'))
    expect(await psql(database.url, ['-q'], ofAcme)).toMatchObject({ status: 0 })
    expect(await psql(database.url, ['-q'], script)).toMatchObject({ status: 0 })
    expect([await rows('acme.alembic_version'), await rows('birch.alembic_version')]).toEqual([
      ['b2'],
      ['b2'],
    ])
  })

  test('run twice at once does its work once', async () => {
    await query('CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)')
    project.writeRevision({
      id: 'a1',
      upgrade: `  op.execute('CREATE TABLE one AS SELECT FROM pg_sleep(1)')`,
    })
    const script = await scriptOf()
    const run = () => psql(database.url, ['-q'], script)
    const outcomes = await Promise.all([run(), run()])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([0, 3])
    const refused = outcomes.find(({ status }) => status === 3)
    expect(refused?.stderr).toContain('limbeck: this database is at b2 already.')
    expect(await rows()).toEqual(['b2'])
  })

  test('that stopped in the middle of a revision is not begun again', async () => {
    project.writeRevision({
      id: 'b2',
      down: 'a1',
      upgrade: `  op.execute('INSERT INTO one VALUES (1), (1)')
  op.createIndex('ix', 'one', ['id'], { unique: true, concurrently: true })`,
    })
    const script = await scriptOf('a1:head')
    await psql(database.url, ['-q'], await scriptOf('a1'))
    const first = await psql(database.url, ['-q'], script)
    expect(first).toMatchObject({ status: 3, stderr: expect.stringContaining('(id)=(1)') })
    const before = await pgDumpWithRows(database.url)
    const { status, stderr } = await psql(database.url, ['-q'], script)
    expect(status).toBe(3)
    expect(stderr).toContain('limbeck: an earlier run stopped in the middle of revision b2')
    expect(stderr).toContain('delete its last line from the ledger')
    expect(await pgDumpWithRows(database.url)).toBe(before)
    const stamped = (await stamp({ ...project.input, revisions: ['a1:b2'], sql: true })).sql!
    expect(await psql(database.url, ['-q', '-1'], `${stamped}\\echo ok`)).toMatchObject({
      stdout: 'ok\n',
    })
    await query(`UPDATE alembic_version SET version_num = 'a1'`)
    await query(
      'DELETE FROM limbeck_ledger WHERE sequence = (SELECT max(sequence) FROM limbeck_ledger)',
    )
    await query('DROP INDEX ix')
    await query('DELETE FROM one')
    await query(`DELETE FROM limbeck_ledger WHERE state = 'intent'`)
    await query(
      'CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$',
    )
    await query(
      'CREATE TRIGGER keeps_out BEFORE INSERT ON one FOR EACH ROW EXECUTE FUNCTION nothing()',
    )
    expect(await psql(database.url, ['-q'], script)).toMatchObject({ status: 0 })
    expect(await rows()).toEqual(['b2'])
  })

  test('commits a revision that was committed in part before it goes on', async () => {
    project.writeRevision({
      id: 'b2',
      down: 'a1',
      upgrade: `  op.createIndex('ix', 'one', ['id'], { concurrently: true })`,
    })
    project.writeRevision({ id: 'c3', down: 'b2', upgrade: `  op.execute('SELECT 1 / 0')` })
    const script = await scriptOf()
    expect(await psql(database.url, ['-q'], script)).toMatchObject({ status: 3 })
    expect(await rows()).toEqual(['b2'])
    const { stderr } = await psql(database.url, ['-q'], script)
    expect(stderr).toContain('this database is at b2')
    expect(stderr).toContain('`limbeck upgrade b2:c3 --sql`')
  })

  test('needs no more rights than to write the version rows', async () => {
    const role = `limbeck_guard_${process.pid}`
    await psql(database.url, ['-q'], await scriptOf('a1'))
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'nothing'`)
    try {
      await query(`GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version TO ${role}`)
      project.configure({ offlineLedger: false })
      project.writeRevision({ id: 'b2', down: 'a1' })
      const url = Object.assign(new URL(database.url), { username: role, password: 'nothing' })
      const outcome = await psql(url.href, ['-q'], await scriptOf('a1:b2'))
      expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' })
      expect(await rows()).toEqual(['b2'])
    } finally {
      await query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    }
  })

  test('says the same as limbeck itself does, whatever psql makes of signs', async () => {
    const signs = `:limbeck_guard :'name' :"name" :name it's \\ \\d\n\\quit\n\\.\n;\t$$ % -- :USER \\`
    const body = String.raw`BEGIN RETURN (ARRAY[':name', name, E'\\d'])[1:3]; /* \q
\i x :name */ END`
    project.writeRevision({
      id: 'b2',
      down: 'a1',
      upgrade: `  const signs = ${JSON.stringify(signs)}
  op.createTable('signs', { id: integer(), plain: text().default(signs).comment(signs), cast: text().default(sql\`'12'::text::varchar(3)\`) })
  op.execute('INSERT INTO signs VALUES ($1, $2, $3)', { parameters: [1, signs, 'a\\r\\nb'] })
  op.execute(${JSON.stringify(`CREATE FUNCTION f(name text) RETURNS text[] LANGUAGE plpgsql AS $f$${body}$f$`)})`,
    })
    const stored = async () => [
      await pgDump(database.url),
      await query(`SELECT *, f('it''s') FROM signs`),
    ]
    await upgrade({ ...project.input, revision: 'head' })
    const online = await stored()
    await database.drop()
    database = await createDatabase()
    const words = ['-q', '-v', 'name=oops', '-v', 'limbeck_guard=oops']
    expect(await psql(database.url, words, await scriptOf())).toMatchObject({ status: 0 })
    expect(await stored()).toEqual(online)
  })
})

describe('a script of plain SQL', () => {
  test('raises an error anywhere but at its start, whatever runs it', async () => {
    const database = await createDatabase()
    const project = createProject(database.url)
    try {
      project.configure({ offlineGuards: 'sql' })
      project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
      project.writeRevision({ id: 'b2', down: 'a1' })
      const scriptOf = async (revision: string) =>
        (await upgrade({ ...project.input, revision, sql: true })).sql!
      const script = await scriptOf('a1')
      expect(script).not.toMatch(/^\\/m)
      await expect(queryOnce(database.url, await scriptOf('a1:b2'))).rejects.toMatchObject({
        message:
          'limbeck: this database is at base, and this script starts at a1 and leads to b2. Nothing was done.',
        hint: '`limbeck upgrade base:b2 --sql` writes one that starts there.',
      })
      await queryOnce(database.url, script)
      await expect(queryOnce(database.url, script)).rejects.toThrow(
        'limbeck: this database is at a1 already. Nothing was done.',
      )
      expect(await queryOnce(database.url, 'SELECT * FROM alembic_version')).toEqual([
        { version_num: 'a1' },
      ])
    } finally {
      project.remove()
      await database.drop()
    }
  })
})
