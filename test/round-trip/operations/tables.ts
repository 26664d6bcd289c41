import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  serial,
  sql,
  table,
  text,
  unique,
  uuid,
} from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const users = `CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL UNIQUE);
  CREATE INDEX users_lower ON users (lower(email));`

/** Tables as wholes. */
export const tables: OperationCases = {
  'a table with a key, checks, indexes and comments': {
    before: 'CREATE TABLE orgs (id integer PRIMARY KEY)',
    upgrade: op =>
      op.createTable(
        'users',
        {
          id: uuid().primaryKey().default(sql`gen_random_uuid()`),
          org: integer()
            .notNull()
            .references('orgs.id', { onDelete: 'cascade', name: 'users_org' }),
          email: text().notNull().unique('users_email').comment('where to write'),
          age: integer().check(sql`age > 0`, 'users_age'),
        },
        t => [
          index('users_lower').on(sql`lower(email)`).unique(),
          check('users_both', sql`age < 200 OR email <> ''`),
          foreignKey('users_self').on(t.id).references('users', ['id']),
        ],
        { comment: "it's about people" },
      ),
  },
  'a table with every property of its own': {
    upgrade: op =>
      op.createTable(
        't',
        { a: integer(), b: text() },
        t => [unique('t_a').on(t.a), primaryKey('t_pk').on(t.b)],
        {
          unlogged: true,
          options: { fillfactor: 70, 'toast.autovacuum_enabled': false },
          rowSecurity: 'forced',
          replicaIdentity: 'full',
          accessMethod: 'heap',
          tablespace: 'pg_default',
        },
      ),
  },
  'a table that has a serial': {
    upgrade: op =>
      op.createTable('t', {
        id: serial().primaryKey(),
        n: integer().identity({ always: true, start: 5n }),
      }),
  },
  'a table that inherits': {
    before: 'CREATE TABLE parent (a integer)',
    upgrade: op => op.createTable('child', { b: integer() }, { inherits: ['parent'] }),
  },
  'a typed table': {
    before: 'CREATE TYPE pair AS (a integer, b text)',
    upgrade: op => op.createTable('pairs', { a: integer(), b: text() }, { ofType: 'pair' }),
  },
  'a partitioned table and a partition of it': {
    upgrade: op => {
      op.createTable('events', { at: integer().notNull() }, { partitionBy: 'RANGE (at)' })
      op.createTable(
        'events_1',
        {},
        { partitionOf: { parent: 'events', bounds: 'FOR VALUES FROM (1) TO (10)' } },
      )
    },
  },
  'a table that is created unless it is there': {
    upgrade: op => op.createTable('t', { a: integer() }, { ifNotExists: true }),
  },
  'a table that goes, with all that was on it': {
    before: `${users} COMMENT ON TABLE users IS 'people'; ALTER TABLE users ENABLE ROW LEVEL SECURITY;`,
    upgrade: op =>
      op.dropTable('users', {
        existing: table(
          'users',
          {
            id: integer().primaryKey('users_pkey'),
            email: text().notNull().unique('users_email_key'),
          },
          () => [index('users_lower').on(sql`lower(email)`)],
          { comment: 'people', rowSecurity: 'enabled' },
        ),
      }),
  },
  'a table that goes if it is there': {
    before: 'CREATE TABLE t (a integer)',
    upgrade: op => op.dropTable('t', { ifExists: true, existing: table('t', { a: integer() }) }),
  },
  'a table that goes with CASCADE': {
    before: 'CREATE TABLE t (a integer)',
    upgrade: op => op.dropTable('t', { cascade: true, existing: table('t', { a: integer() }) }),
  },
  'a table with a new name': {
    before: users,
    upgrade: op => op.renameTable('users', 'select "them"'),
  },
  'a comment of a table': {
    before: `${users} COMMENT ON TABLE users IS 'people'`,
    upgrade: op =>
      op.alterTable('users', { comment: "it's others", existing: { comment: 'people' } }),
  },
  'a comment of a table that goes': {
    before: `${users} COMMENT ON TABLE users IS 'people'`,
    upgrade: op => op.alterTable('users', { comment: null, existing: { comment: 'people' } }),
  },
  'a table that is no longer logged': {
    before: users,
    upgrade: op => op.alterTable('users', { unlogged: true, existing: {} }),
  },
  'storage parameters that come, change and go': {
    before: 'CREATE TABLE t (a text) WITH (fillfactor = 60, autovacuum_enabled = off)',
    upgrade: op =>
      op.alterTable('t', {
        options: { fillfactor: 80, autovacuum_enabled: null, 'toast.autovacuum_enabled': false },
        existing: { options: { fillfactor: 60, autovacuum_enabled: 'off' } },
      }),
  },
  'row security that is enabled, and forced': {
    before: 'CREATE TABLE a (); CREATE TABLE b (); ALTER TABLE b ENABLE ROW LEVEL SECURITY',
    upgrade: op => {
      op.alterTable('a', { rowSecurity: 'enabled', existing: { rowSecurity: 'disabled' } })
      op.alterTable('b', { rowSecurity: 'forced', existing: { rowSecurity: 'enabled' } })
    },
  },
  'a replica identity': {
    before: `CREATE TABLE t (a integer NOT NULL); CREATE UNIQUE INDEX t_a ON t (a);
      CREATE TABLE u (a integer NOT NULL); CREATE UNIQUE INDEX u_a ON u (a); ALTER TABLE u REPLICA IDENTITY USING INDEX u_a`,
    upgrade: op => {
      op.alterTable('t', {
        replicaIdentity: { index: 't_a' },
        existing: { replicaIdentity: 'default' },
      })
      op.alterTable('u', {
        replicaIdentity: 'nothing',
        existing: { replicaIdentity: { index: 'u_a' } },
      })
    },
  },
  'triggers that fire at other times': {
    before: `CREATE TABLE t (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER a AFTER INSERT ON t EXECUTE FUNCTION f(); CREATE TRIGGER b AFTER INSERT ON t EXECUTE FUNCTION f();
      ALTER TABLE t DISABLE TRIGGER b`,
    upgrade: op =>
      op.alterTable('t', {
        triggers: { a: 'replica', b: 'always' },
        existing: { triggers: { b: 'disabled' } },
      }),
  },
  'several changes of a table together': {
    before: `CREATE TABLE t (a integer, b text DEFAULT 'x' NOT NULL); CREATE INDEX i ON t (a);
      COMMENT ON COLUMN t.b IS 'gone'; ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)`,
    upgrade: op =>
      op.batchAlterTable(
        't',
        {
          existing: table(
            't',
            { a: integer(), b: text().notNull().default('x').comment('gone') },
            t => [index('i').on(t.a), check('c', sql`a > 0`)],
          ),
        },
        batch => {
          batch.dropConstraint('c')
          batch.dropColumn('b')
          batch.alterColumn('a', { newName: 'z', nullable: false, comment: 'last' })
          batch.addColumn({ d: integer().check(sql`d > 0`, 't_d'), e: text().unique('t_e') })
          batch.createIndex('j', ['d', 'z'])
          batch.dropIndex('i')
          batch.createPrimaryKey('t_pk', ['z'])
          batch.alterTable({ comment: 'changed' })
        },
      ),
  },
}
