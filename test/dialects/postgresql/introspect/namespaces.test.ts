import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a schema', server => {
  const database = introspectDatabase(server)

  test('is there with its comment, public without the usual one', async () => {
    await database.run(`CREATE SCHEMA "Odd"; CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'c'`)
    const { objects } = await database.read()
    expect([...objects.values()]).toEqual([
      { kind: 'extension', name: 'plpgsql', schema: 'pg_catalog' },
      { kind: 'schema', name: 'Odd' },
      { kind: 'schema', name: 'app', comment: 'c' },
      { kind: 'schema', name: 'public' },
    ])
  })

  test.each([
    ["'ours'", 'ours'],
    ['NULL', ''],
  ])('public tells that its comment is %s', async (comment, expected) => {
    const [found] = await database.objects(
      `COMMENT ON SCHEMA public IS ${comment}`,
      'schema:public',
    )
    expect(found).toMatchObject({ comment: expected })
  })

  test('public may be missing', async () => {
    await database.run('DROP SCHEMA public')
    expect([...(await database.read()).objects.keys()]).toEqual(['extension:plpgsql'])
  })
})

eachServer('an extension', server => {
  const database = introspectDatabase(server)

  test('hides its members', async () => {
    await database.run(
      'CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION hstore',
    )
    const { objects, unmodelled } = await database.read()
    expect([...objects.values()]).toEqual([
      { kind: 'extension', name: 'citext', schema: 'ext' },
      { kind: 'extension', name: 'hstore', schema: 'public' },
      { kind: 'extension', name: 'plpgsql', schema: 'pg_catalog' },
      { kind: 'schema', name: 'ext' },
      { kind: 'schema', name: 'public' },
    ])
    expect(unmodelled).toEqual([])
  })

  test('tells a comment that its control file does not make', async () => {
    const found = await database.objects(
      `CREATE EXTENSION citext; COMMENT ON EXTENSION citext IS 'ours';
       CREATE EXTENSION hstore; COMMENT ON EXTENSION hstore IS NULL`,
      'extension:citext',
      'extension:hstore',
    )
    expect(found).toMatchObject([{ comment: 'ours' }, { comment: '' }])
  })
})

eachServer('a collation', server => {
  const database = introspectDatabase(server)

  test('tells its provider and locale', async () => {
    const found = await database.objects(
      `CREATE COLLATION a (provider = icu, locale = 'de-u-co-phonebk');
       CREATE COLLATION b (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       CREATE COLLATION c (locale = 'C'); COMMENT ON COLLATION c IS 'c'`,
      'collation:public.a',
      'collation:public.b',
      'collation:public.c',
    )
    const common = { kind: 'collation', schema: 'public' }
    expect(found).toStrictEqual([
      { ...common, name: 'a', options: { provider: 'icu', locale: 'de-u-co-phonebk' } },
      {
        ...common,
        name: 'b',
        options: { provider: 'icu', locale: 'und-u-ks-level2', deterministic: 'false' },
      },
      { ...common, name: 'c', options: { provider: 'libc', locale: 'C' }, comment: 'c' },
    ])
  })

  test('tells both halves of its locale where they differ', async () => {
    const [found] = await database.objects(
      `CREATE COLLATION a (lc_collate = 'C', lc_ctype = 'POSIX')`,
      'collation:public.a',
    )
    expect(found).toMatchObject({
      options: { provider: 'libc', lc_collate: 'C', lc_ctype: 'POSIX' },
    })
  })

  test.skipIf(server.major < 18)('may be the server’s own', async () => {
    const [found] = await database.objects(
      `CREATE COLLATION a (provider = builtin, locale = 'C.UTF-8')`,
      'collation:public.a',
    )
    expect(found).toMatchObject({ options: { provider: 'builtin', locale: 'C.UTF-8' } })
  })
})
