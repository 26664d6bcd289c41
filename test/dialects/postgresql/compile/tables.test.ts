import { expect, test } from 'vitest'
import type { Column, Table } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

const column = (name: string, type: string, rest: Partial<Column> = {}): Column => ({
  name,
  type,
  notNull: false,
  ...rest,
})

const table = (name: string, columns: readonly Column[], rest: Partial<Table> = {}): Table => ({
  kind: 'table',
  name,
  columns,
  ...rest,
})

eachServer('compiled tables', server => {
  const database = compileDatabase(server)
  const create = (made: Table) =>
    database.apply({ kind: 'createTable', table: made, constraints: [] })
  const defaults = (name: string) =>
    database.rows(`SELECT column_name, column_default FROM information_schema.columns
      WHERE table_name = '${name}' ORDER BY ordinal_position`)

  test('have their columns, types and nullability', async () => {
    await create(
      table('t', [
        column('id', 'bigserial', { notNull: true }),
        column('Name', 'varchar(20)', { collation: 'C' }),
        column('price', 'numeric(10,2)', { notNull: true }),
        column('tags', 'text[]'),
        column('at', 'timestamptz(3)'),
      ]),
    )
    expect(
      await database.rows(`SELECT attname, format_type(atttypid, atttypmod), attnotnull, collname
        FROM pg_attribute LEFT JOIN pg_collation c ON c.oid = attcollation AND collname <> 'default'
        WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`),
    ).toEqual([
      { attname: 'id', format_type: 'bigint', attnotnull: true, collname: null },
      { attname: 'Name', format_type: 'character varying(20)', attnotnull: false, collname: 'C' },
      { attname: 'price', format_type: 'numeric(10,2)', attnotnull: true, collname: null },
      { attname: 'tags', format_type: 'text[]', attnotnull: false, collname: null },
      {
        attname: 'at',
        format_type: 'timestamp(3) with time zone',
        attnotnull: false,
        collname: null,
      },
    ])
  })

  test('spell literal defaults in the way of their types', async () => {
    await create(
      table('t', [
        column('a', 'integer', { default: { value: -5 } }),
        column('b', 'text', { default: { value: 5 } }),
        column('c', 'jsonb', { default: { value: true } }),
        column('d', 'boolean', { default: { value: true } }),
        column('e', 'numeric(4,1)', { default: { value: '1.5' } }),
        column('f', 'bigint', { default: { value: 9007199254740993n } }),
        column('g', 'text', { default: { value: "it's" } }),
        column('h', 'text[]', { default: { value: '{}' } }),
        column('i', 'timestamptz', { default: { sql: 'now()' } }),
        column('j', 'double precision', { default: { value: Number.POSITIVE_INFINITY } }),
      ]),
    )
    await database.run('INSERT INTO t DEFAULT VALUES')
    const [row] = await database.rows(
      `SELECT a, b, c::text, d, e, f::text, g, cardinality(h) AS h, i = now() AS i, j FROM t`,
    )
    expect(row).toEqual({
      a: -5,
      b: '5',
      c: 'true',
      d: true,
      e: '1.5',
      f: '9007199254740993',
      g: "it's",
      h: 0,
      i: true,
      j: Number.POSITIVE_INFINITY,
    })
  })

  test('have generated and identity columns', async () => {
    await create(
      table(
        't',
        [
          column('a', 'integer', { notNull: true }),
          column('b', 'integer', { generated: { expression: 'a * 2', stored: true } }),
          column('id', 'bigint', {
            notNull: true,
            identity: {
              always: true,
              start: 10n,
              increment: 5n,
              maxValue: 1000n,
              cache: 7n,
              cycle: true,
              sequenceName: 'Counter',
            },
          }),
        ],
        { schema: 'public' },
      ),
    )
    await database.run('INSERT INTO t (a) VALUES (3)')
    expect(await database.rows('SELECT b, id FROM t')).toEqual([{ b: 6, id: '10' }])
    expect(
      await database.rows(`SELECT sequencename, increment_by, max_value, cache_size, cycle
      FROM pg_sequences`),
    ).toEqual([
      {
        sequencename: 'Counter',
        increment_by: '5',
        max_value: '1000',
        cache_size: '7',
        cycle: true,
      },
    ])
  })

  test.skipIf(server.major < 18)(
    'have virtual columns and named NOT NULL constraints',
    async () => {
      await create(
        table('t', [
          column('a', 'integer', { notNull: true, notNullConstraint: { name: 'a_there' } }),
          column('b', 'integer', { generated: { expression: 'a + 1', stored: false } }),
          column('c', 'integer', { notNull: true, notNullConstraint: { notValid: true } }),
        ]),
      )
      expect(
        await database.value(`SELECT attgenerated FROM pg_attribute WHERE attname = 'b'
      AND attrelid = 't'::regclass`),
      ).toBe('v')
      expect(
        await database.rows(`SELECT conname, convalidated FROM pg_constraint
        WHERE conrelid = 't'::regclass AND contype = 'n' ORDER BY conname`),
      ).toEqual([
        { conname: 'a_there', convalidated: true },
        { conname: 't_c_not_null', convalidated: false },
      ])
    },
  )

  test('have storage parameters, persistence, row security and a replica identity', async () => {
    await create(
      table('t', [column('a', 'integer')], {
        unlogged: true,
        options: { fillfactor: '70', 'toast.autovacuum_enabled': 'false' },
        accessMethod: 'heap',
        tablespace: 'pg_default',
        rowSecurity: { enabled: true, forced: true },
        replicaIdentity: 'full',
      }),
    )
    expect(
      await database.rows(`SELECT c.relpersistence, c.reloptions, c.relrowsecurity,
          c.relforcerowsecurity, c.relreplident, t.reloptions AS toast
        FROM pg_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid WHERE c.relname = 't'`),
    ).toEqual([
      {
        relpersistence: 'u',
        reloptions: ['fillfactor=70'],
        relrowsecurity: true,
        relforcerowsecurity: true,
        relreplident: 'f',
        toast: null,
      },
    ])
  })

  test('keep what is chosen for single columns', async () => {
    await create(
      table('t', [
        column('a', 'text', { storage: 'external', statistics: 500, comment: 'first' }),
        column('b', 'text', { compression: 'pglz' }),
      ]),
    )
    const compression = server.major >= 14 ? 'attcompression' : "'p'"
    expect(
      await database.rows(`SELECT attstorage, attstattarget::int, ${compression} AS compression,
          col_description(attrelid, attnum) AS comment
        FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`),
    ).toMatchObject([
      { attstorage: 'e', attstattarget: 500, comment: 'first' },
      { attstorage: 'x', compression: 'p' },
    ])
  })

  test('are partitions with columns in an order of their own', async () => {
    const columns = [column('at', 'date', { notNull: true }), column('n', 'integer')]
    await create(table('events', columns, { partitionBy: 'RANGE (at)' }))
    await create(
      table('events_2024', columns.toReversed(), {
        partitionOf: {
          parent: { schema: 'public', name: 'events' },
          bounds: "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
        },
      }),
    )
    expect(
      await database.values(`SELECT attname FROM pg_attribute
        WHERE attrelid = 'events_2024'::regclass AND attnum > 0 ORDER BY attnum`),
    ).toEqual(['n', 'at'])
    expect(
      await database.value(
        `SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'events_2024'`,
      ),
    ).toBe("FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')")
  })

  test('take the identity of a partitioned table where the server shares it', async () => {
    const id = column('id', 'bigint', { notNull: true, identity: { always: true } })
    const parent = server.major >= 17 ? id : column('id', 'bigint', { notNull: true })
    await create(table('p', [parent], { partitionBy: 'RANGE (id)' }))
    await create(table('p1', [id], { partitionOf: { parent: { name: 'p' }, bounds: 'DEFAULT' } }))
    expect(
      await database.value(`SELECT attidentity FROM pg_attribute
      WHERE attrelid = 'p1'::regclass AND attname = 'id'`),
    ).toBe('a')
  })

  test('inherit columns without repeating them', async () => {
    await create(table('parent', [column('a', 'integer'), column('b', 'text')]))
    await create(
      table(
        'child',
        [
          column('a', 'integer', { inherited: true, default: { value: 7 } }),
          column('b', 'text', { inherited: true }),
          column('c', 'text'),
        ],
        { inherits: [{ schema: 'public', name: 'parent' }] },
      ),
    )
    expect(
      await database.rows(`SELECT attname, attislocal FROM pg_attribute
        WHERE attrelid = 'child'::regclass AND attnum > 0 ORDER BY attnum`),
    ).toEqual([
      { attname: 'a', attislocal: false },
      { attname: 'b', attislocal: false },
      { attname: 'c', attislocal: true },
    ])
    expect(await defaults('child')).toMatchObject([{ column_default: '7' }, {}, {}])
  })

  test('are typed by a composite type', async () => {
    await database.run('CREATE TYPE pair AS (a integer, b text)')
    const columns = [column('a', 'integer', { notNull: true, default: { value: 1 } })]
    await create(table('plain', [column('a', 'integer')], { ofType: 'public.pair' }))
    await create(table('t', [...columns, column('b', 'text')], { ofType: 'public.pair' }))
    expect(
      await database.values(`SELECT reloftype::regtype::text FROM pg_class
      WHERE relname IN ('plain', 't')`),
    ).toEqual(['pair', 'pair'])
    expect(await defaults('t')).toEqual([
      { column_name: 'a', column_default: '1' },
      { column_name: 'b', column_default: null },
    ])
  })

  test('may have no columns, and may be there already', async () => {
    await create(table('t', []))
    await database.apply({
      kind: 'createTable',
      table: table('t', []),
      constraints: [],
      ifNotExists: true,
    })
    await database.apply(
      { kind: 'dropTable', name: 't' },
      { kind: 'dropTable', name: 't', ifExists: true },
    )
    expect(await database.value(`SELECT to_regclass('t')`)).toBe(null)
  })

  test('are renamed and altered property by property', async () => {
    await create(
      table('t', [column('a', 'integer', { notNull: true })], { options: { fillfactor: '70' } }),
    )
    await database.run('CREATE UNIQUE INDEX u ON t (a)')
    await database.apply(
      {
        kind: 'alterTable',
        table: 't',
        changes: {
          comment: 'c',
          unlogged: true,
          options: { fillfactor: null, autovacuum_enabled: 'false' },
          rowSecurity: { enabled: true, forced: false },
          replicaIdentity: { index: 'u' },
          tablespace: null,
        },
      },
      { kind: 'renameTable', name: 't', newName: 'T 2' },
    )
    const state = () =>
      database.rows(`SELECT relpersistence, reloptions, relrowsecurity, relreplident,
        obj_description(oid, 'pg_class') AS comment FROM pg_class WHERE relname = 'T 2'`)
    expect(await state()).toEqual([
      {
        relpersistence: 'u',
        reloptions: ['autovacuum_enabled=false'],
        relrowsecurity: true,
        relreplident: 'i',
        comment: 'c',
      },
    ])
    await database.apply({
      kind: 'alterTable',
      table: 'T 2',
      changes: {
        comment: null,
        unlogged: false,
        options: { autovacuum_enabled: null },
        rowSecurity: { enabled: false, forced: false },
        replicaIdentity: 'default',
      },
      existing: { rowSecurity: { enabled: true, forced: false } },
    })
    expect(await state()).toEqual([
      {
        relpersistence: 'p',
        reloptions: null,
        relrowsecurity: false,
        relreplident: 'd',
        comment: null,
      },
    ])
  })

  test('become partitions and stop being ones', async () => {
    await create(table('p', [column('a', 'integer')], { partitionBy: 'LIST (a)' }))
    await create(table('t', [column('a', 'integer')]))
    const isPartition = () =>
      database.value(`SELECT relispartition FROM pg_class WHERE relname = 't'`)
    await database.apply({
      kind: 'attachPartition',
      table: 'p',
      partition: { name: 't' },
      bounds: 'FOR VALUES IN (1, 2)',
    })
    expect(await isPartition()).toBe(true)
    await database.apply({ kind: 'detachPartition', table: 'p', partition: { name: 't' } })
    expect(await isPartition()).toBe(false)
  })
})
