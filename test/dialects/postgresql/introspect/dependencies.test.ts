import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('an object', server => {
  const database = introspectDatabase(server)

  test('needs its schema, and a column’s type', async () => {
    expect(
      await database.needs(
        `CREATE SCHEMA app; CREATE TYPE app.status AS ENUM ('a'); CREATE DOMAIN d AS app.status[];
         CREATE TYPE pair AS (a d); CREATE TABLE t (s app.status, p pair[]);
         CREATE TABLE u (t t, ts t[])`,
        'enum:app.status',
        'domain:public.d',
        'compositeType:public.pair',
        'table:public.t',
        'table:public.u',
        'schema:app',
      ),
    ).toEqual([
      ['schema:app'],
      ['enum:app.status', 'schema:public'],
      ['domain:public.d', 'schema:public'],
      ['compositeType:public.pair', 'enum:app.status', 'schema:public'],
      ['schema:public', 'table:public.t'],
      [],
    ])
  })

  test('needs what its parts need, but a default’s needs are the default’s', async () => {
    expect(
      await database.needs(
        `CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
         CREATE SEQUENCE s;
         CREATE TABLE t (a integer DEFAULT f(1), b integer DEFAULT nextval('s'),
           c integer GENERATED ALWAYS AS (f(a)) STORED, d serial)`,
        'table:public.t',
        'default:public.t.a',
        'default:public.t.b',
        'default:public.t.c',
        'default:public.t.d',
      ),
    ).toEqual([
      ['schema:public'],
      ['routine:public.f(integer)'],
      ['sequence:public.s'],
      ['column:public.t.a', 'routine:public.f(integer)'],
      undefined,
    ])
  })

  test('may need a sequence that another’s column owns', async () => {
    expect(
      await database.needs(
        `CREATE TABLE a (id serial, n integer GENERATED ALWAYS AS IDENTITY);
         CREATE TABLE b (id integer DEFAULT nextval('a_id_seq'), n integer DEFAULT nextval('a_n_seq'));
         CREATE SEQUENCE s OWNED BY b.id`,
        'default:public.b.id',
        'default:public.b.n',
        'sequence:public.s',
      ),
    ).toEqual([['table:public.a'], ['table:public.a'], ['schema:public']])
  })

  test('that is a constraint or an index needs its table and what it names', async () => {
    expect(
      await database.needs(
        `CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
         CREATE TABLE target (id integer PRIMARY KEY, n integer);
         CREATE UNIQUE INDEX target_n ON target (n);
         CREATE TABLE t (a integer REFERENCES target, b integer REFERENCES target (n),
           CONSTRAINT c CHECK (f(a) > 0));
         CREATE INDEX i ON t (f(b)) WHERE f(a) > 0`,
        'constraint:public.t.t_a_fkey',
        'constraint:public.t.t_b_fkey',
        'constraint:public.t.c',
        'index:public.i',
      ),
    ).toEqual([
      [
        'constraint:public.target.target_pkey',
        'schema:public',
        'table:public.t',
        'table:public.target',
      ],
      ['index:public.target_n', 'schema:public', 'table:public.t', 'table:public.target'],
      ['routine:public.f(integer)', 'schema:public', 'table:public.t'],
      ['routine:public.f(integer)', 'schema:public', 'table:public.t'],
    ])
  })

  test('needs the extension that brought what it uses', async () => {
    expect(
      await database.needs(
        `CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION btree_gist;
         CREATE TABLE t (a ext.citext, bs ext.citext[], r int4range, n integer,
           CONSTRAINT x EXCLUDE USING gist (n WITH =, r WITH &&));
         CREATE INDEX i ON t (a);
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'`,
        'extension:citext',
        'table:public.t',
        'constraint:public.t.x',
        'index:public.i',
        'routine:public.f()',
      ),
    ).toEqual([
      ['schema:ext'],
      ['extension:citext', 'schema:public'],
      ['extension:btree_gist', 'schema:public', 'table:public.t'],
      ['extension:citext', 'schema:public', 'table:public.t'],
      ['extension:plpgsql', 'schema:public'],
    ])
  })

  test('that is a view needs what its query names', async () => {
    expect(
      await database.needs(
        `CREATE TABLE t (id integer PRIMARY KEY, name text);
         CREATE FUNCTION f(t) RETURNS integer LANGUAGE sql AS 'SELECT 1';
         CREATE VIEW v AS SELECT id, name, f(t) FROM t GROUP BY id;
         CREATE MATERIALIZED VIEW m AS SELECT * FROM v;
         CREATE INDEX i ON m (id);
         CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'TABLE v'`,
        'routine:public.f(public.t)',
        'view:public.v',
        'materializedView:public.m',
        'index:public.i',
        'routine:public.g()',
      ),
    ).toEqual([
      ['schema:public', 'table:public.t'],
      [
        'column:public.t.id',
        'column:public.t.name',
        'constraint:public.t.t_pkey',
        'routine:public.f(public.t)',
        'schema:public',
        'table:public.t',
      ],
      ['schema:public', 'view:public.v'],
      ['materializedView:public.m', 'schema:public'],
      ['schema:public', 'view:public.v'],
    ])
  })

  test('that belongs to a table needs it, and what it calls', async () => {
    expect(
      await database.needs(
        `CREATE TABLE t (id integer); CREATE TABLE log (id integer);
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
         CREATE FUNCTION ok(integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
         CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (ok(new.id)) EXECUTE FUNCTION f();
         CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.id);
         CREATE POLICY p ON t USING (ok(id) AND EXISTS (SELECT FROM log));
         CREATE PUBLICATION pub FOR TABLE t`,
        'trigger:public.t.g',
        'rule:public.t.r',
        'policy:public.t.p',
        'publication:pub',
      ),
    ).toEqual([
      [
        'column:public.t.id',
        'routine:public.f()',
        'routine:public.ok(integer)',
        'schema:public',
        'table:public.t',
      ],
      [
        'column:public.log.id',
        'column:public.t.id',
        'schema:public',
        'table:public.log',
        'table:public.t',
      ],
      [
        'column:public.t.id',
        'routine:public.ok(integer)',
        'schema:public',
        'table:public.log',
        'table:public.t',
      ],
      ['table:public.t'],
    ])
  })

  test('that is a partition needs its parent, and its parts the parent’s', async () => {
    expect(
      await database.needs(
        `CREATE TABLE m (a integer PRIMARY KEY, b integer) PARTITION BY LIST (a);
         CREATE INDEX m_b ON m (b);
         CREATE TABLE m1 PARTITION OF m FOR VALUES IN (1);
         CREATE TABLE base (a integer); CREATE TABLE child () INHERITS (base)`,
        'table:public.m1',
        'constraint:public.m1.m1_pkey',
        'index:public.m1_b_idx',
        'table:public.child',
      ),
    ).toEqual([
      ['schema:public', 'table:public.m'],
      ['constraint:public.m.m_pkey', 'schema:public', 'table:public.m1'],
      ['index:public.m_b', 'schema:public', 'table:public.m1'],
      ['schema:public', 'table:public.base'],
    ])
  })

  test('that is a range needs its subtype, and is needed by its multirange', async () => {
    await database.run(
      `CREATE TYPE status AS ENUM ('a'); CREATE TYPE r AS RANGE (subtype = status)`,
    )
    if (server.major >= 14)
      await database.run('CREATE TABLE t (many multirange)'.replace('multirange', 'r_multirange'))
    const { dependencies } = await database.read()
    expect(dependencies.get('rangeType:public.r')).toEqual(['enum:public.status', 'schema:public'])
    if (server.major >= 14) {
      expect(dependencies.get('table:public.t')).toEqual(['rangeType:public.r', 'schema:public'])
    }
  })

  test('of a rare kind is a part of the order too', async () => {
    expect(
      await database.needs(
        `CREATE FUNCTION eq(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
         CREATE OPERATOR === (FUNCTION = eq, LEFTARG = integer, RIGHTARG = integer);
         CREATE VIEW v AS SELECT 1 === 2 AS same;
         CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple);
         CREATE TEXT SEARCH CONFIGURATION cfg (PARSER = "default");
         ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR word WITH dict`,
        'verbatim:OPERATOR public.=== (integer, integer)',
        'view:public.v',
        'verbatim:TEXT SEARCH CONFIGURATION public.cfg',
      ),
    ).toEqual([
      ['routine:public.eq(integer, integer)', 'schema:public'],
      [
        // PostgreSQL reports the operator alone or its function beside it.
        ...((await database.read()).dependencies.get('view:public.v') ?? []),
      ],
      ['schema:public', 'verbatim:TEXT SEARCH DICTIONARY public.dict'],
    ])
    expect((await database.read()).dependencies.get('view:public.v')).toContain(
      'verbatim:OPERATOR public.=== (integer, integer)',
    )
  })

  test('never needs itself, nor what is not there', async () => {
    await database.run(
      `CREATE EXTENSION citext; CREATE TABLE t (id serial PRIMARY KEY, parent integer REFERENCES t, c citext);
       CREATE VIEW v AS SELECT * FROM t; CREATE FUNCTION f(t) RETURNS v LANGUAGE sql AS 'TABLE v';
       ALTER TABLE t ADD CHECK (t IS NOT NULL)`,
    )
    const { objects, dependencies } = await database.read()
    for (const [id, needed] of dependencies) {
      expect(needed).not.toContain(id)
      const whole = needed.filter(each => !each.startsWith('column:'))
      for (const each of whole) expect(objects.has(each), `${id} needs ${each}`).toBe(true)
    }
    for (const id of objects.keys()) expect(dependencies.has(id)).toBe(true)
  })
})
