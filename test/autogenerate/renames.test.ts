import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RenameQuestion } from '../../src/autogenerate/renames/answers.ts'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { RevisionInput } from '../../src/commands/inputs.ts'
import type { RevisionResult } from '../../src/commands/results/revision.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { pgDump } from '../support/pg-dump.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('renames')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

let files = 0

/** Each time another file: a process imports a module once. */
function writeModels(body: string): void {
  const file = `models-${++files}.ts`
  project.write(file, `import * as l from 'limbeck'\nimport { sql } from 'limbeck'\n${body}\n`)
  project.write('migrations/env.ts', `export const target = () => import('../${file}')\n`)
}

function writeSql(sql: string): void {
  const file = `schema-${++files}.sql`
  project.write(file, sql)
  project.write(
    'migrations/env.ts',
    `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('${file}')\n`,
  )
}

const propose = (options: Partial<RevisionInput> = {}): Promise<RevisionResult> =>
  revision({ ...project.input, autogenerate: true, message: 'change', ...options })

const up = () => upgrade({ ...project.input, revision: 'head' })
const down = () => downgrade({ ...project.input, revision: '-1' })
const pending = async (renames: readonly string[] = []) =>
  (await check({ ...project.input, renames })).pending.map(change => change.description)
const textOf = ({ path }: RevisionResult) => readFileSync(path!, 'utf8')
const rows = (table: string) => query(`SELECT * FROM ${table} ORDER BY 1`)

/** Proposes, upgrades, checks that nothing is left, and goes down and up again with what is there. */
async function proposeAndTravel(options: Partial<RevisionInput> = {}): Promise<RevisionResult> {
  const before = await schemaIn(database.url)
  const result = await propose(options)
  await up()
  expect(await pending()).toEqual([])
  await down()
  expect(await schemaIn(database.url)).toBe(before)
  await up()
  return result
}

/** The schema, without the tables that are limbeck's own. */
async function schemaIn(url: string): Promise<string> {
  const dump = await pgDump(url, ['-s', '-T', 'alembic_version', '-T', 'limbeck_ledger*'])
  return dump.replace(/^\\(un)?restrict .*$/gm, '')
}

describe('a column', () => {
  const users = (column: string) => `export const users = l.table('users', {
    id: l.integer().primaryKey(),
    ${column},
    age: l.integer(),
  }, t => [l.index('ix_age').on(t.age)])`

  beforeEach(async () => {
    writeModels(users('nick: l.varchar(50).notNull().default("?")'))
    await propose()
    await up()
    await query(`INSERT INTO users VALUES (1, 'ada', 36), (2, 'bob', 40)`)
  })

  test('keeps its values where --rename says what it was', async () => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?")'))
    const result = await proposeAndTravel({ renames: ['users.nick=nickname'] })
    expect(result.changes).toEqual(['~ column users.nick: renamed to nickname'])
    expect(result.downgradeLabel).toBe('exact')
    expect(textOf(result)).toContain(`op.alterColumn('users', 'nick', {
    newName: 'nickname',`)
    expect(await query('SELECT nickname FROM users ORDER BY id')).toEqual([
      { nickname: 'ada' },
      { nickname: 'bob' },
    ])
    expect(result.renames).toEqual([
      {
        kind: 'column',
        from: 'users.nick',
        to: 'nickname',
        words: 'users.nick=nickname',
        reasons: [],
        decision: 'given',
      },
    ])
  })

  test('is dropped and added where nobody says it, and the words to say it are told', async () => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?")'))
    const result = await propose()
    expect(result.changes).toEqual(['+ column users.nickname', '- column users.nick'])
    expect(result.downgradeLabel).toBe('lossy: users.nick')
    expect(result.renames).toEqual([
      {
        kind: 'column',
        from: 'users.nick',
        to: 'nickname',
        words: 'users.nick=nickname',
        reasons: [
          'both are varchar(50)',
          'the same default',
          'the same place',
          'the names are close',
        ],
        decision: 'open',
      },
    ])
  })

  test('is asked about where somebody is there, with what speaks for it', async () => {
    writeModels(`export const users = l.table('users', {
      id: l.integer().primaryKey(),
      nickname: l.varchar(50).notNull().default("?"),
      age: l.integer(),
      bio: l.varchar(50),
    }, t => [l.index('ix_age').on(t.age)])`)
    const questions: RenameQuestion[] = []
    const askRename = async (question: RenameQuestion) => {
      questions.push(question)
      return 0
    }
    const result = await propose({ askRename })
    expect(questions.map(({ name, choices }) => [name, choices.map(({ from }) => from)])).toEqual([
      ['users.nickname', ['nick']],
    ])
    expect(result.changes).toEqual([
      '~ column users.nick: renamed to nickname',
      '+ column users.bio',
    ])
    expect(result.renames?.map(({ decision }) => decision)).toEqual(['answer'])
  })

  test('is new where that is the answer', async () => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?")'))
    const result = await propose({ askRename: async () => undefined })
    expect(result.changes).toEqual(['+ column users.nickname', '- column users.nick'])
    expect(result.renames).toEqual([])
  })

  test('is neither asked about nor told with none', async () => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?")'))
    const askRename = () => expect.unreachable()
    const result = await propose({ renames: ['none'], askRename })
    expect(result.changes).toEqual(['+ column users.nickname', '- column users.nick'])
    expect(result.renames).toEqual([])
  })

  test('is renamed by a hint in the model, which makes no difference afterwards', async () => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?").renamedFrom("nick")'))
    const result = await proposeAndTravel()
    expect(result.changes).toEqual(['~ column users.nick: renamed to nickname'])
    expect(result.renames?.map(({ decision }) => decision)).toEqual(['hint'])
    expect(textOf(result)).not.toContain('renamedFrom')
  })

  test('may be changed as well, and lose what the table has under its old name', async () => {
    writeModels(`export const people = l.table('people', {
      id: l.integer().primaryKey(),
      nickname: l.text(),
    })`)
    const result = await proposeAndTravel({ renames: ['users=people', 'users.nick=nickname'] })
    expect(result.downgradeLabel).toBe('lossy: users.age')
    expect(result.changes?.slice(0, 2)).toEqual([
      '~ table users: renamed to people',
      '~ column people.nick: renamed to nickname',
    ])
    expect(await rows('people')).toEqual([
      { id: 1, nickname: 'ada' },
      { id: 2, nickname: 'bob' },
    ])
  })

  test.each([
    ['users.nik=nickname', 'the database has no users.nik', 'Did you mean users.nick?'],
    ['user.nick=nickname', 'the database has no user.nick', 'Did you mean users.nick?'],
    ['users.nick=nicknam', 'the target has no column nicknam of users', 'Did you mean nickname?'],
    ['users.nick=age', 'the database has a age already', undefined],
    ['users.nick', 'it is no rename', undefined],
  ])('that --rename names wrongly is an error: %s', async (words, problem, hint) => {
    writeModels(users('nickname: l.varchar(50).notNull().default("?")'))
    await expect(pending([words])).rejects.toMatchObject({
      code: 'RENAME_INVALID',
      message: `--rename ${words}: ${problem}.`,
      exitStatus: 2,
      ...(hint && { hint }),
    })
  })

  test('cannot become two, nor be two', async () => {
    writeModels(users('nickname: l.varchar(50), alias: l.varchar(50)'))
    await expect(pending(['users.nick=nickname', 'users.nick=alias'])).rejects.toMatchObject({
      message: '--rename users.nick=alias: `users.nick=nickname` has nick already.',
    })
    await expect(pending(['users.nick=alias', 'users.id=alias'])).rejects.toMatchObject({
      message: '--rename users.id=alias: `users.nick=alias` has alias already.',
    })
  })
})

/** Builds the database and the target from SQL. */
async function given(before: string, after: string): Promise<void> {
  await query(before)
  writeSql(after)
}

/** The dump of the database is that of one that the SQL has built. */
async function expectLike(sql: string): Promise<void> {
  const other = await (await postgresServer()).createDatabase('target')
  try {
    await queryOnce(other.url, sql)
    expect(await schemaIn(database.url)).toBe(await schemaIn(other.url))
  } finally {
    await other.drop()
  }
}

describe('a table', () => {
  const before = `CREATE TABLE users (id serial PRIMARY KEY, n bigint GENERATED ALWAYS AS IDENTITY,
      name text UNIQUE, boss integer REFERENCES users, CHECK (name <> ''));
    CREATE INDEX ON users (boss);
    CREATE TABLE orders (id integer PRIMARY KEY, "user" integer REFERENCES users);
    CREATE VIEW names AS SELECT u.name FROM users u WHERE u.name <> 'x';
    ALTER TABLE users ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON users USING (name = CURRENT_USER);
    INSERT INTO users (name) VALUES ('ada'), ('bob')`
  const after = before.replaceAll('users', 'people').replace(/;\s*INSERT.*/, '')

  test('takes along all that stands on it; names that nobody chose stay, but for sequences', async () => {
    await given(before, after)
    const result = await proposeAndTravel({ renames: ['users=people'] })
    expect(result.downgradeLabel).toBe('exact')
    expect(result.changes).toEqual([
      '~ table users: renamed to people',
      '~ sequence users_id_seq: renamed to people_id_seq',
      '~ column people.n: identity with another name of its sequence',
    ])
    expect(await query('SELECT id, n::int, name FROM people')).toEqual([
      { id: 1, n: 1, name: 'ada' },
      { id: 2, n: 2, name: 'bob' },
    ])
    expect(await query(`INSERT INTO people (name) VALUES ('eve') RETURNING id, n::int`)).toEqual([
      { id: 3, n: 3 },
    ])
    expect(
      await query(
        `SELECT conname::text FROM pg_constraint WHERE conrelid = 'people'::regclass ORDER BY 1`,
      ),
    ).toEqual([
      { conname: 'users_boss_fkey' },
      { conname: 'users_name_check' },
      { conname: 'users_name_key' },
      { conname: 'users_pkey' },
    ])
  })

  test('gives its constraints and indexes the names that somebody chose', async () => {
    const named = `CREATE TABLE people (id integer CONSTRAINT people_pkey PRIMARY KEY, name text,
        CONSTRAINT people_name_key UNIQUE (name), CONSTRAINT people_name_check CHECK (name <> ''));
      CREATE INDEX ix_people ON people (lower(name))`
    const unnamed = `CREATE TABLE users (id integer PRIMARY KEY, name text UNIQUE CHECK (name <> ''));
      CREATE INDEX ON users (lower(name))`
    await given(unnamed, named)
    const result = await proposeAndTravel({ renames: ['users=people'] })
    expect(result.changes).toEqual([
      '~ table users: renamed to people',
      '~ primary key users_pkey on people: renamed to people_pkey',
      '~ unique constraint users_name_key on people: renamed to people_name_key',
      '~ check users_name_check on people: renamed to people_name_check',
      '~ index users_lower_idx: renamed to ix_people',
    ])
    await expectLike(named)
  })
})

describe('names that change places', () => {
  test('go by way of a name that nothing has, and come back so', async () => {
    await given(
      `CREATE TABLE a (x integer, y integer); CREATE TABLE b (z text);
        INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES ('b')`,
      'CREATE TABLE b (y integer, x integer); CREATE TABLE a (z text)',
    )
    const result = await proposeAndTravel({ renames: ['a=b', 'b=a', 'b.x=y', 'b.y=x'] })
    expect(result.changes).toEqual([
      '~ table a: renamed to limbeck_aside_1',
      '~ table b: renamed to a',
      '~ table limbeck_aside_1: renamed to b',
      '~ column b.x: renamed to limbeck_aside_1',
      '~ column b.y: renamed to x',
      '~ column b.limbeck_aside_1: renamed to y',
    ])
    expect(result.downgradeLabel).toBe('exact')
    expect(await query('SELECT x, y FROM b')).toEqual([{ x: 2, y: 1 }])
    expect(await rows('a')).toEqual([{ z: 'b' }])
  })

  test('in a row go from its end, by hints too, which mean nothing once that is done', async () => {
    await query('CREATE TABLE t (a integer, b integer); INSERT INTO t VALUES (1, 2)')
    writeModels(`export const t = l.table('t', {
      b: l.integer().renamedFrom('a'),
      c: l.integer().renamedFrom('b'),
    })`)
    const result = await proposeAndTravel()
    expect(result.changes).toEqual(['~ column t.b: renamed to c', '~ column t.a: renamed to b'])
    expect(await rows('t')).toEqual([{ b: 1, c: 2 }])
  })
})

describe('an enum', () => {
  const before = `CREATE TYPE status AS ENUM ('open', 'on hold', 'done');
    CREATE TABLE t (s status DEFAULT 'open' CHECK (s <> 'on hold'));
    INSERT INTO t VALUES ('open'), ('done')`

  test('and its values keep the rows that have them', async () => {
    const after = `CREATE TYPE state AS ENUM ('active', 'on hold', 'done');
      CREATE TABLE t (s state DEFAULT 'active' CHECK (s <> 'on hold'))`
    await given(before, after)
    const result = await proposeAndTravel({ renames: ['status=state', "status.'open'='active'"] })
    expect(result.changes).toEqual([
      '~ enum status: renamed to state',
      '~ enum state: value open renamed to active',
    ])
    expect(result.downgradeLabel).toBe('exact')
    expect(await rows('t')).toEqual([{ s: 'active' }, { s: 'done' }])
    await expectLike(after)
  })

  test('takes hints from the model, and values are candidates in their place', async () => {
    await query(before)
    const model = (options: string) => `export const t = l.table('t', {
        s: l.enumType('status', ['active', 'on hold', 'done']${options}).default('active')
          .check(sql\`s <> 'on hold'\`),
      })`
    writeModels(model(''))
    const { renames } = await check(project.input)
    expect(renames.map(({ words, decision }) => [words, decision])).toEqual([
      ["status.'open'='active'", 'open'],
    ])
    writeModels(model(", { valuesRenamedFrom: { active: 'open' } }"))
    expect(await pending()).toEqual(['~ enum status: value open renamed to active'])
  })
})

describe('constraints and indexes of the same definition', () => {
  const before = `CREATE TABLE t (a integer, b integer, c text);
    ALTER TABLE t ADD CONSTRAINT t_old PRIMARY KEY (a), ADD CONSTRAINT b_old UNIQUE (b),
      ADD CONSTRAINT c_old CHECK (c <> ''), ADD CONSTRAINT f_old FOREIGN KEY (b) REFERENCES t;
    CREATE INDEX i_old ON t (lower(c)) WHERE a > 0; ALTER TABLE t REPLICA IDENTITY USING INDEX b_old;
    ALTER TABLE t ALTER b SET NOT NULL; ALTER TABLE t REPLICA IDENTITY USING INDEX b_old`

  test('are left alone where the target leaves their names to the database', async () => {
    await given(
      before.replace('ALTER TABLE t REPLICA IDENTITY USING INDEX b_old;', ''),
      `CREATE TABLE t (a integer PRIMARY KEY, b integer NOT NULL UNIQUE REFERENCES t, c text CHECK (c <> ''));
        CREATE INDEX ON t (lower(c)) WHERE a > 0; ALTER TABLE t REPLICA IDENTITY USING INDEX t_b_key`,
    )
    expect(await check(project.input)).toMatchObject({ pending: [], renames: [] })
  })

  test('are renamed where the target names them', async () => {
    const after = before
      .replace('ALTER TABLE t REPLICA IDENTITY USING INDEX b_old;', '')
      .replaceAll('_old', '_new')
    await given(before.replace('ALTER TABLE t REPLICA IDENTITY USING INDEX b_old;', ''), after)
    const result = await proposeAndTravel({
      askRename: async ({ name }) => expect.unreachable(`${name} was asked about`),
    })
    expect(result.renames?.map(({ decision }) => decision)).toEqual(Array(5).fill('pair'))
    expect(result.changes).toEqual([
      '~ unique constraint b_old on t: renamed to b_new',
      '~ primary key t_old on t: renamed to t_new',
      '~ check c_old on t: renamed to c_new',
      '~ foreign key f_old on t: renamed to f_new',
      '~ index i_old: renamed to i_new',
    ])
    expect(textOf(result)).toContain(`op.renameConstraint('b_old', 'b_new', 't')`)
    expect(textOf(result)).toContain(`op.renameIndex('i_old', 'i_new', { table: 't' })`)
    await expectLike(after)
  })

  test('are renamed all the same where another table is to have the name', async () => {
    await given(
      'CREATE TABLE users (id integer PRIMARY KEY)',
      'CREATE TABLE people (id integer PRIMARY KEY); CREATE TABLE users (id integer PRIMARY KEY)',
    )
    const result = await proposeAndTravel({ renames: ['users=people'] })
    expect(result.changes).toEqual([
      '~ table users: renamed to people',
      '~ primary key users_pkey on people: renamed to people_pkey',
      '+ table users (1 column)',
    ])
  })

  test('of partitions follow those of their parents', async () => {
    const sql = (
      index: string,
    ) => `CREATE TABLE p (a integer, b integer CHECK (b > 0)) PARTITION BY RANGE (a);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
      CREATE INDEX ${index} ON p (b); ALTER TABLE p ADD CONSTRAINT ${index}_u UNIQUE (a, b);
      CREATE TABLE q (a integer, CONSTRAINT ${index}_c CHECK (a > 1)); CREATE TABLE q1 () INHERITS (q);
      CREATE TABLE q2 (a integer, CONSTRAINT ${index}_c CHECK (a > 1)); ALTER TABLE q2 INHERIT q`
    await given(sql('old'), sql('new'))
    const result = await proposeAndTravel()
    expect(result.changes).toEqual([
      '~ unique constraint old_u on p: renamed to new_u',
      '~ check old_c on q: renamed to new_c',
      '~ index old: renamed to new',
    ])
    await expectLike(sql('new'))
  })
})

describe('SQL files', () => {
  test('say in a comment what was renamed; a text that only looks like one says nothing', async () => {
    await given(
      'CREATE TABLE users (nick text, mail text); CREATE VIEW v AS SELECT 1 AS a',
      `-- limbeck: rename users=people
        CREATE TABLE people (
          -- limbeck: rename people.nick=nickname
          nickname text DEFAULT '-- limbeck: rename people.mail=email',
          email text);
        CREATE VIEW w AS SELECT 1 AS a`,
    )
    const { pending: changes, renames } = await check(project.input)
    expect(changes.map(({ description }) => description).slice(0, 2)).toEqual([
      '~ table users: renamed to people',
      '~ column people.nick: renamed to nickname',
    ])
    expect(renames.map(({ words, decision }) => `${words} ${decision}`)).toEqual([
      'users=people hint',
      'people.nick=nickname hint',
      'v=w open',
      'people.mail=email open',
    ])
  })

  test('with a comment that is no rename are refused, with the line', async () => {
    writeSql('CREATE TABLE t ();\n-- limbeck: rename nothing')
    await expect(pending()).rejects.toMatchObject({
      code: 'RENAME_INVALID',
      message: `schema-${files}.sql:2: \`nothing\` is no rename.`,
    })
  })
})

test('schemas, views, functions, sequences and types are renamed as they are', async () => {
  const before = `CREATE SCHEMA a; CREATE TABLE a.t (x integer);
    CREATE DOMAIN code AS text CHECK (VALUE <> ''); CREATE SEQUENCE s START 7;
    CREATE VIEW v AS SELECT 1 AS a; CREATE MATERIALIZED VIEW m AS SELECT 1 AS b;
    CREATE FUNCTION f(x integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'`
  const after = before
    .replace('SCHEMA a', 'SCHEMA b')
    .replace('a.t', 'b.t')
    .replace('code', 'word')
    .replace('SEQUENCE s', 'SEQUENCE numbers')
    .replace('VIEW v', 'VIEW w')
    .replace('VIEW m', 'VIEW n')
    .replace('FUNCTION f', 'FUNCTION g')
  await given(before, after)
  const renames = ['code=word', 'f=g', 'm=n', 's=numbers', 'v=w']
  const { renames: open } = await check(project.input)
  expect(open.map(({ words }) => words).sort()).toEqual(renames)
  const result = await proposeAndTravel({ renames: ['a=b', ...renames] })
  expect(result.changes).toHaveLength(6)
  expect(result.changes?.every(change => change.startsWith('~'))).toBe(true)
  await expectLike(after.replace('CHECK (VALUE', 'CONSTRAINT code_check CHECK (VALUE'))
})

test('what a filter leaves out stays where it is, on a table that gets another name too', async () => {
  await query(`CREATE TABLE users (a integer); CREATE INDEX theirs ON users (a);
    ALTER TABLE users ADD CONSTRAINT "their own" CHECK (a > 0)`)
  writeModels(
    `export const people = l.table('people', { a: l.integer() }, { renamedFrom: 'users' })`,
  )
  project.write(
    'migrations/env.ts',
    `export const target = () => import('../models-${files}.ts')
const includeName = name => !name.startsWith('their')
export async function runMigrationsOnline(context) {
  await context.connect()
  context.configure({ includeName })
  await context.runMigrations()
}
`,
  )
  const result = await proposeAndTravel()
  expect(result.changes).toEqual(['~ table users: renamed to people'])
})

test('the new PostgreSQL that has names for NOT NULL has nothing to say of those that nobody chose', async () => {
  const newest = await (await postgresServer(18)).createDatabase('renames')
  const own = createProject(newest.url)
  try {
    await queryOnce(newest.url, 'CREATE TABLE users (id serial PRIMARY KEY, nick text NOT NULL)')
    own.write('schema.sql', 'CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL)')
    own.write(
      'migrations/env.ts',
      `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')\n`,
    )
    const result = await revision({
      ...own.input,
      autogenerate: true,
      message: 'names',
      renames: ['users=people', 'people.nick=name'],
    })
    expect(result.changes).toEqual([
      '~ table users: renamed to people',
      '~ column people.nick: renamed to name',
      '~ sequence users_id_seq: renamed to people_id_seq',
    ])
    expect(result.notes?.filter(note => note.includes('NOT NULL'))).toEqual([])
    await upgrade({ ...own.input, revision: 'head' })
    expect((await check(own.input)).pending).toEqual([])
  } finally {
    own.remove()
    await newest.drop()
  }
})

describe('a table that moves to another schema', () => {
  const tables = (place: string) => `
    CREATE SCHEMA auth;
    CREATE TABLE ${place}.users (id serial PRIMARY KEY, email text UNIQUE, name text CHECK (name <> ''));
    CREATE INDEX users_name ON ${place}.users (name);
    CREATE TABLE public.posts (id integer, author integer REFERENCES ${place}.users);
    CREATE VIEW public.names AS SELECT name FROM ${place}.users`

  beforeEach(async () => {
    await query(tables('public').replace('CREATE SCHEMA auth;', ''))
    await query(`INSERT INTO users (email, name) VALUES ('a', 'Ann'), ('b', 'Bob')`)
    await query('INSERT INTO posts VALUES (1, 2)')
  })

  test('moves with all that is its own, into a schema that comes', async () => {
    writeSql(tables('auth'))
    const result = await proposeAndTravel({ renames: ['users=auth.users'] })
    expect(textOf(result)).toContain("op.renameTable('users', 'users', { newSchema: 'auth' })")
    expect(textOf(result)).toContain(
      "op.renameTable('users', 'users', { schema: 'auth', newSchema: 'public' })",
    )
    expect(result.downgradeLabel).toBe('exact')
    expect(await rows('auth.users')).toEqual([
      { id: 1, email: 'a', name: 'Ann' },
      { id: 2, email: 'b', name: 'Bob' },
    ])
  })

  test('is asked about, and told of with the words that say yes', async () => {
    writeSql(tables('auth'))
    expect((await check(project.input)).renames).toMatchObject([
      {
        kind: 'table',
        from: 'users',
        to: 'auth.users',
        words: 'users=auth.users',
        decision: 'open',
      },
    ])
    const questions: RenameQuestion[] = []
    const { renames } = await propose({
      askRename: async question => {
        questions.push(question)
        return undefined
      },
    })
    expect(questions).toContainEqual({
      kind: 'table',
      name: 'auth.users',
      choices: [{ from: 'public.users', reasons: ['3 of 3 columns agree', 'the names are close'] }],
    })
    expect(renames).toEqual([])
  })

  test('may get another name there, as a hint in a file says', async () => {
    writeSql(
      `-- limbeck: rename users=auth.people\n${tables('auth').replaceAll('auth.users', 'auth.people')}`,
    )
    const result = await proposeAndTravel()
    expect(textOf(result)).toContain("op.renameTable('users', 'people', { newSchema: 'auth' })")
    expect(await rows('auth.people')).toHaveLength(2)
  })
})

test('a value of an enum that --map leads elsewhere is no rename', async () => {
  await query(`CREATE TYPE status AS ENUM ('open', 'lost'); CREATE TABLE t (s status)`)
  writeSql(`CREATE TYPE status AS ENUM ('open', 'draft'); CREATE TABLE t (s status)`)
  expect((await check(project.input)).renames).toMatchObject([{ words: "status.'lost'='draft'" }])
  expect((await propose({ mappings: ['status.lost=draft'] })).renames).toEqual([])
})
