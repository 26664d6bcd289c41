import { expect, test } from 'vitest'
import type { Index, IndexElement } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled indexes', server => {
  const database = compileDatabase(server)
  const definition = (name = 'ix') => database.value(`SELECT pg_get_indexdef('${name}'::regclass)`)
  const index = (elements: readonly IndexElement[], rest: Partial<Index> = {}): Index => ({
    kind: 'index',
    table: 't',
    name: 'ix',
    elements,
    ...rest,
  })
  const create = (made: Index, ifNotExists?: boolean) =>
    database.apply({ kind: 'createIndex', index: made, ifNotExists })
  const setUp = () => database.run('CREATE TABLE t (a integer, "B" text, c text, d tsvector)')

  test.each<[string, Index, string]>([
    ['columns', index([{ column: 'a' }, { column: 'B' }]), 'btree (a, "B")'],
    [
      'orders, opclasses and collations',
      index([
        { column: 'a', order: 'desc' },
        { column: 'B', collation: 'C', opclass: 'text_pattern_ops', nulls: 'first' },
        { column: 'c', order: 'desc', nulls: 'last' },
      ]),
      'btree (a DESC, "B" COLLATE "C" text_pattern_ops NULLS FIRST, c DESC NULLS LAST)',
    ],
    [
      'expressions',
      index([
        { expression: 'lower(c)' },
        { expression: '(a + 1)' },
        { expression: `c || ')'`, opclass: 'text_pattern_ops' },
        { expression: 'coalesce(a, 0)' },
      ]),
      `btree (lower(c), ((a + 1)), ((c || ')'::text)) text_pattern_ops, COALESCE(a, 0))`,
    ],
    [
      'a method, INCLUDE, parameters and a condition',
      index([{ column: 'd', opclass: 'tsvector_ops', opclassOptions: { siglen: '64' } }], {
        method: 'gist',
        include: ['a'],
        options: { fillfactor: '80', buffering: 'off' },
        where: 'a > 0',
        tablespace: 'pg_default',
      }),
      `gist (d tsvector_ops (siglen='64')) INCLUDE (a) WITH (fillfactor='80', buffering=off) WHERE (a > 0)`,
    ],
  ])('have %s', async (_, made, expected) => {
    await setUp()
    await create(made)
    expect(await definition()).toBe(`CREATE INDEX ix ON public.t USING ${expected}`)
  })

  test('are unique, also over nulls', async () => {
    await setUp()
    const over = server.major >= 15
    await create(index([{ column: 'a' }], { unique: true, nullsNotDistinct: over || undefined }))
    expect(await definition()).toBe(
      `CREATE UNIQUE INDEX ix ON public.t USING btree (a)${over ? ' NULLS NOT DISTINCT' : ''}`,
    )
  })

  test('carry comments, statistics and CLUSTER', async () => {
    await setUp()
    await create(
      index([{ expression: 'lower(c)' }], {
        schema: 'public',
        comment: 'fast',
        statistics: { 1: 300 },
        clustered: true,
      }),
    )
    expect(
      await database.rows(`SELECT obj_description(indexrelid) AS comment, indisclustered,
        attstattarget::int FROM pg_index JOIN pg_attribute ON attrelid = indexrelid
        WHERE indexrelid = 'ix'::regclass`),
    ).toEqual([{ comment: 'fast', indisclustered: true, attstattarget: 300 }])
  })

  test('are attached to the index of a partitioned table', async () => {
    await database.run(`CREATE TABLE p (a integer) PARTITION BY RANGE (a);
      CREATE TABLE p1 PARTITION OF p DEFAULT`)
    await create(index([{ column: 'a' }], { table: 'p', only: true }))
    await create(index([{ column: 'a' }], { table: 'p1', name: 'ix1', attachedTo: { name: 'ix' } }))
    expect(
      await database.value(`SELECT inhparent::regclass::text FROM pg_inherits
        WHERE inhrelid = 'ix1'::regclass`),
    ).toBe('ix')
  })

  test('may have no name, may be there already, and are dropped', async () => {
    await setUp()
    await create(index([{ column: 'a' }], { name: undefined }))
    expect(await definition('t_a_idx')).toContain('t_a_idx')
    await create(index([{ column: 'a' }]))
    await create(index([{ column: 'a' }]), true)
    await database.apply(
      { kind: 'dropIndex', schema: 'public', name: 'ix', cascade: true },
      { kind: 'dropIndex', name: 'ix', ifExists: true },
    )
    expect(await database.value(`SELECT to_regclass('ix')`)).toBe(null)
  })

  test('need a name to be commented on', async () => {
    await setUp()
    await expect(
      create(index([{ column: 'a' }], { name: undefined, comment: 'c' })),
    ).rejects.toMatchObject({ code: 'OPERATION_INCOMPLETE' })
  })

  test('are built and dropped beside other work outside a transaction', async () => {
    await database.leaveTransaction()
    await setUp()
    await create(index([{ column: 'a' }], { concurrently: true }))
    expect(await definition()).toBe('CREATE INDEX ix ON public.t USING btree (a)')
    await database.apply({ kind: 'dropIndex', name: 'ix', concurrently: true })
    await database.run('DROP TABLE t')
  })
})
