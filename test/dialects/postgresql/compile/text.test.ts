import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../../src/operations/operation.ts'
import type { Column, Routine, Table } from '../../../../src/schema/index.ts'
import { sqlOf } from './database.ts'

/** The text of one operation, as `--sql` would show it. */
function text(operation: Operation, serverVersion?: number): string {
  return sqlOf([operation], serverVersion)
    .map(sql => `${sql};`)
    .join('\n')
}

const users: Table = {
  kind: 'table',
  name: 'users',
  comment: "people's accounts",
  columns: [
    { name: 'id', type: 'uuid', notNull: true, default: { sql: 'gen_random_uuid()' } },
    { name: 'email', type: 'varchar(255)', notNull: true },
    { name: 'is_verified', type: 'boolean', notNull: true, default: { value: false } },
    { name: 'order', type: 'integer', notNull: false, comment: 'a reserved word' },
  ],
}

const email: Column = { name: 'email', type: 'varchar(255)', notNull: false }

const touch: Routine = {
  kind: 'routine',
  type: 'function',
  schema: 'public',
  name: 'touch',
  signature: '',
  arguments: '',
  returns: 'trigger',
  language: 'plpgsql',
  body: '\nBEGIN\n  NEW.updated_at := now();\n  RETURN NEW;\nEND\n',
  volatility: 'stable',
  securityDefiner: true,
  settings: { search_path: 'public, pg_temp' },
}

describe('the SQL that people read', () => {
  test('creates a table with a column on each line', () => {
    const operation: Operation = {
      kind: 'createTable',
      table: users,
      constraints: [
        { kind: 'constraint', table: 'users', name: 'pk', type: 'primaryKey', columns: ['id'] },
        { kind: 'constraint', table: 'users', type: 'unique', columns: ['email'] },
      ],
    }
    expect(text(operation)).toBe(`CREATE TABLE users (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  email varchar(255) NOT NULL,
  is_verified boolean DEFAULT false NOT NULL,
  "order" integer,
  CONSTRAINT pk PRIMARY KEY (id),
  UNIQUE (email)
);
COMMENT ON TABLE users IS 'people''s accounts';
COMMENT ON COLUMN users."order" IS 'a reserved word';`)
  })

  test('adds, changes and drops columns', () => {
    const on = { schema: 'auth', table: 'users' }
    expect(
      text({ kind: 'addColumn', ...on, column: { ...email, notNull: true, comment: 'where to' } }),
    ).toBe(`ALTER TABLE auth.users ADD COLUMN email varchar(255) NOT NULL;
COMMENT ON COLUMN auth.users.email IS 'where to';`)
    expect(
      text({
        kind: 'alterColumn',
        ...on,
        column: 'email',
        changes: { newName: 'mail', type: 'varchar(320)', notNull: true, default: { value: '' } },
        existing: email,
      }),
    ).toBe(`ALTER TABLE auth.users ALTER COLUMN email TYPE varchar(320);
ALTER TABLE auth.users ALTER COLUMN email SET DEFAULT '';
ALTER TABLE auth.users RENAME COLUMN email TO mail;
ALTER TABLE auth.users ALTER COLUMN mail SET NOT NULL;`)
    expect(text({ kind: 'dropColumn', ...on, column: 'email', cascade: true })).toBe(
      'ALTER TABLE auth.users DROP COLUMN email CASCADE;',
    )
  })

  test('adds a foreign key', () => {
    expect(
      text({
        kind: 'createConstraint',
        constraint: {
          kind: 'constraint',
          type: 'foreignKey',
          table: 'orders',
          name: 'orders_user_fkey',
          columns: ['user_id'],
          references: { table: 'users', columns: ['id'] },
          onDelete: 'cascade',
          deferrable: true,
          notValid: true,
        },
      }),
    ).toBe(
      'ALTER TABLE orders ADD CONSTRAINT orders_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE DEFERRABLE NOT VALID;',
    )
  })

  test('creates an index with everything an index can say', () => {
    expect(
      text({
        kind: 'createIndex',
        index: {
          kind: 'index',
          table: 'users',
          name: 'ix_users_email',
          unique: true,
          concurrently: true,
          method: 'btree',
          elements: [
            { expression: 'lower(email)', opclass: 'text_pattern_ops' },
            { expression: 'a + b' },
            { column: 'order', order: 'desc', nulls: 'last' },
          ],
          include: ['id'],
          nullsNotDistinct: true,
          options: { fillfactor: '70' },
          where: 'is_verified',
        },
      }),
    ).toBe(
      'CREATE UNIQUE INDEX CONCURRENTLY ix_users_email ON users USING btree (lower(email) text_pattern_ops, (a + b), "order" DESC NULLS LAST) INCLUDE (id) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE (is_verified);',
    )
  })

  test('creates an enum on one line, a long one on several', () => {
    const enumOf = (values: readonly string[]): Operation => ({
      kind: 'createEnum',
      object: { kind: 'enum', name: 'mood', values },
    })
    expect(text(enumOf(['sad', "it's fine"]))).toBe(
      "CREATE TYPE mood AS ENUM ('sad', 'it''s fine');",
    )
    const long = 'a'.repeat(60)
    expect(text(enumOf([long, 'b'.repeat(60)]))).toBe(`CREATE TYPE mood AS ENUM (
  '${long}',
  '${'b'.repeat(60)}'
);`)
  })

  test('creates a function as people write one', () => {
    expect(text({ kind: 'createRoutine', object: touch })).toBe(`CREATE FUNCTION public.touch()
  RETURNS trigger
  LANGUAGE plpgsql
  STABLE SECURITY DEFINER
  SET search_path TO public, pg_temp
AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END
$$;`)
  })

  test('leaves a body unchecked for the time of its creation', () => {
    const statements = sqlOf([{ kind: 'createRoutine', object: touch, uncheckedBody: true }])
    expect(statements[0]).toBe('SET LOCAL check_function_bodies = off')
    expect(statements[2]).toBe('SET LOCAL check_function_bodies = on')
    expect(statements).toHaveLength(3)
  })

  test('creates a trigger', () => {
    expect(
      text({
        kind: 'createTrigger',
        object: {
          kind: 'trigger',
          table: 'users',
          name: 'touch',
          timing: 'before',
          events: ['insert', 'update'],
          updateOf: ['email'],
          forEach: 'row',
          when: 'NEW.email IS NOT NULL',
          execute: 'public.touch()',
          enabled: 'always',
        },
      }),
    ).toBe(`CREATE TRIGGER touch
  BEFORE INSERT OR UPDATE OF email ON users
  FOR EACH ROW
  WHEN (NEW.email IS NOT NULL)
  EXECUTE FUNCTION public.touch();
ALTER TABLE users ENABLE ALWAYS TRIGGER touch;`)
  })

  test('creates a view and a policy', () => {
    expect(
      text({
        kind: 'createView',
        object: {
          kind: 'view',
          name: 'active',
          definition: ' SELECT id\n   FROM users',
          options: { security_barrier: 'true', check_option: 'local' },
        },
      }),
    ).toBe(`CREATE VIEW active WITH (security_barrier = true, check_option = local) AS
 SELECT id
   FROM users;`)
    expect(
      text({
        kind: 'createPolicy',
        object: {
          kind: 'policy',
          table: 'users',
          name: 'own',
          command: 'select',
          roles: ['app', 'Admin'],
          using: '(id = me())',
        },
      }),
    ).toBe(`CREATE POLICY own ON users
  FOR SELECT
  TO app, "Admin"
  USING (id = me());`)
  })

  test('attaches a partition instead of creating it as one', () => {
    expect(
      text({
        kind: 'createTable',
        table: {
          kind: 'table',
          name: 'events_2024',
          columns: [{ name: 'at', type: 'timestamptz', notNull: true }],
          partitionOf: {
            parent: { name: 'events' },
            bounds: "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
          },
        },
        constraints: [],
      }),
    ).toBe(`CREATE TABLE events_2024 (
  at timestamptz NOT NULL
);
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`)
  })

  test('replaces an enum by way of a new type', () => {
    expect(
      text({
        kind: 'replaceEnumValues',
        name: 'status',
        values: ['open', 'closed'],
        columns: [
          { table: 'tasks', column: 'status', default: "'open'::status" },
          { table: 'tasks', column: 'history', array: true },
        ],
        mapping: { done: 'closed' },
      }),
    ).toBe(`ALTER TYPE status RENAME TO status__old;
CREATE TYPE status AS ENUM ('open', 'closed');
ALTER TABLE tasks ALTER COLUMN status DROP DEFAULT;
ALTER TABLE tasks ALTER COLUMN status TYPE status USING (CASE status::text WHEN 'done' THEN 'closed' ELSE status::text END)::status;
ALTER TABLE tasks ALTER COLUMN status SET DEFAULT 'open'::status;
ALTER TABLE tasks ALTER COLUMN history TYPE status[] USING array_replace(history::text[], 'done', 'closed')::status[];
DROP TYPE status__old;`)
  })

  test('leaves names unqualified where no schema is given', () => {
    const drops: Operation[] = [
      { kind: 'dropTable', name: 'users', ifExists: true },
      { kind: 'dropIndex', name: 'ix', concurrently: true },
      { kind: 'dropRoutine', object: { name: 'f', signature: 'integer', type: 'procedure' } },
      { kind: 'dropTrigger', object: { name: 't', table: 'users' } },
      { kind: 'dropVerbatim', object: { name: '=== (integer, integer)', type: 'OPERATOR' } },
    ]
    expect(sqlOf(drops)).toEqual([
      'DROP TABLE IF EXISTS users',
      'DROP INDEX CONCURRENTLY ix',
      'DROP PROCEDURE f(IN integer)',
      'DROP TRIGGER t ON users',
      'DROP OPERATOR === (integer, integer)',
    ])
  })

  test('refuses in words what an older server cannot do', () => {
    const index: Operation = {
      kind: 'createIndex',
      index: { kind: 'index', table: 't', elements: [{ column: 'a' }], nullsNotDistinct: true },
    }
    expect(() => sqlOf([index], 140_000)).toThrow('PostgreSQL 14 does not know NULLS NOT DISTINCT.')
    expect(sqlOf([index], 150_000)).toHaveLength(1)
  })
})
