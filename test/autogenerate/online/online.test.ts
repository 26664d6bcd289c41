import { readFileSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterEach, expect, test } from 'vitest'
import type { RevisionResult } from '../../../src/commands/results/revision.ts'
import { eachServer } from '../../support/each-server.ts'
import { ProposalTrip, type TripCase } from '../proposal-trip.ts'

const tables = `CREATE TABLE users (id integer PRIMARY KEY, email text, age integer);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer, total numeric);
`
const rows = `INSERT INTO users VALUES (1, 'a@b', 30), (2, 'c@d', 40);
INSERT INTO orders VALUES (1, 1, 10), (2, 2, 20)`

/** What each case is proposed as: the message of every file, and its upgrade. */
interface Told extends TripCase {
  readonly files: Readonly<Record<string, string>>
  readonly notes?: readonly string[]
}

const cases: Readonly<Record<string, Told>> = {
  'a foreign key and a check hold for new rows first, and are validated apart': {
    before: tables,
    after: `${tables}
      ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;
      ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total > 0);
      COMMENT ON CONSTRAINT orders_total ON orders IS 'no gifts'`,
    files: {
      'change (1 of 2: not valid)':
        "op.createCheckConstraint('orders_total', 'orders', sql`total > (0)::numeric`, { comment: 'no gifts', notValid: true }) " +
        "op.createForeignKey('orders_user', 'orders', 'users', ['user_id'], ['id'], { onDelete: 'cascade', notValid: true })",
      'change (2 of 2: validate)':
        "op.autocommit(() => { op.validateConstraint('orders_total', 'orders') op.validateConstraint('orders_user', 'orders') })",
    },
  },
  'an index is built and dropped concurrently, in one file': {
    before: `${tables} CREATE INDEX users_age ON users (age)`,
    after: `${tables} CREATE INDEX users_email ON users (lower(email)) WHERE age > 1; COMMENT ON INDEX users_email IS 'x'`,
    files: {
      change:
        "op.dropIndex('users_age', { table: 'users', concurrently: true, existing: index('users_age').on('age') }) " +
        "op.createIndex('users_email', 'users', [sql`lower(email)`], { where: sql`age > 1`, concurrently: true, comment: 'x' })",
    },
  },
  'an index that changes serves until the new one is there': {
    before: `${tables} CREATE INDEX users_find ON users (age)`,
    after: `${tables} CREATE INDEX users_find ON users (age, email)`,
    files: {
      change:
        "op.createIndex('users_find__new', 'users', ['age', 'email'], { concurrently: true }) " +
        "op.dropIndex('users_find', { table: 'users', concurrently: true, existing: index('users_find').on('age') }) " +
        "op.autocommit(() => { op.renameIndex('users_find__new', 'users_find', { table: 'users' }) })",
    },
  },
  'a unique constraint and a primary key take over an index that was built before': {
    before: `CREATE TABLE t (id integer NOT NULL, code text)`,
    after: `CREATE TABLE t (id integer NOT NULL, code text);
      ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
      ALTER TABLE t ADD CONSTRAINT t_code UNIQUE (code) INCLUDE (id) DEFERRABLE`,
    files: {
      change:
        "op.createPrimaryKey('t_pkey', 't', ['id'], { concurrently: true }) " +
        "op.createUniqueConstraint('t_code', 't', ['code'], { concurrently: true, include: ['id'], deferrable: true })",
    },
  },
  'a unique constraint that changes holds until the new one is there': {
    before: `${tables} ALTER TABLE users ADD CONSTRAINT users_key UNIQUE (email)`,
    after: `${tables} ALTER TABLE users ADD CONSTRAINT users_key UNIQUE (email, age)`,
    rows,
    files: {
      change:
        "op.createUniqueConstraint('users_key__new', 'users', ['email', 'age'], { concurrently: true }) " +
        "op.autocommit(() => { op.dropConstraint('users_key', 'users', { type: 'unique', existing: unique('users_key').on('email') }) " +
        "op.renameConstraint('users_key__new', 'users_key', 'users') })",
    },
  },
  'NOT NULL is set when a check has proved it': {
    before: tables,
    after: tables.replace('email text', "email text DEFAULT 'none' NOT NULL"),
    rows,
    notes: [
      'users.email becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill',
    ],
    files: {
      'change (1 of 3: not valid)':
        "op.alterColumn('users', 'email', { default: 'none', existing: text() }) " +
        "op.createCheckConstraint('users_email_filled', 'users', sql`email IS NOT NULL`, { notValid: true })",
      'change (2 of 3: validate)':
        "op.autocommit(() => { op.validateConstraint('users_email_filled', 'users') })",
      'change (3 of 3: not null)':
        "op.alterColumn('users', 'email', { nullable: false, existing: text().default('none') }) " +
        "op.dropConstraint('users_email_filled', 'users', { type: 'check', existing: check('users_email_filled', sql`email IS NOT NULL`, { notValid: true }) })",
    },
  },
  'an index that changes serves on while one of its columns becomes NOT NULL': {
    before: `${tables} CREATE INDEX users_ix ON users (age, email)`,
    after: `${tables.replace('email text', 'email text NOT NULL')} CREATE INDEX users_ix ON users (email)`,
    rows,
    notes: [
      'users.email becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill',
    ],
    files: {
      'change (1 of 3: not valid)':
        "op.createCheckConstraint('users_email_filled', 'users', sql`email IS NOT NULL`, { notValid: true })",
      'change (2 of 3: validate, indexes)':
        "op.autocommit(() => { op.validateConstraint('users_email_filled', 'users') }) " +
        "op.createIndex('users_ix__new', 'users', ['email'], { concurrently: true }) " +
        "op.dropIndex('users_ix', { table: 'users', concurrently: true, existing: index('users_ix').on('age', 'email') }) " +
        "op.autocommit(() => { op.renameIndex('users_ix__new', 'users_ix', { table: 'users' }) })",
      'change (3 of 3: not null)':
        "op.alterColumn('users', 'email', { nullable: false, existing: text() }) " +
        "op.dropConstraint('users_email_filled', 'users', { type: 'check', existing: check('users_email_filled', sql`email IS NOT NULL`, { notValid: true }) })",
    },
  },
  'a column with another value for each row is filled in batches': {
    before: tables,
    after: tables.replace(
      'age integer',
      'age integer, token uuid DEFAULT gen_random_uuid() NOT NULL',
    ),
    rows,
    files: {
      'change (1 of 4: columns)':
        "op.addColumn('users', { token: uuid() }) " +
        "op.alterColumn('users', 'token', { default: sql`gen_random_uuid()`, existing: uuid() })",
      'change (2 of 4: backfill)':
        "op.backfill('users', { set: { token: sql`gen_random_uuid()` }, where: sql`token IS NULL`, reverse: null })",
      'change (3 of 4: validate)':
        "op.autocommit(() => { op.createCheckConstraint('users_token_filled', 'users', sql`token IS NOT NULL`, { notValid: true }) op.validateConstraint('users_token_filled', 'users') })",
      'change (4 of 4: not null)':
        "op.alterColumn('users', 'token', { nullable: false, existing: uuid().default(sql`gen_random_uuid()`) }) " +
        "op.dropConstraint('users_token_filled', 'users', { type: 'check', existing: check('users_token_filled', sql`token IS NOT NULL`, { notValid: true }) })",
    },
    notes: ['a downgrade gives up what was written after the upgrade to users.token'],
  },
  'what a foreign key refers to is there before it': {
    before: `CREATE TABLE a (id integer, code text); CREATE TABLE b (code text)`,
    after: `CREATE TABLE a (id integer, code text, CONSTRAINT a_code UNIQUE (code));
      CREATE TABLE b (code text, CONSTRAINT b_code FOREIGN KEY (code) REFERENCES a (code))`,
    rows: `INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES ('x')`,
    files: {
      'change (1 of 3: indexes)':
        "op.createUniqueConstraint('a_code', 'a', ['code'], { concurrently: true })",
      'change (2 of 3: not valid)':
        "op.createForeignKey('b_code', 'b', 'a', ['code'], ['code'], { notValid: true })",
      'change (3 of 3: validate)': "op.autocommit(() => { op.validateConstraint('b_code', 'b') })",
    },
  },
  'a primary key waits until its columns are NOT NULL': {
    before: `CREATE TABLE t (id integer, code text)`,
    after: `CREATE TABLE t (id integer PRIMARY KEY, code text)`,
    rows: `INSERT INTO t VALUES (1, 'x')`,
    files: {
      'change (1 of 4: not valid)':
        "op.createCheckConstraint('t_id_filled', 't', sql`id IS NOT NULL`, { notValid: true })",
      'change (2 of 4: validate)':
        "op.autocommit(() => { op.validateConstraint('t_id_filled', 't') })",
      'change (3 of 4: not null)':
        "op.alterColumn('t', 'id', { nullable: false, existing: integer() }) op.dropConstraint('t_id_filled', 't', { type: 'check', existing: check('t_id_filled', sql`id IS NOT NULL`, { notValid: true }) })",
      'change (4 of 4: indexes)':
        "op.createPrimaryKey('t_pkey', 't', ['id'], { concurrently: true })",
    },
    notes: [
      't.id becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill',
    ],
  },
  'an index of a partitioned table takes in those that its partitions got before': {
    before: `CREATE TABLE p (id integer, a integer) PARTITION BY RANGE (id);
      CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
      CREATE TABLE p_2 PARTITION OF p DEFAULT`,
    after: `CREATE TABLE p (id integer, a integer) PARTITION BY RANGE (id);
      CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
      CREATE TABLE p_2 PARTITION OF p DEFAULT;
      CREATE INDEX p_a ON p (a)`,
    rows: 'INSERT INTO p SELECT n, n FROM generate_series(1, 20) AS n',
    files: {
      'change (1 of 2: indexes)':
        "op.createIndex('p_1_a_idx', 'p_1', ['a'], { concurrently: true, ifNotExists: true }) " +
        "op.createIndex('p_2_a_idx', 'p_2', ['a'], { concurrently: true, ifNotExists: true })",
      'change (2 of 2: changes)': "op.createIndex('p_a', 'p', ['a'])",
    },
    notes: [
      'rows of p_2 were not followed: new row for relation "p_2" violates partition constraint',
    ],
  },
  'tables of the same proposal need none of it': {
    before: tables,
    after: `${tables} CREATE TABLE items (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, CHECK (id > 0));
      CREATE INDEX items_order ON items (order_id)`,
    files: {
      change:
        "op.createTable('items', { id: serial().primaryKey().check(sql`id > 0`, 'items_id_check'), order_id: integer().notNull().references('orders.id', { name: 'items_order_id_fkey' }) }) " +
        "op.createIndex('items_order', 'items', ['order_id'])",
    },
    notes: ['a downgrade gives up what was written after the upgrade to items'],
  },
  'what has no online form is made in the plain way, and that is said': {
    before: `CREATE TABLE t (id integer, a varchar(20), b integer, c int4range);
      CREATE TABLE p (id integer) PARTITION BY RANGE (id)`,
    after: `CREATE TABLE t (id integer, a varchar(30), b bigint, c int4range, d serial,
        e integer GENERATED ALWAYS AS (id) STORED, f uuid DEFAULT gen_random_uuid(), CONSTRAINT apart EXCLUDE USING gist (c WITH &&));
      CREATE TABLE p (id integer, CONSTRAINT p_id UNIQUE (id)) PARTITION BY RANGE (id)`,
    files: {
      change:
        "op.alterColumn('t', 'a', { type: varchar(30), existing: varchar(20) }) " +
        "op.alterColumn('t', 'b', { type: bigint(), existing: integer() }) " +
        "op.addColumn('t', { d: serial(), e: integer().generatedAs(sql`id`), f: uuid().default(sql`gen_random_uuid()`) }) " +
        "op.createUniqueConstraint('p_id', 'p', ['id'], { only: true }) " +
        "op.createExcludeConstraint('apart', 't', [['c', '&&']], { using: 'gist' })",
    },
    notes: [
      't.b becomes bigint: PostgreSQL rewrites the table while it is locked',
      't.d is serial: PostgreSQL rewrites the table to add it',
      't.e is generated and stored: PostgreSQL rewrites the table to add it',
      't.f is added at once: t has no key along which a backfill could walk',
      'p_id of p is built while the table is locked: an index of a partitioned table cannot be built concurrently',
      'apart of t is built while the table is locked: PostgreSQL has no other way for exclusion constraints',
      'a downgrade gives up what was written after the upgrade to t.f, t.e, t.d, t.b, t.a',
      'rows of t were not followed, the database refuses the change with them: could not create exclusion constraint "apart"',
      'rows of p were not followed: no partition of relation "p" found for row',
    ],
  },
}

eachServer(
  'online forms',
  server => {
    let trip: ProposalTrip
    afterEach(() => trip.end())

    const start = async (told: TripCase) => {
      trip = await ProposalTrip.start(await server.server(), { ...told, config: { online: true } })
    }

    const thereAndBack = async (): Promise<RevisionResult> => {
      const result = await trip.propose()
      const data = await trip.rows()
      await trip.upgrade()
      expect(await trip.schema()).toBe(await trip.expected('after'))
      expect(await trip.pending()).toEqual([])
      await trip.downgrade()
      expect(await trip.schema()).toBe(await trip.expected('before'))
      expect(withoutOwn(await trip.rows())).toBe(withoutOwn(data))
      await trip.upgrade()
      expect(await trip.schema()).toBe(await trip.expected('after'))
      return result
    }

    for (const [title, { files, notes = [], ...told }] of Object.entries(cases)) {
      test(title, async () => {
        await start({ rows: told.before.includes('orders') ? rows : '', ...told })
        const result = await thereAndBack()
        expect(trip.texts(result)).toEqual(files)
        expect(result.notes).toEqual(notes)
        expect(result.proof).toEqual([
          'upgrade reaches the models',
          'downgrade restores the database exactly',
        ])
      })
    }

    test('a column without a value for rows that are there says where to write one', async () => {
      const after = tables.replace('email text', 'email text, nick text NOT NULL')
      await start({ before: tables, after, rows })
      const result = await trip.propose()
      expect(result.notes).toContainEqual(
        'users.nick is NOT NULL and has no default: write what rows that are there get into op.backfill, which says NULL',
      )
      const [, backfill] = [result.path, ...(result.more ?? []).map(({ path }) => path)]
      const text = readFileSync(backfill!, 'utf8')
      expect(text).toContain('set: { nick: null }')
      writeFileSync(
        backfill!,
        text.replace('nick: null', 'nick: sql`lower(email)`').replace('{ sql, ', '{ sql, '),
      )
      await trip.upgrade()
      expect(await trip.schema()).toBe(await trip.expected('after'))
      expect(await trip.query('SELECT nick FROM users ORDER BY id')).toEqual([
        { nick: 'a@b' },
        { nick: 'c@d' },
      ])
    })

    test('are asked for by the config, and left out on request', async () => {
      const after = `${tables} CREATE INDEX users_age ON users (age)`
      await start({ before: tables, after })
      const plain = await trip.propose({ online: false })
      expect(trip.texts(plain)).toEqual({ change: "op.createIndex('users_age', 'users', ['age'])" })
      await expect(trip.propose({ online: true, autogenerate: false })).rejects.toMatchObject({
        code: 'USAGE',
        message: '--online says in which form changes are proposed, and none are.',
      })
    })

    test('a build that fails leaves nothing in its way, once the rows are as they should be', async () => {
      const before = 'CREATE TABLE t (id integer PRIMARY KEY, code text)'
      const after = `${before}; ALTER TABLE t ADD CONSTRAINT t_code UNIQUE (code); CREATE UNIQUE INDEX t_upper ON t (upper(code))`
      await start({ before, after, rows: `INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, 'A')` })
      await trip.propose()
      const invalid = () =>
        trip.query('SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid')
      await expect(trip.upgrade()).rejects.toThrow('could not create unique index')
      expect(await invalid()).toHaveLength(1)
      await trip.query('DELETE FROM t WHERE id = 2')
      await expect(trip.upgrade()).rejects.toThrow('could not create unique index "t_upper"')
      await trip.query('DELETE FROM t WHERE id = 3')
      await trip.upgrade()
      expect(await invalid()).toEqual([])
      expect(await trip.schema()).toBe(await trip.expected('after'))
      const warnings = trip.project.events.filter(event => event.type === 'warning')
      expect(warnings.map(event => 'message' in event && event.message)).toContain(
        'An earlier run has left an invalid index; dropped first: t_upper.',
      )
    })

    test('validation waits for nobody who writes', async () => {
      const after = `${tables} ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total > 0)`
      await start({ before: tables, after, rows })
      await trip.propose()
      const [first] = await trip.revisions()
      await trip.upgrade(first)
      const writer = new Client({ connectionString: trip.database.url })
      await writer.connect()
      try {
        await writer.query('BEGIN; INSERT INTO orders VALUES (3, 1, 30)')
        await trip.query(`ALTER DATABASE "${trip.database.name}" SET lock_timeout = '2s'`)
        await trip.upgrade()
      } finally {
        await writer.end()
      }
      expect(await trip.schema()).toBe(await trip.expected('after'))
    })
  },
  { pgDump: true, usually: [18] },
)

/** Without limbeck's own tables, which are there after the first run, and move a setting of the dump. */
const withoutOwn = (dump: string): string =>
  dump
    .replace(
      /--\n-- PostgreSQL database dump complete\n--\n|SET default_table_access_method = heap;\n\n/g,
      '',
    )
    .split(/^(?=--\n-- (?:Data for )?Name: )/m)
    .filter(section => !/alembic_version|limbeck_ledger/.test(section))
    .join('')
    .trim()
