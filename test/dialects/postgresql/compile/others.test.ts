import { expect, test } from 'vitest'
import type { SetComment } from '../../../../src/operations/operation.ts'
import type { SchemaObject } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled objects of other kinds', server => {
  const database = compileDatabase(server)

  test('are schemas and extensions', async () => {
    await database.apply(
      { kind: 'createSchema', object: { kind: 'schema', name: 'Auth', comment: 'who' } },
      { kind: 'createSchema', object: { kind: 'schema', name: 'Auth' }, ifNotExists: true },
      {
        kind: 'createExtension',
        object: { kind: 'extension', name: 'citext', schema: 'Auth', version: '1.6', comment: 'i' },
      },
      { kind: 'createExtension', object: { kind: 'extension', name: 'citext' }, ifNotExists: true },
    )
    expect(
      await database.rows(`SELECT nspname, obj_description(n.oid) AS schema,
          obj_description(e.oid) AS extension
        FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'citext'`),
    ).toEqual([{ nspname: 'Auth', schema: 'who', extension: 'i' }])
    await database.apply(
      { kind: 'dropExtension', object: { name: 'citext' } },
      { kind: 'dropSchema', object: { name: 'Auth' }, cascade: true },
    )
  })

  test('are policies', async () => {
    await database.run('CREATE TABLE t (a integer)')
    await database.apply(
      {
        kind: 'createPolicy',
        object: {
          kind: 'policy',
          schema: 'public',
          table: 't',
          name: 'Own rows',
          restrictive: true,
          command: 'update',
          roles: ['postgres'],
          using: 'a > 0',
          withCheck: '(a < 10)',
          comment: 'ours',
        },
      },
      { kind: 'createPolicy', object: { kind: 'policy', table: 't', name: 'all' } },
    )
    expect(
      await database.rows(`SELECT policyname, permissive, roles::text, cmd, qual, with_check
        FROM pg_policies ORDER BY 1`),
    ).toEqual([
      {
        policyname: 'Own rows',
        permissive: 'RESTRICTIVE',
        roles: '{postgres}',
        cmd: 'UPDATE',
        qual: '(a > 0)',
        with_check: '(a < 10)',
      },
      {
        policyname: 'all',
        permissive: 'PERMISSIVE',
        roles: '{public}',
        cmd: 'ALL',
        qual: null,
        with_check: null,
      },
    ])
    await database.apply({ kind: 'dropPolicy', object: { name: 'all', table: 't' } })
  })

  test('are collations', async () => {
    await database.apply({
      kind: 'createCollation',
      object: {
        kind: 'collation',
        name: 'Loose',
        options: { provider: 'icu', locale: 'und-u-ks-level2', deterministic: 'false' },
        comment: 'a is A',
      },
    })
    expect(await database.value(`SELECT 'a' = 'A' COLLATE "Loose"`)).toBe(true)
    await database.apply({ kind: 'dropCollation', object: { schema: 'public', name: 'Loose' } })
  })

  test('are extended statistics', async () => {
    await database.run('CREATE TABLE t (a integer, b integer, c text)')
    await database.apply({
      kind: 'createStatistics',
      object: {
        kind: 'statistics',
        schema: 'public',
        name: 's',
        kinds: ['ndistinct', 'dependencies'],
        expressions: ['a', 'b'],
        table: { schema: 'public', name: 't' },
        target: 500,
        comment: 'a with b',
      },
    })
    expect(
      await database.rows(`SELECT pg_get_statisticsobjdef(oid) AS definition, stxstattarget::int
        FROM pg_statistic_ext`),
    ).toEqual([
      {
        definition: 'CREATE STATISTICS public.s (ndistinct, dependencies) ON a, b FROM t',
        stxstattarget: 500,
      },
    ])
    await database.apply({ kind: 'dropStatistics', object: { schema: 'public', name: 's' } })
  })

  test('are publications', async () => {
    await database.run('CREATE TABLE t (a integer)')
    await database.apply(
      {
        kind: 'createPublication',
        object: {
          kind: 'publication',
          name: 'some',
          objects: 'TABLE public.t',
          options: { publish: 'insert, update', publish_via_partition_root: 'true' },
          comment: 'out',
        },
      },
      { kind: 'createPublication', object: { kind: 'publication', name: 'none' } },
    )
    expect(
      await database.rows(`SELECT pubinsert, pubdelete, pubviaroot, obj_description(oid) AS comment
        FROM pg_publication WHERE pubname = 'some'`),
    ).toEqual([{ pubinsert: true, pubdelete: false, pubviaroot: true, comment: 'out' }])
    expect(await database.values('SELECT tablename FROM pg_publication_tables')).toEqual(['t'])
    await database.apply({ kind: 'dropPublication', object: { name: 'none' } })
  })

  test('are kept as text', async () => {
    await database.apply({
      kind: 'createVerbatim',
      object: {
        kind: 'verbatim',
        type: 'OPERATOR',
        identity: 'public.=== (integer, integer)',
        statements: [
          'CREATE OPERATOR public.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)',
        ],
        comment: 'equal',
      },
    })
    expect(await database.value('SELECT 1 === 1')).toBe(true)
    await database.apply({
      kind: 'dropVerbatim',
      object: { type: 'OPERATOR', name: 'public.=== (integer, integer)' },
    })
  })

  /** One object of each kind that a comment can be on. */
  const commented: readonly (Pick<SetComment, 'column' | 'constraint'> & {
    readonly object: object
    readonly made?: string
    readonly read: string
  })[] = [
    { object: { kind: 'schema', name: 'public' }, read: `'public'::regnamespace` },
    {
      object: { kind: 'extension', name: 'plpgsql' },
      read: `(SELECT oid FROM pg_extension WHERE extname = 'plpgsql')`,
    },
    {
      object: { kind: 'collation', name: 'k' },
      made: `CREATE COLLATION k FROM "C"`,
      read: `(SELECT oid FROM pg_collation WHERE collname = 'k')`,
    },
    { object: { kind: 'enum', name: 'k' }, made: 'CREATE TYPE k AS ENUM ()', read: `'k'::regtype` },
    {
      object: { kind: 'domain', name: 'k' },
      made: 'CREATE DOMAIN k AS text',
      read: `'k'::regtype`,
    },
    {
      object: { kind: 'domain', name: 'k' },
      constraint: 'c',
      made: `CREATE DOMAIN k AS text CONSTRAINT c CHECK (VALUE <> '')`,
      read: `(SELECT oid FROM pg_constraint WHERE conname = 'c')`,
    },
    {
      object: { kind: 'compositeType', name: 'k' },
      made: 'CREATE TYPE k AS (a integer)',
      read: `'k'::regtype`,
    },
    { object: { kind: 'sequence', name: 'k' }, made: 'CREATE SEQUENCE k', read: `'k'::regclass` },
    { object: { kind: 'table', name: 'k' }, made: 'CREATE TABLE k ()', read: `'k'::regclass` },
    {
      object: { kind: 'constraint', table: 't', name: 'c' },
      made: 'CREATE TABLE t (a integer CONSTRAINT c CHECK (a > 0))',
      read: `(SELECT oid FROM pg_constraint WHERE conname = 'c')`,
    },
    {
      object: { kind: 'index', schema: 'public', table: 't', name: 'k' },
      made: 'CREATE TABLE t (a integer); CREATE INDEX k ON t (a)',
      read: `'k'::regclass`,
    },
    {
      object: { kind: 'view', name: 'k' },
      made: 'CREATE VIEW k AS SELECT 1',
      read: `'k'::regclass`,
    },
    {
      object: { kind: 'materializedView', name: 'k' },
      made: 'CREATE MATERIALIZED VIEW k AS SELECT 1',
      read: `'k'::regclass`,
    },
    {
      object: { kind: 'routine', type: 'function', name: 'k', signature: 'integer' },
      made: `CREATE FUNCTION k(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
      read: `'k'::regproc`,
    },
    {
      object: { kind: 'routine', type: 'procedure', name: 'k', signature: '' },
      made: `CREATE PROCEDURE k() LANGUAGE sql AS ''`,
      read: `'k'::regproc`,
    },
    {
      object: { kind: 'aggregate', name: 'k', signature: '' },
      made: 'CREATE AGGREGATE k(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = 0)',
      read: `'k'::regproc`,
    },
    {
      object: { kind: 'trigger', table: 't', name: 'k' },
      made: `CREATE TABLE t (); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE TRIGGER k AFTER INSERT ON t EXECUTE FUNCTION f()`,
      read: `(SELECT oid FROM pg_trigger WHERE tgname = 'k')`,
    },
    {
      object: { kind: 'rule', table: 't', name: 'k' },
      made: `CREATE TABLE t (); CREATE RULE k AS ON INSERT TO t DO INSTEAD NOTHING`,
      read: `(SELECT oid FROM pg_rewrite WHERE rulename = 'k')`,
    },
    {
      object: { kind: 'policy', table: 't', name: 'k' },
      made: `CREATE TABLE t (); CREATE POLICY k ON t`,
      read: `(SELECT oid FROM pg_policy WHERE polname = 'k')`,
    },
    {
      object: { kind: 'publication', name: 'k' },
      made: 'CREATE PUBLICATION k',
      read: `(SELECT oid FROM pg_publication WHERE pubname = 'k')`,
    },
    {
      object: { kind: 'verbatim', type: 'CAST', identity: '(bigint AS k)' },
      made: `CREATE TYPE k AS ENUM ();
        CREATE CAST (bigint AS k) WITH INOUT`,
      read: `(SELECT max(oid) FROM pg_cast)`,
    },
  ]

  const kindOf = ({ object, constraint }: (typeof commented)[number]) =>
    `${(object as SchemaObject).kind}${constraint ? "'s check" : ''}`

  test.each(commented.map(one => [kindOf(one), one] as const))(
    'a %s takes and loses a comment',
    async (_, one) => {
      const { made, read, column, constraint } = one
      const object = one.object as SchemaObject
      if (made) await database.run(made)
      await database.apply({ kind: 'setComment', object, column, constraint, comment: `it's` })
      expect(
        await database.value(`SELECT description FROM pg_description
        WHERE objoid = ${read} AND objsubid = 0 AND description = 'it''s'`),
      ).toBe(`it's`)
      await database.apply({ kind: 'setComment', object, column, constraint, comment: null })
      expect(
        await database.value(`SELECT count(*)::int FROM pg_description
        WHERE description = 'it''s'`),
      ).toBe(0)
    },
  )

  test('have comments on their columns', async () => {
    await database.run('CREATE VIEW v AS SELECT 1 AS "A"; CREATE TYPE k AS (b integer)')
    await database.apply(
      {
        kind: 'setComment',
        object: { kind: 'view', schema: 'public', name: 'v', definition: '' },
        column: 'A',
        comment: 'one',
      },
      {
        kind: 'setComment',
        object: { kind: 'compositeType', name: 'k', attributes: [] },
        column: 'b',
        comment: 'two',
      },
    )
    expect(
      await database.value(`SELECT array[col_description('v'::regclass, 1),
        col_description('k'::regclass, 1)]`),
    ).toEqual(['one', 'two'])
  })
})
