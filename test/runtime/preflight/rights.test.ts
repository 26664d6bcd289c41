import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureVersion } from '../../../src/commands/ensure-version.ts'
import { stamp } from '../../../src/commands/stamp.ts'
import { upgrade } from '../../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import { eachServer } from '../../support/each-server.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import { queryOnce, type TestDatabase } from '../../support/servers.ts'

const password = 'ferric-lantern'

eachServer('a role with too few rights', ({ createDatabase, major }) => {
  const role = `preflight_${major}_${process.pid}`
  const owner = `${role}_owner`
  let database: TestDatabase
  let project: TestProject
  let url: string

  const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

  beforeEach(async () => {
    database = await createDatabase('rights')
    await query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'; CREATE ROLE ${owner};
      REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE, CREATE ON SCHEMA public TO ${role}, ${owner}`)
    project = createProject(database.url)
    url = Object.assign(new URL(database.url), { username: role, password }).href
  })

  afterEach(async () => {
    project.remove()
    await query(`REASSIGN OWNED BY ${role}, ${owner} TO CURRENT_USER`)
    await query(`DROP OWNED BY ${role}, ${owner} CASCADE`)
    await query(`DROP ROLE ${role}, ${owner}`)
  })

  const write = (up: string, id = 'a1', down: string | null = null) =>
    project.writeRevision({ id, down, upgrade: `  ${up}` })
  const run = () => upgrade({ ...project.input, url, revision: 'head' })
  const refusal = (work: Promise<unknown> = run()): Promise<LimbeckError> =>
    work.then(
      () => expect.fail('It was not refused.'),
      error => error,
    )
  const tables = async () =>
    (
      await query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
      )
    ).map(({ name }) => name)

  /** Runs the statements that the refusal names. */
  const obey = async (error: LimbeckError) => {
    expect(error.code, error.message).toBe('RIGHTS_MISSING')
    expect(JSON.stringify([error.message, error.hint, error.facts])).not.toContain(password)
    const missing = error.facts.missing as { readonly grant?: string }[]
    for (const { grant } of missing) await query(grant!)
    return missing.map(({ grant }) => grant)
  }

  test('may create nothing in the schema: exactly that is named, and is enough', async () => {
    write(`op.createTable('one', { id: integer() })`)
    await query(`REVOKE CREATE ON SCHEMA public FROM ${role}`)
    const error = await refusal()
    expect(await tables()).toEqual([])
    expect(await obey(error)).toEqual([`GRANT CREATE ON SCHEMA public TO ${role};`])
    await run()
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'one'])
  })

  test('may not even use the schema of the version table', async () => {
    write(`op.createTable('one', { id: integer() })`)
    await query('CREATE SCHEMA "Meta"')
    project.configure({ versionTableSchema: 'Meta' })
    expect(await obey(await refusal())).toEqual([
      `GRANT USAGE, CREATE ON SCHEMA "Meta" TO ${role};`,
    ])
    await run()
  })

  test('may use one schema and not the other', async () => {
    write(`op.createTable('one', { id: integer() }, { schema: 'app' })`)
    await query('CREATE SCHEMA app')
    expect(await obey(await refusal())).toEqual([`GRANT USAGE, CREATE ON SCHEMA app TO ${role};`])
    await run()
  })

  test('may not create schemas', async () => {
    write(`op.createSchema('app')`)
    expect(await obey(await refusal())).toEqual([
      `GRANT CREATE ON DATABASE ${database.name} TO ${role};`,
    ])
    await run()
  })

  test('owns the database, and is not refused', async () => {
    await query(`ALTER DATABASE "${database.name}" OWNER TO ${role};
      REVOKE ALL ON SCHEMA public FROM ${role}; ALTER SCHEMA public OWNER TO ${major >= 14 ? 'pg_database_owner' : role}`)
    write(`op.createTable('one', { id: integer() }); op.createSchema('app')`)
    await run()
  })

  describe('on tables of somebody else', () => {
    beforeEach(async () => {
      await ensureVersion(project.input)
      await query(`GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version TO ${role};
        GRANT SELECT, INSERT, UPDATE ON limbeck_ledger TO ${role}`)
    })

    for (const [right, table, steps] of [
      ['SELECT', 'limbeck_ledger', 1],
      ['INSERT', 'limbeck_ledger', 1],
      ['INSERT', 'alembic_version', 1],
      ['UPDATE', 'alembic_version', 2],
    ] as const) {
      test(`lacks ${right} on ${table}`, async () => {
        write(`op.execute('SELECT 1')`)
        if (steps === 2) write('', 'b1', 'a1')
        await query(`REVOKE ${right} ON ${table} FROM ${role}`)
        expect(await obey(await refusal())).toEqual([`GRANT ${right} ON ${table} TO ${role};`])
        await run()
      })
    }

    test('lacks DELETE on the version table, for a stamp that empties it', async () => {
      write('')
      await query(`REVOKE DELETE ON alembic_version FROM ${role}`)
      const purge = () => stamp({ ...project.input, url, revisions: ['head'], purge: true })
      expect(await obey(await refusal(purge()))).toEqual([
        `GRANT DELETE ON alembic_version TO ${role};`,
      ])
      await purge()
    })

    test('lacks what a run does not need, and is not refused', async () => {
      write('')
      await query(`REVOKE UPDATE, DELETE ON alembic_version FROM ${role};
        REVOKE UPDATE ON limbeck_ledger FROM ${role}; REVOKE CREATE ON SCHEMA public FROM ${role}`)
      await run()
    })

    test('has rights on the columns alone, and is not refused', async () => {
      write('')
      await query(`REVOKE INSERT ON alembic_version FROM ${role};
        GRANT INSERT (version_num) ON alembic_version TO ${role}`)
      await run()
    })

    const changes = [
      `op.addColumn('users', { nick: text() })`,
      `op.dropColumn('users', 'id')`,
      `op.alterColumn('users', 'id', { nullable: false })`,
      `op.renameTable('users', 'people')`,
      `op.dropTable('users')`,
      `op.createIndex('ix', 'users', ['id'])`,
      `op.createUniqueConstraint('uq', 'users', ['id'])`,
      `op.alterTable('users', { comment: 'x' })`,
    ]

    test.each(changes)('may not do %s', async change => {
      await query(`CREATE TABLE users (id integer); ALTER TABLE users OWNER TO ${owner}`)
      write(`op.createTable('before', { id: integer() }); ${change}`)
      const error = await refusal()
      expect(error.message).toContain(`alter users, which belongs to ${owner}`)
      expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'users'])
      expect(await obey(error)).toEqual([`GRANT ${owner} TO ${role};`])
      await run()
    })

    test('is a member that does not inherit: SET ROLE is named, and is enough', async () => {
      await query(`CREATE TABLE users (id integer); ALTER TABLE users OWNER TO ${owner};
        ALTER ROLE ${role} NOINHERIT; GRANT ${owner} TO ${role}`)
      write(changes[0]!)
      const error = await refusal()
      expect(error.hint).toBe(
        `Become ${owner} in env.ts: await context.execute('SET ROLE ${owner}').`,
      )
      await query(
        `GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version, limbeck_ledger TO ${owner}`,
      )
      project.write(
        'migrations/env.ts',
        `export async function runMigrationsOnline(context) {
  await context.execute('SET ROLE ${owner}')
  await context.runMigrations()
}
`,
      )
      await run()
    })

    test.each([
      ['a SET ROLE in a script', `op.execute('SET ROLE ${owner}'); ${changes[0]}`],
      [
        'a SET ROLE behind another statement',
        `op.execute('UPDATE users SET id = 1 WHERE false; SET ROLE ${owner}'); ${changes[0]}`,
      ],
      [
        'a table that the run has made',
        `op.dropTable('users'); op.createTable('users', { id: integer() }); ${changes[5]}`,
      ],
    ])('is not refused for %s', async (_, up) => {
      await query(`CREATE TABLE users (id integer); ALTER TABLE users OWNER TO ${owner};
        ALTER ROLE ${role} NOINHERIT; GRANT ${owner} TO ${role};
        ALTER SCHEMA public OWNER TO ${role};
        GRANT SELECT, INSERT, UPDATE, DELETE ON alembic_version, limbeck_ledger TO ${owner};
        GRANT UPDATE, SELECT ON users TO ${role}`)
      write(up)
      await run()
    })

    test('is refused behind SQL that changes no rights', async () => {
      await query(`CREATE TABLE users (id integer); ALTER TABLE users OWNER TO ${owner}`)
      write(`op.execute('UPDATE users SET id = 1'); ${changes[0]}`)
      expect((await refusal()).code).toBe('RIGHTS_MISSING')
    })

    test('is told of several at once', async () => {
      await query(
        `CREATE TABLE users (id integer); ALTER TABLE users OWNER TO ${owner}; CREATE SCHEMA app`,
      )
      write(`op.createTable('one', { id: integer() }, { schema: 'app' }); ${changes[0]}`)
      const grants = await obey(await refusal())
      expect(grants).toHaveLength(2)
      await run()
    })
  })
})
