import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a policy', server => {
  const database = introspectDatabase(server)

  test('tells whom it lets do what', async () => {
    const found = await database.objects(
      `CREATE ROLE limbeck_b; CREATE ROLE "limbeck A"; CREATE TABLE t (id integer, who text);
       CREATE POLICY a ON t USING (who = current_user);
       CREATE POLICY b ON t AS RESTRICTIVE FOR INSERT TO limbeck_b, "limbeck A" WITH CHECK (id > 0);
       CREATE POLICY c ON t FOR SELECT TO PUBLIC USING ((SELECT true));
       COMMENT ON POLICY a ON t IS 'c'`,
      'policy:public.t.a',
      'policy:public.t.b',
      'policy:public.t.c',
    )
    const common = { kind: 'policy', schema: 'public', table: 't' }
    expect(found.slice(0, 2)).toStrictEqual([
      { ...common, name: 'a', using: 'who = CURRENT_USER', comment: 'c' },
      {
        ...common,
        name: 'b',
        restrictive: true,
        command: 'insert',
        roles: ['limbeck A', 'limbeck_b'],
        withCheck: 'id > 0',
      },
    ])
    expect(found[2]).toMatchObject({
      command: 'select',
      using: expect.stringMatching(/^\( SELECT true.*\)$/),
    })
    expect(found[2]).not.toHaveProperty('roles')
  })
})

eachServer('extended statistics', server => {
  const database = introspectDatabase(server)

  const statistics = (sql: string) =>
    database.objects(
      `CREATE TABLE t (a integer, b integer, "C c" text); ${sql}`,
      'statistics:public.s',
    )

  test('tell their columns', async () => {
    expect(await statistics('CREATE STATISTICS s ON a, "C c" FROM t')).toStrictEqual([
      {
        kind: 'statistics',
        schema: 'public',
        name: 's',
        kinds: [],
        expressions: ['a', '"C c"'],
        table: { schema: 'public', name: 't' },
      },
    ])
  })

  test('tell their kinds where these are not all, their target and comment', async () => {
    expect(
      await statistics(`CREATE STATISTICS s (mcv, ndistinct) ON a, b FROM t;
        ALTER STATISTICS s SET STATISTICS 50; COMMENT ON STATISTICS s IS 'c'`),
    ).toMatchObject([{ kinds: ['ndistinct', 'mcv'], target: 50, comment: 'c' }])
  })

  test.skipIf(server.major < 14)('may be of expressions', async () => {
    expect(
      await statistics('CREATE STATISTICS s (mcv) ON (a + b), lower("C c"), a FROM t'),
    ).toMatchObject([{ kinds: ['mcv'], expressions: ['a', '(a + b)', 'lower("C c")'] }])
  })
})

eachServer('a publication', server => {
  const database = introspectDatabase(server)

  const publication = async (sql: string) => {
    const [found] = await database.objects(
      `CREATE TABLE a (id integer, n integer); CREATE SCHEMA s; CREATE TABLE s."B b" ();
       CREATE TABLE parent (id integer); CREATE TABLE child () INHERITS (parent); ${sql}`,
      'publication:p',
    )
    return found
  }

  test('may hold nothing yet', async () => {
    expect(await publication('CREATE PUBLICATION p')).toStrictEqual({
      kind: 'publication',
      name: 'p',
    })
  })

  test('may hold all tables', async () => {
    expect(
      await publication(`CREATE PUBLICATION p FOR ALL TABLES
        WITH (publish = 'delete, insert', publish_via_partition_root);
        COMMENT ON PUBLICATION p IS 'c'`),
    ).toStrictEqual({
      kind: 'publication',
      name: 'p',
      objects: 'ALL TABLES',
      options: { publish: 'insert, delete', publish_via_partition_root: 'true' },
      comment: 'c',
    })
  })

  test('names its tables one by one', async () => {
    expect(await publication('CREATE PUBLICATION p FOR TABLE parent, s."B b"')).toMatchObject({
      objects: 'TABLE ONLY public.child, ONLY public.parent, ONLY s."B b"',
    })
  })

  test.skipIf(server.major < 15)('tells which rows, and which schemas', async () => {
    expect(
      await publication('CREATE PUBLICATION p FOR TABLE a WHERE (n > 1), TABLES IN SCHEMA s'),
    ).toMatchObject({ objects: 'TABLE ONLY public.a WHERE (n > 1), TABLES IN SCHEMA s' })
  })

  test.skipIf(server.major < 15)('tells which columns', async () => {
    expect(await publication('CREATE PUBLICATION p FOR TABLE a (n, id)')).toMatchObject({
      objects: 'TABLE ONLY public.a (id, n)',
    })
  })

  test.skipIf(server.major < 18)('tells that it holds generated columns', async () => {
    expect(
      await publication('CREATE PUBLICATION p WITH (publish_generated_columns = stored)'),
    ).toMatchObject({ options: { publish_generated_columns: 'stored' } })
  })
})
