import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

const on = (table: string, name: string) => ({
  kind: 'constraint',
  schema: 'public',
  table,
  name,
})

eachServer('a constraint', server => {
  const database = introspectDatabase(server)

  const constraints = (sql: string, ...names: readonly string[]) =>
    database.objects(sql, ...names.map(name => `constraint:public.${name}`))

  test('may be a key', async () => {
    expect(
      await constraints(
        `CREATE TABLE t (a integer, b integer, c integer, "Odd ""name" text,
          PRIMARY KEY (b, a) INCLUDE (c) WITH (fillfactor = 80) DEFERRABLE INITIALLY DEFERRED,
          CONSTRAINT odd UNIQUE ("Odd ""name"));
        COMMENT ON CONSTRAINT odd ON t IS 'c'; ALTER TABLE t CLUSTER ON odd;
        COMMENT ON INDEX odd IS 'i'`,
        't.t_pkey',
        't.odd',
      ),
    ).toStrictEqual([
      {
        ...on('t', 't_pkey'),
        type: 'primaryKey',
        columns: ['b', 'a'],
        include: ['c'],
        options: { fillfactor: '80' },
        deferrable: true,
        initiallyDeferred: true,
      },
      {
        ...on('t', 'odd'),
        type: 'unique',
        columns: ['Odd "name'],
        comment: 'c',
        indexComment: 'i',
        clustered: true,
      },
    ])
  })

  test('may be a foreign key', async () => {
    expect(
      await constraints(
        `CREATE SCHEMA s;
        CREATE TABLE s.target (id integer PRIMARY KEY, x integer, y integer, UNIQUE (x, y));
        CREATE TABLE t (a integer REFERENCES s.target, b integer,
          CONSTRAINT fk FOREIGN KEY (b, a) REFERENCES s.target (x, y) MATCH FULL
            ON DELETE SET DEFAULT ON UPDATE CASCADE DEFERRABLE);
        ALTER TABLE t ADD CONSTRAINT later FOREIGN KEY (b) REFERENCES s.target
          ON DELETE RESTRICT ON UPDATE SET NULL NOT VALID`,
        't.t_a_fkey',
        't.fk',
        't.later',
      ),
    ).toStrictEqual([
      {
        ...on('t', 't_a_fkey'),
        type: 'foreignKey',
        columns: ['a'],
        references: { schema: 's', table: 'target', columns: ['id'] },
      },
      {
        ...on('t', 'fk'),
        type: 'foreignKey',
        columns: ['b', 'a'],
        references: { schema: 's', table: 'target', columns: ['x', 'y'] },
        onDelete: 'set default',
        onUpdate: 'cascade',
        match: 'full',
        deferrable: true,
      },
      {
        ...on('t', 'later'),
        type: 'foreignKey',
        columns: ['b'],
        references: { schema: 's', table: 'target', columns: ['id'] },
        onDelete: 'restrict',
        onUpdate: 'set null',
        notValid: true,
      },
    ])
  })

  test.skipIf(server.major < 15)('may set some columns null', async () => {
    expect(
      await constraints(
        `CREATE TABLE target (x integer, y integer, PRIMARY KEY (x, y));
        CREATE TABLE t (a integer, b integer, CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES target
          ON DELETE SET NULL (b))`,
        't.fk',
      ),
    ).toMatchObject([{ onDelete: 'set null', onDeleteColumns: ['b'] }])
  })

  test('may be a check', async () => {
    expect(
      await constraints(
        `CREATE TABLE t (a integer, v varchar(9), CONSTRAINT c1 CHECK (a > 0 AND a < 10),
          CONSTRAINT c2 CHECK (v <> ')') NO INHERIT);
        ALTER TABLE t ADD CONSTRAINT c3 CHECK ((a)::text <> (v)::text) NOT VALID`,
        't.c1',
        't.c2',
        't.c3',
      ),
    ).toStrictEqual([
      { ...on('t', 'c1'), type: 'check', expression: '(a > 0) AND (a < 10)' },
      { ...on('t', 'c2'), type: 'check', expression: "(v)::text <> ')'::text", noInherit: true },
      { ...on('t', 'c3'), type: 'check', expression: '(a)::text <> (v)::text', notValid: true },
    ])
  })

  test('may exclude', async () => {
    expect(
      await constraints(
        `CREATE EXTENSION btree_gist;
        CREATE TABLE t (room integer, during tsrange, note text,
          CONSTRAINT x1 EXCLUDE USING gist (room WITH =, during WITH &&),
          CONSTRAINT x2 EXCLUDE (lower(note) COLLATE "C" text_pattern_ops WITH =, (room + 1) WITH =)
            WITH (fillfactor = 50) WHERE (room > 0) DEFERRABLE)`,
        't.x1',
        't.x2',
      ),
    ).toStrictEqual([
      {
        ...on('t', 'x1'),
        type: 'exclude',
        method: 'gist',
        elements: [
          { expression: 'room', operator: '=' },
          { expression: 'during', operator: '&&' },
        ],
      },
      {
        ...on('t', 'x2'),
        type: 'exclude',
        elements: [
          { expression: 'lower(note) COLLATE "C" text_pattern_ops', operator: '=' },
          { expression: '(room + 1)', operator: '=' },
        ],
        where: 'room > 0',
        options: { fillfactor: '50' },
        deferrable: true,
      },
    ])
  })

  test('spells an operator that only its schema tells', async () => {
    expect(
      await constraints(
        `CREATE EXTENSION citext;
        CREATE TABLE t (a citext, CONSTRAINT x EXCLUDE (a WITH =))`,
        't.x',
      ),
    ).toMatchObject([{ elements: [{ expression: 'a', operator: 'OPERATOR(public.=)' }] }])
  })

  test('that comes from a parent alone is the parent’s', async () => {
    await database.run(
      `CREATE TABLE base (a integer, CONSTRAINT two CHECK (a > 0), CONSTRAINT one CHECK (a < 9));
       CREATE TABLE child (CONSTRAINT two CHECK (a > 0)) INHERITS (base)`,
    )
    const { objects } = await database.read()
    expect([...objects.keys()].filter(id => id.startsWith('constraint:')).sort()).toEqual([
      'constraint:public.base.one',
      'constraint:public.base.two',
      'constraint:public.child.two',
    ])
  })

  test.skipIf(server.major < 15)('may take nulls for equal', async () => {
    expect(
      await constraints(
        'CREATE TABLE t (a integer, CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a))',
        't.u',
      ),
    ).toStrictEqual([{ ...on('t', 'u'), type: 'unique', columns: ['a'], nullsNotDistinct: true }])
  })

  test.skipIf(server.major < 18)('may be about periods, or not enforced', async () => {
    expect(
      await constraints(
        `CREATE EXTENSION btree_gist;
        CREATE TABLE r (id integer, at tsrange, PRIMARY KEY (id, at WITHOUT OVERLAPS));
        CREATE TABLE t (id integer, at tsrange, CONSTRAINT c CHECK (id > 0) NOT ENFORCED,
          CONSTRAINT fk FOREIGN KEY (id, PERIOD at) REFERENCES r (id, PERIOD at))`,
        'r.r_pkey',
        't.c',
        't.fk',
      ),
    ).toStrictEqual([
      { ...on('r', 'r_pkey'), type: 'primaryKey', columns: ['id', 'at'], withoutOverlaps: true },
      { ...on('t', 'c'), type: 'check', expression: 'id > 0', notEnforced: true },
      {
        ...on('t', 'fk'),
        type: 'foreignKey',
        columns: ['id', 'at'],
        references: { schema: 'public', table: 'r', columns: ['id', 'at'] },
        period: true,
      },
    ])
  })
})
