import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a table', server => {
  const database = introspectDatabase(server)

  test('is its name and columns, and no default', async () => {
    const [table] = await database.objects(
      'CREATE TABLE users (id integer NOT NULL, email varchar(255))',
      'table:public.users',
    )
    expect(table).toStrictEqual({
      kind: 'table',
      schema: 'public',
      name: 'users',
      columns: [
        { name: 'id', type: 'integer', notNull: true },
        { name: 'email', type: 'varchar(255)', notNull: false },
      ],
    })
  })

  test('tells how it is stored', async () => {
    const [table] = await database.objects(
      `CREATE UNLOGGED TABLE t (v text)
         WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
       COMMENT ON TABLE t IS 'it''s'`,
      'table:public.t',
    )
    expect(table).toStrictEqual({
      kind: 'table',
      schema: 'public',
      name: 't',
      columns: [{ name: 'v', type: 'text', notNull: false }],
      comment: "it's",
      unlogged: true,
      options: {
        fillfactor: '70',
        autovacuum_enabled: 'false',
        'toast.autovacuum_enabled': 'false',
      },
    })
  })

  test('tells its access method where that is not heap', async () => {
    const [table] = await database.objects(
      `CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
       CREATE TABLE t () USING heap2`,
      'table:public.t',
    )
    expect(table).toMatchObject({ accessMethod: 'heap2' })
  })

  test('tells row security and replica identity', async () => {
    const found = await database.objects(
      `CREATE TABLE a (id integer); ALTER TABLE a ENABLE ROW LEVEL SECURITY;
       CREATE TABLE b (id integer); ALTER TABLE b FORCE ROW LEVEL SECURITY;
       CREATE TABLE c (id integer); ALTER TABLE c REPLICA IDENTITY FULL;
       CREATE TABLE d (id integer); ALTER TABLE d REPLICA IDENTITY NOTHING;
       CREATE TABLE e (id integer NOT NULL); CREATE UNIQUE INDEX e_id ON e (id);
       ALTER TABLE e REPLICA IDENTITY USING INDEX e_id`,
      ...['a', 'b', 'c', 'd', 'e'].map(name => `table:public.${name}`),
    )
    expect(found).toMatchObject([
      { rowSecurity: { enabled: true, forced: false } },
      { rowSecurity: { enabled: false, forced: true } },
      { replicaIdentity: 'full' },
      { replicaIdentity: 'nothing' },
      { replicaIdentity: { index: 'e_id' } },
    ])
  })

  test('of a type names it', async () => {
    const [table] = await database.objects(
      'CREATE TYPE pair AS (a integer, b text); CREATE TABLE t OF pair',
      'table:public.t',
    )
    expect(table).toMatchObject({ ofType: 'public.pair', columns: [{ name: 'a' }, { name: 'b' }] })
  })

  test('marks the columns that come from its parents alone', async () => {
    const [table] = await database.objects(
      `CREATE TABLE base (id integer, name text, CHECK (id > 0));
       CREATE TABLE extra (note text);
       CREATE TABLE t (name text, own integer) INHERITS (base, extra)`,
      'table:public.t',
    )
    expect(table).toStrictEqual({
      kind: 'table',
      schema: 'public',
      name: 't',
      columns: [
        { name: 'id', type: 'integer', notNull: false, inherited: true },
        { name: 'name', type: 'text', notNull: false },
        { name: 'note', type: 'text', notNull: false, inherited: true },
        { name: 'own', type: 'integer', notNull: false },
      ],
      inherits: [
        { schema: 'public', name: 'base' },
        { schema: 'public', name: 'extra' },
      ],
    })
  })

  test('does not repeat a generation expression that its parent brings', async () => {
    const [table] = await database.objects(
      `CREATE TABLE base (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
       CREATE TABLE t (a integer, b integer) INHERITS (base)`,
      'table:public.t',
    )
    expect(table).toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }] })
    expect(table).not.toHaveProperty('columns.1.generated')
  })

  test('that is temporary, or the server’s own, is not there', async () => {
    await database.run('CREATE TEMPORARY TABLE t (id serial PRIMARY KEY)')
    const { objects, unmodelled } = await database.read()
    expect([...objects.keys()]).toEqual(['extension:plpgsql', 'schema:public'])
    expect(unmodelled).toEqual([])
  })

  test('that is excluded takes everything of its own with it', async () => {
    await database.run(
      `CREATE TABLE limbeck_ledger (id serial PRIMARY KEY, n integer CHECK (n > 0), v text);
       ALTER SEQUENCE limbeck_ledger_id_seq CACHE 5;
       CREATE INDEX ON limbeck_ledger (v);
       CREATE STATISTICS s ON n, v FROM limbeck_ledger;
       CREATE TABLE kept (id integer);
       CREATE SCHEMA other; CREATE TABLE other.limbeck_ledger (id integer)`,
    )
    const { objects, dependencies } = await database.read({
      exclude: [{ schema: 'public', name: 'limbeck_ledger' }],
    })
    expect([...objects.keys()].sort()).toEqual([
      'extension:plpgsql',
      'schema:other',
      'schema:public',
      'table:other.limbeck_ledger',
      'table:public.kept',
    ])
    expect([...dependencies.keys()].sort()).toEqual([...objects.keys()].sort())
  })

  test('that is excluded by its name alone is so in every schema', async () => {
    await database.run(
      `CREATE TABLE limbeck_ledger (id serial PRIMARY KEY);
       CREATE SCHEMA other; CREATE TABLE other.limbeck_ledger (id serial PRIMARY KEY)`,
    )
    const { objects } = await database.read({ exclude: [{ name: 'limbeck_ledger' }] })
    expect([...objects.keys()].sort()).toEqual([
      'extension:plpgsql',
      'schema:other',
      'schema:public',
    ])
  })
})
