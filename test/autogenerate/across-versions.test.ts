import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { limbeckIn } from '../support/command-line.ts'
import { shareEmbeddedCache } from '../support/embedded-cache.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase, testMajors } from '../support/servers.ts'

/** What PostgreSQL reads, prints or keeps in another way from one major to the next. */
const schema = `
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm WITH SCHEMA public;
COMMENT ON SCHEMA public IS 'ours';
CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE SEQUENCE tickets AS smallint;
CREATE COLLATION german (provider = icu, locale = 'de');
CREATE TABLE users (
  id serial PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY,
  email citext NOT NULL CONSTRAINT users_email_key UNIQUE,
  kind varchar(10) DEFAULT 'a' NOT NULL CHECK (kind IN ('a', 'b')),
  name text COLLATE german,
  born date CHECK (born > '1900-01-01'),
  at timestamptz DEFAULT now() NOT NULL,
  utc timestamp DEFAULT (now() AT TIME ZONE 'utc'),
  today date DEFAULT CURRENT_DATE,
  mood mood DEFAULT 'good',
  age positive,
  slug text GENERATED ALWAYS AS (lower(trim(BOTH '-' FROM name))) STORED,
  data jsonb DEFAULT '{}'::jsonb NOT NULL,
  path text DEFAULT E'a\\\\b',
  CONSTRAINT born_before CHECK (extract(year FROM born) IS NOT NULL)
);
ALTER TABLE users ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX users_name ON users USING gin (name gin_trgm_ops);
CREATE UNIQUE INDEX users_kind ON users (lower(kind), (data ->> 'x')) WHERE mood = 'good';
CREATE TABLE orders (
  id integer NOT NULL,
  users_id integer NOT NULL REFERENCES users ON DELETE SET NULL DEFERRABLE,
  placed date NOT NULL,
  PRIMARY KEY (id, placed),
  CHECK (id > 0 AND placed > DATE '2000-01-01')
) PARTITION BY RANGE (placed);
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE VIEW names AS
  SELECT u.id, u.name, (SELECT count(*) FROM orders o WHERE o.users_id = u.id) AS orders,
    substring(u.name FROM 2 FOR 3) AS part, u.at AT TIME ZONE 'Europe/Berlin' AS here
  FROM users u LEFT JOIN orders USING (id) WHERE u.kind IN ('a', 'b') ORDER BY u.name;
CREATE MATERIALIZED VIEW totals AS
  SELECT date_trunc('month', placed) AS month, count(*) FILTER (WHERE id > 0) AS n
  FROM orders GROUP BY 1 WITH NO DATA;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE OF name ON users FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION touch();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (email = current_setting('app.email'));
CREATE STATISTICS kinds (dependencies, ndistinct) ON kind, born FROM users;
CREATE RULE nothing AS ON DELETE TO users WHERE OLD.kind = 'b' DO INSTEAD NOTHING;
`

const majors = [13, 15, 17].filter(major => testMajors().includes(major) || major === 17)

/** Each command makes a database in this process, on a machine that may have other things to do. */
const patience = { timeout: 300_000 }

describe.each(majors)('a database of PostgreSQL %i against PGlite', patience, major => {
  let database: TestDatabase
  let project: TestProject

  beforeEach(async () => {
    database = await (await postgresServer(major)).createDatabase('across')
    project = createProject(database.url)
    project.configure({ scratch: 'embedded' })
    shareEmbeddedCache(project.folder)
    project.write(
      'migrations/env.ts',
      `import { sqlFiles } from 'limbeck'
export const target = sqlFiles('schema.sql')
`,
    )
  })

  afterEach(async () => {
    project.remove()
    await database.drop()
  })

  const propose = (message: string) => revision({ ...project.input, autogenerate: true, message })

  test('is equal to what it was built from', async () => {
    await queryOnce(database.url, schema)
    project.write('schema.sql', schema)
    const { stdout, stderr, status } = await limbeckIn(project.folder, ['check'])
    expect({ stdout, status }).toEqual({
      stdout: 'No new upgrade operations detected.\n',
      status: 0,
    })
    expect(stderr).toMatch(/^INFO {2}Scratch PGlite 18\.\d+$/m)
  })

  test('gets there and back by proposals that were proved on PGlite, and a note says so', async () => {
    project.write('schema.sql', schema)
    const created = await propose('create')
    expect(created.notes).toContainEqual(
      expect.stringMatching(/^proved with PGlite 18\.\d+: that PostgreSQL \d+, which the database/),
    )
    await upgrade({ ...project.input, revision: 'head' })
    expect((await check(project.input)).pending).toEqual([])
    project.write(
      'schema.sql',
      schema
        .replace(`born > '1900-01-01'`, `born > '1800-01-01'`)
        .replace(`'-' FROM name`, `'_' FROM name`)
        .replace('u.at AT TIME ZONE', 'u.utc AT TIME ZONE'),
    )
    const changed = await propose('change')
    expect(changed.changes).not.toEqual([])
    await upgrade({ ...project.input, revision: 'head' })
    expect((await check(project.input)).pending).toEqual([])
    await downgrade({ ...project.input, revision: 'base' })
    const left = await queryOnce(
      database.url,
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname = 'public' AND relkind IN ('r', 'v', 'm', 'S', 'p') AND relname !~ 'alembic|limbeck'`,
    )
    expect(left).toEqual([])
  })

  test('is not given what it is too old for', async () => {
    project.write(
      'schema.sql',
      'CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);',
    )
    const error: LimbeckError = await propose('new').then(
      () => expect.unreachable(),
      e => e,
    )
    expect(error).toMatchObject({ code: 'SERVER_TOO_OLD' })
    expect(error.message).toMatch(
      new RegExp(`^The database is too old .*table t.*: PostgreSQL ${major} does not know virtual`),
    )
  })
})
