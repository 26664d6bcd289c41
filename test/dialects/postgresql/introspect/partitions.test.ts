import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a partitioned table', server => {
  const database = introspectDatabase(server)

  test('tells its key, and its partitions their bounds', async () => {
    const found = await database.objects(
      `CREATE TABLE m (at timestamptz NOT NULL, n integer) PARTITION BY RANGE (at, (n + 1));
       CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01 00:00+00', 1) TO (MAXVALUE, MAXVALUE);
       CREATE TABLE m2 PARTITION OF m DEFAULT PARTITION BY LIST (n)`,
      'table:public.m',
      'table:public.m1',
      'table:public.m2',
    )
    expect(found).toMatchObject([
      { partitionBy: 'RANGE (at, ((n + 1)))' },
      {
        partitionOf: {
          parent: { schema: 'public', name: 'm' },
          bounds: "FOR VALUES FROM ('2020-01-01 00:00:00+00', 1) TO (MAXVALUE, MAXVALUE)",
        },
      },
      {
        partitionBy: 'LIST (n)',
        partitionOf: { parent: { schema: 'public', name: 'm' }, bounds: 'DEFAULT' },
      },
    ])
    expect(found[0]).not.toHaveProperty('partitionOf')
    expect(found[1]).not.toHaveProperty('inherits')
  })

  test('leaves its partitions their own order of columns and defaults', async () => {
    const [partition] = await database.objects(
      `CREATE TABLE m (a integer NOT NULL, b integer DEFAULT 1) PARTITION BY LIST (a);
       CREATE TABLE m1 (b integer DEFAULT 2, a integer NOT NULL);
       ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1)`,
      'table:public.m1',
    )
    expect(partition).toMatchObject({
      columns: [
        { name: 'b', type: 'integer', notNull: false, default: { sql: '2' } },
        { name: 'a', type: 'integer', notNull: true },
      ],
    })
    expect(partition).not.toHaveProperty('columns.0.inherited')
  })

  test('has keys and indexes of which every partition has its part', async () => {
    const found = await database.objects(
      `CREATE TABLE m (a integer, b integer, PRIMARY KEY (a)) PARTITION BY LIST (a);
       CREATE INDEX m_b ON m (b);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
       CREATE INDEX own ON m1 (b DESC)`,
      'constraint:public.m.m_pkey',
      'constraint:public.m1.m1_pkey',
      'index:public.m_b',
      'index:public.m1_b_idx',
      'index:public.own',
    )
    const common = { schema: 'public' }
    expect(found).toStrictEqual([
      {
        kind: 'constraint',
        type: 'primaryKey',
        ...common,
        table: 'm',
        name: 'm_pkey',
        columns: ['a'],
        only: true,
      },
      {
        kind: 'constraint',
        type: 'primaryKey',
        ...common,
        table: 'm1',
        name: 'm1_pkey',
        columns: ['a'],
        attachedTo: { schema: 'public', name: 'm_pkey' },
      },
      {
        kind: 'index',
        ...common,
        table: 'm',
        name: 'm_b',
        elements: [{ column: 'b' }],
        only: true,
      },
      {
        kind: 'index',
        ...common,
        table: 'm1',
        name: 'm1_b_idx',
        elements: [{ column: 'b' }],
        attachedTo: { schema: 'public', name: 'm_b' },
      },
      {
        kind: 'index',
        ...common,
        table: 'm1',
        name: 'own',
        elements: [{ column: 'b', order: 'desc' }],
      },
    ])
  })

  test('has indexes that are whole before their parts are attached', async () => {
    await database.run(
      `CREATE TABLE m (a integer) PARTITION BY LIST (a);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
       CREATE INDEX i ON ONLY m (a)`,
    )
    const { objects, unmodelled } = await database.read()
    expect(objects.get('index:public.i')).toMatchObject({ only: true })
    expect(unmodelled).toEqual([])
  })

  test('lends its partitions foreign keys and triggers that are not told again, and checks that are', async () => {
    await database.run(
      `CREATE TABLE target (id integer PRIMARY KEY) PARTITION BY LIST (id);
       CREATE TABLE target1 PARTITION OF target FOR VALUES IN (1);
       CREATE TABLE m (a integer REFERENCES target, CONSTRAINT c CHECK (a > 0)) PARTITION BY LIST (a);
       CREATE TABLE m1 (a integer, CONSTRAINT c CHECK (a > 0), CONSTRAINT own CHECK (a < 9));
       ALTER TABLE m ATTACH PARTITION m1 FOR VALUES IN (1);
       CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
       CREATE TRIGGER g BEFORE INSERT ON m FOR EACH ROW EXECUTE FUNCTION f();
       CREATE CONSTRAINT TRIGGER h AFTER INSERT ON m FOR EACH ROW EXECUTE FUNCTION f()`,
    )
    const { objects } = await database.read()
    const parts = [...objects.keys()].filter(id => /^(constraint|trigger):/.test(id))
    expect(parts.sort()).toEqual([
      'constraint:public.m.c',
      'constraint:public.m.m_a_fkey',
      'constraint:public.m1.c',
      'constraint:public.m1.own',
      'constraint:public.target.target_pkey',
      'constraint:public.target1.target1_pkey',
      'trigger:public.m.g',
      'trigger:public.m.h',
    ])
  })

  test('keeps the sequence that its partitions take numbers from', async () => {
    const found = await database.objects(
      `CREATE TABLE m (id serial) PARTITION BY LIST (id);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)`,
      'table:public.m',
      'table:public.m1',
    )
    expect(found).toMatchObject([
      { columns: [{ name: 'id', type: 'serial', notNull: true }] },
      { columns: [{ type: 'integer', default: { sql: "nextval('public.m_id_seq'::regclass)" } }] },
    ])
  })

  test('keeps a copy of a trigger for itself where that fires otherwise on a partition', async () => {
    await database.run(
      `CREATE TABLE m (a integer UNIQUE REFERENCES m (a)) PARTITION BY LIST (a);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1) PARTITION BY LIST (a);
       CREATE TABLE m11 PARTITION OF m1 FOR VALUES IN (1) PARTITION BY LIST (a);
       CREATE TABLE m111 PARTITION OF m11 FOR VALUES IN (1);
       CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
       CREATE TRIGGER g AFTER INSERT ON m FOR EACH ROW EXECUTE FUNCTION f();
       COMMENT ON TRIGGER g ON m11 IS 'c';
       ALTER TABLE m1 DISABLE TRIGGER g;
       ALTER TABLE m111 ENABLE ALWAYS TRIGGER g`,
    )
    const { objects, dependencies, unmodelled } = await database.read()
    const triggers = [...objects.values()].filter(({ kind }) => kind === 'trigger')
    expect(triggers).toMatchObject([
      { table: 'm', name: 'g' },
      { table: 'm1', name: 'g', enabled: 'disabled', inherited: 'enabled' },
      { table: 'm111', name: 'g', enabled: 'always', inherited: 'disabled' },
    ])
    expect(dependencies.get('trigger:public.m111.g')).toContain('trigger:public.m1.g')
    expect(dependencies.get('trigger:public.m1.g')).toContain('trigger:public.m.g')
    expect(unmodelled).toEqual([
      { kind: 'comment on a trigger of a partition', name: 'public.m11.g' },
    ])
  })

  test.skipIf(server.major < 17)('shares its identity with its partitions', async () => {
    const found = await database.objects(
      `CREATE TABLE m (id integer GENERATED ALWAYS AS IDENTITY) PARTITION BY LIST (id);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1)`,
      'table:public.m',
      'table:public.m1',
    )
    expect(found).toMatchObject([
      { columns: [{ identity: { always: true } }] },
      { columns: [{ name: 'id', type: 'integer', notNull: true }] },
    ])
    expect(found[1]).not.toHaveProperty('columns.0.identity')
  })

  test.skipIf(server.major < 17)('may exclude', async () => {
    const found = await database.objects(
      `CREATE TABLE m (a integer, CONSTRAINT x EXCLUDE (a WITH =)) PARTITION BY LIST (a)`,
      'constraint:public.m.x',
    )
    expect(found).toMatchObject([{ type: 'exclude', only: true }])
  })

  test.skipIf(server.major < 18)('passes on the names of its NOT NULL', async () => {
    const found = await database.objects(
      `CREATE TABLE m (a integer NOT NULL) PARTITION BY LIST (a);
       CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
       CREATE TABLE m2 (a integer NOT NULL);
       ALTER TABLE m ATTACH PARTITION m2 FOR VALUES IN (2)`,
      'table:public.m1',
      'table:public.m2',
    )
    expect(found).toMatchObject([
      { columns: [{ notNull: true, notNullConstraint: { name: 'm_a_not_null' } }] },
      { columns: [{ notNull: true }] },
    ])
    expect(found[1]).not.toHaveProperty('columns.0.notNullConstraint')
  })
})
