import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a view', server => {
  const database = introspectDatabase(server)

  test('is its query, with every name in full, and what its columns are', async () => {
    const [view] = await database.objects(
      `CREATE TABLE t (id integer); CREATE VIEW v (n) AS SELECT id FROM t WHERE id > 0`,
      'view:public.v',
    )
    const { definition, ...rest } = view as { definition: string }
    expect(rest).toEqual({ kind: 'view', schema: 'public', name: 'v', columns: ['n integer'] })
    const [name] = server.major >= 16 ? ['id'] : ['t.id']
    expect(definition).toBe(`SELECT ${name} AS n\n   FROM public.t\n  WHERE (${name} > 0)`)
  })

  test('tells options, comments and defaults of its columns', async () => {
    const [view] = await database.objects(
      `CREATE TABLE t (id integer, name text);
       CREATE VIEW v WITH (security_barrier) AS SELECT id, name FROM t WHERE id > 0
         WITH CASCADED CHECK OPTION;
       ALTER VIEW v ALTER name SET DEFAULT 'x';
       COMMENT ON VIEW v IS 'c'; COMMENT ON COLUMN v.id IS 'd'`,
      'view:public.v',
    )
    expect(view).toMatchObject({
      options: { security_barrier: 'true', check_option: 'cascaded' },
      columnDefaults: { name: "'x'::text" },
      comment: 'c',
      columnComments: { id: 'd' },
    })
  })

  test('may be materialized', async () => {
    const [view] = await database.objects(
      `CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
       CREATE MATERIALIZED VIEW m USING heap2 WITH (fillfactor = 60) AS SELECT 1 AS one WITH NO DATA;
       ALTER MATERIALIZED VIEW m ALTER one SET STATISTICS 7;
       COMMENT ON MATERIALIZED VIEW m IS 'c'; COMMENT ON COLUMN m.one IS 'd'`,
      'materializedView:public.m',
    )
    expect(view).toStrictEqual({
      kind: 'materializedView',
      schema: 'public',
      name: 'm',
      definition: 'SELECT 1 AS one',
      options: { fillfactor: '60' },
      comment: 'c',
      columnComments: { one: 'd' },
      accessMethod: 'heap2',
      columnStorage: { one: { statistics: 7 } },
    })
  })

  test('of an extension is not there', async () => {
    await database.run('CREATE EXTENSION pg_stat_statements')
    const { objects } = await database.read()
    expect([...objects.values()].filter(({ kind }) => kind === 'view')).toEqual([])
  })
})
