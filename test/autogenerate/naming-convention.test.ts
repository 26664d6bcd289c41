import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

const namingConvention = {
  ix: 'ix_%(column_0_N_label)s',
  uq: 'uq_%(table_name)s_%(column_0_N_name)s',
  ck: 'ck_%(table_name)s_%(constraint_name)s',
  fk: 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
  pk: 'pk_%(table_name)s',
}

let database: TestDatabase
let project: TestProject
beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('naming')
  project = createProject(database.url)
  project.configure({ namingConvention })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

async function names(): Promise<string[]> {
  const rows = await queryOnce<{ name: string }>(
    database.url,
    `SELECT conname AS name FROM pg_constraint WHERE conrelid <> 0 AND contype <> 'n'
        AND connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass
        AND conrelid::regclass::text <> 'limbeck_ledger'
      UNION SELECT relname FROM pg_class WHERE relname LIKE 'ix_%' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

test('a proposal holds the names that the convention makes, and keeps them without it', async () => {
  project.write(
    'models.ts',
    `import { finalName, index, integer, sql, table, text } from 'limbeck'
     export const people = table('people', { id: integer().primaryKey() })
     export const users = table('users', {
       id: integer().primaryKey(),
       person: integer().references('people.id'),
       email: text().unique(),
       age: integer().check(sql\`age > 0\`, 'positive').check(sql\`age < 200\`, finalName('mortal')),
     }, t => [index().on(t.email, t.age)])`,
  )
  project.write('migrations/env.ts', `export const target = () => import('../models.ts')`)
  const { path } = await revision({ ...project.input, autogenerate: true, message: 'users' })
  await upgrade({ ...project.input, revision: 'head' })

  const expected = [
    ...['ck_users_positive', 'fk_users_person_people', 'ix_users_email_users_age', 'mortal'],
    ...['pk_people', 'pk_users', 'uq_users_email'],
  ]
  expect(await names()).toEqual(expected)
  expect((await check(project.input)).pending).toEqual([])
  const text = readFileSync(path!, 'utf8')
  expect(text).toContain("op.f('ck_users_positive')")
  expect(text).toContain(".primaryKey('pk_users')")

  await downgrade({ ...project.input, revision: 'base' })
  project.configure({})
  await upgrade({ ...project.input, revision: 'head' })
  expect(await names()).toEqual(expected)
})

test('a table whose names PostgreSQL chose is proposed with these', async () => {
  project.write('schema.sql', 'CREATE TABLE old (id integer PRIMARY KEY, a text UNIQUE)')
  project.write(
    'migrations/env.ts',
    `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')`,
  )
  await revision({ ...project.input, autogenerate: true, message: 'old' })
  await upgrade({ ...project.input, revision: 'head' })
  expect(await names()).toEqual(['old_a_key', 'old_pkey'])
})

test('what code records while a migration runs is named as well', async () => {
  project.writeRevision({
    id: 'a1',
    upgrade: `op.createTable('t', { a: integer() })
      op.run(({ op }) => op.createUniqueConstraint(null, 't', ['a']))`,
  })
  await upgrade({ ...project.input, revision: 'head' })
  expect(await names()).toEqual(['uq_t_a'])
})
