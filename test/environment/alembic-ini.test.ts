import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { heads } from '../../src/commands/heads.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('alembic_ini')
})
afterAll(() => database.drop())

beforeEach(() => {
  project = createProject('postgresql://unused')
  project.writeRevision({ id: 'a' })
  project.writeRevision({ id: 'b', down: 'a', upgrade: "op.createTable('t', { id: integer() })" })
})
afterEach(() => project.remove())

/** A project of Alembic's that says where its database is, with one key that is not read. */
function input(url: string, more: Partial<TestProject['input']> = {}) {
  project.write(
    'alembic.ini',
    `[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = ${url.replaceAll('%', '%%')}
`,
  )
  return { ...project.input, config: 'alembic.ini', ...more }
}

/** As SQLAlchemy writes it, with parameters that only its drivers know. */
const sqlalchemyUrl = (driver: string) =>
  `${database.url.replace(/^\w+:/, `postgresql+${driver}:`)}${database.url.includes('?') ? '&' : '?'}async_fallback=true&prepared_statement_cache_size=0`

test.each(['psycopg', 'psycopg2', 'asyncpg', 'pg8000'])(
  "a database is moved by the URL of Alembic's file, written for %s",
  async driver => {
    const given = input(sqlalchemyUrl(driver))
    await upgrade({ ...given, revision: 'head' })
    const { revisions } = await current(given)
    expect(revisions.map(({ id }) => id)).toEqual(['b'])
    expect(await queryOnce(database.url, 'SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'b' },
    ])
  },
)

test('the keys that are not read are named once in a command', async () => {
  await heads(input('driver://user:pass@localhost/dbname'))
  expect(project.events.filter(({ type }) => type === 'warning')).toEqual([
    {
      type: 'warning',
      message: expect.stringMatching(/alembic\.ini: not read.*: prepend_sys_path\./),
    },
  ])
})

test('a URL that nobody has written yet is looked for in the environment', async () => {
  const given = input('driver://user:pass@localhost/dbname', {
    env: { DATABASE_URL: database.url },
  })
  expect((await current(given)).revisions).toHaveLength(1)
})

test.each(['sqlite:///app.db', 'mysql+pymysql://app:hunter2@db/shop'])(
  'the graph of a project on %s is read; its database cannot be reached yet',
  async url => {
    const { revisions } = await heads(input(url))
    expect(revisions.map(({ id }) => id)).toEqual(['b'])
    await expect(current(input(url))).rejects.toMatchObject({ code: 'DIALECT_UNSUPPORTED' })
  },
)
