import { afterEach, expect, test } from 'vitest'
import type { RevisionResult } from '../../../src/commands/results.ts'
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
  },
  { pgDump: true },
)

/** limbeck's own tables, which are there after the first run. */
const withoutOwn = (dump: string): string =>
  dump
    .replace(/--\n-- PostgreSQL database dump complete\n--\n/, '')
    .split(/^(?=--\n-- (?:Data for )?Name: )/m)
    .filter(section => !/alembic_version|limbeck_ledger/.test(section))
    .join('')
    .trim()
