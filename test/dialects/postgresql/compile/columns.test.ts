import { expect, test } from 'vitest'
import type { ColumnChanges } from '../../../../src/operations/operation.ts'
import type { Column } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled columns', server => {
  const database = compileDatabase(server)

  const alter = (column: string, changes: ColumnChanges, existing?: Omit<Column, 'name'>) =>
    database.apply({
      kind: 'alterColumn',
      table: 't',
      column,
      changes,
      existing: existing && { name: column, ...existing },
    })

  /** A column as the information schema tells it. */
  const column = async (name: string) => {
    const [row] = await database.rows(`SELECT data_type, column_default, is_nullable, is_identity,
        identity_generation, is_generated, generation_expression, collation_name
      FROM information_schema.columns WHERE table_name = 't' AND column_name = '${name}'`)
    return row
  }

  test('are added with all that a column has', async () => {
    await database.run('CREATE TABLE t (a integer)')
    await database.apply(
      {
        kind: 'addColumn',
        table: 't',
        column: {
          name: 'b',
          type: 'text',
          notNull: true,
          default: { value: 'x' },
          collation: 'C',
          storage: 'external',
          comment: 'second',
        },
      },
      {
        kind: 'addColumn',
        table: 't',
        column: { name: 'b', type: 'text', notNull: false },
        ifNotExists: true,
      },
    )
    expect(await column('b')).toMatchObject({
      data_type: 'text',
      column_default: `'x'::text`,
      is_nullable: 'NO',
      collation_name: 'C',
    })
    expect(await database.value(`SELECT col_description('t'::regclass, 2)`)).toBe('second')
    await database.apply(
      { kind: 'dropColumn', table: 't', column: 'b' },
      { kind: 'dropColumn', table: 't', column: 'b', ifExists: true },
    )
    expect(await column('b')).toBeUndefined()
  })

  test('change aspect by aspect', async () => {
    await database.run(`CREATE TABLE t (a varchar(10) DEFAULT 'x'); INSERT INTO t VALUES ('7')`)
    await alter('a', {
      newName: 'b',
      type: 'text',
      collation: 'C',
      notNull: true,
      default: { value: 'y' },
      comment: 'renamed',
      storage: 'external',
      statistics: 100,
    })
    expect(await column('b')).toMatchObject({
      data_type: 'text',
      column_default: `'y'::text`,
      is_nullable: 'NO',
      collation_name: 'C',
    })
    await alter('b', {
      collation: null,
      type: 'text',
      notNull: false,
      default: null,
      comment: null,
      storage: 'default',
      statistics: null,
    })
    expect(await column('b')).toMatchObject({
      column_default: null,
      is_nullable: 'YES',
      collation_name: null,
    })
    expect(
      await database.rows(`SELECT attstorage, nullif(attstattarget, -1) AS target,
        col_description(attrelid, attnum) AS comment
        FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'`),
    ).toEqual([{ attstorage: 'x', target: null, comment: null }])
  })

  test('keep their collation when another aspect changes', async () => {
    await database.run('CREATE TABLE t (a varchar(10) COLLATE "C")')
    await alter('a', { type: 'text' }, { type: 'varchar(10)', notNull: false, collation: 'C' })
    expect(await column('a')).toMatchObject({ data_type: 'text', collation_name: 'C' })
  })

  test('change their collation alone, when their type is known', async () => {
    await database.run('CREATE TABLE t (a varchar(10))')
    await expect(alter('a', { collation: 'C' })).rejects.toMatchObject({
      code: 'OPERATION_INCOMPLETE',
    })
    await alter('a', { collation: 'C' }, { type: 'varchar(10)', notNull: false })
    expect(await column('a')).toMatchObject({ collation_name: 'C' })
  })

  test('take off a default that cannot be cast, and put it back', async () => {
    await database.run(`CREATE TABLE t (a text DEFAULT '5'); INSERT INTO t VALUES ('7')`)
    await alter('a', { type: 'integer' }, { type: 'text', notNull: false, default: { value: '5' } })
    expect(await column('a')).toMatchObject({ data_type: 'integer', column_default: '5' })
    expect(await database.value('SELECT a FROM t')).toBe(7)
  })

  test('exchange a default with the type', async () => {
    await database.run(`CREATE TYPE mood AS ENUM ('sad', 'ok');
      CREATE TABLE t (a text DEFAULT 'nothing'); INSERT INTO t VALUES ('sad')`)
    const existing = { type: 'text', notNull: false, default: { sql: `'nothing'::text` } }
    await alter('a', { type: 'mood', default: { sql: `'ok'::mood` } }, existing)
    expect(await column('a')).toMatchObject({ column_default: `'ok'::mood` })
    expect(await database.value('SELECT a FROM t')).toBe('sad')
    await alter(
      'a',
      { type: 'text', default: null },
      { type: 'mood', notNull: false, default: { sql: `'ok'::mood` } },
    )
    expect(await column('a')).toMatchObject({ data_type: 'text', column_default: null })
  })

  test('refuse to cut text that is too long for a shorter type', async () => {
    await database.run(`CREATE TABLE t (a varchar(10)); INSERT INTO t VALUES ('1234567')`)
    await expect(
      alter('a', { type: 'varchar(3)' }, { type: 'varchar(10)', notNull: false }),
    ).rejects.toThrow('value too long')
  })

  test.each([
    [
      'text',
      'uuid',
      '5f3a5a64-0c3e-4a1e-9a51-2c2a3f4b1c11',
      '5f3a5a64-0c3e-4a1e-9a51-2c2a3f4b1c11',
    ],
    ['smallint', 'boolean', '1', 'true'],
    ['boolean', 'bigint', 'true', '1'],
    ['integer', 'bit(4)', '5', '0101'],
    ['bit(4)', 'smallint', '0101', '5'],
    ['bigint', 'money', '5', '$5.00'],
    ['money', 'integer', '5', '5'],
    ['integer', 'mood', null, null],
    ['mood', 'other_mood', 'ok', 'ok'],
    ['mood', 'mood[]', 'ok', '{ok}'],
    ['text[]', 'integer[]', '{1,2}', '{1,2}'],
    ['integer[]', 'text', '{1,2}', '{1,2}'],
    ['text', 'jsonb', '[1]', '[1]'],
    ['timestamp', 'time', '2024-01-02 03:04:05', '03:04:05'],
  ])('go from %s to %s without being told how', async (from, to, before, after) => {
    await database.run(`CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE other_mood AS ENUM ('ok');
      SET LOCAL lc_monetary = 'C'; CREATE TABLE t (a ${from});
      INSERT INTO t VALUES (${before === null ? 'NULL' : `'${before}'`})`)
    await alter('a', { type: to }, { type: from, notNull: false })
    const bare = to.replace('(4)', '')
    expect(await database.rows(`SELECT pg_typeof(a)::text AS type, a::text FROM t`)).toEqual([
      {
        type: bare === 'time' ? 'time without time zone' : bare,
        a: after,
      },
    ])
  })

  test('use the expression that is given', async () => {
    await database.run(`CREATE TABLE t (a text); INSERT INTO t VALUES ('7 kg')`)
    await alter('a', { type: 'integer', using: `split_part(a, ' ', 1)::integer` })
    expect(await database.value('SELECT a FROM t')).toBe(7)
  })

  test('become serial and count on from the largest value', async () => {
    await database.run(`CREATE TABLE t (id integer, n integer); INSERT INTO t VALUES (41, 1)`)
    await alter('id', { type: 'serial', notNull: true }, { type: 'integer', notNull: false })
    await database.run('INSERT INTO t (n) VALUES (2)')
    expect(await database.value('SELECT max(id) FROM t')).toBe(42)
    expect(await database.value(`SELECT pg_get_serial_sequence('t', 'id')`)).toBe('public.t_id_seq')
    await alter('id', { type: 'bigserial' }, { type: 'serial', notNull: true })
    expect(await column('id')).toMatchObject({ data_type: 'bigint' })
    expect(await database.value(`SELECT data_type::text FROM pg_sequences`)).toBe('bigint')
    await alter('id', { type: 'bigint', default: null }, { type: 'bigserial', notNull: true })
    expect(await column('id')).toMatchObject({ column_default: null })
    expect(await database.value('SELECT count(*)::int FROM pg_sequences')).toBe(0)
  })

  test('become an identity, change it and stop being one', async () => {
    await database.run(
      `CREATE TABLE t (id bigint DEFAULT 3, n integer); INSERT INTO t VALUES (41, 1)`,
    )
    const plain = { type: 'bigint', notNull: false, default: { value: 3 } }
    await alter(
      'id',
      { identity: { always: true, increment: 2n }, notNull: true, default: null },
      plain,
    )
    expect(await column('id')).toMatchObject({ is_identity: 'YES', identity_generation: 'ALWAYS' })
    await database.run('INSERT INTO t (n) VALUES (2)')
    expect(await database.value('SELECT max(id)::int FROM t')).toBe(42)
    await alter(
      'id',
      { identity: { always: false, maxValue: 99n, start: 50n, sequenceName: 'other' } },
      { type: 'bigint', notNull: true, identity: { always: true, increment: 2n } },
    )
    expect(
      await database.rows(
        `SELECT sequencename, increment_by, max_value, start_value FROM pg_sequences`,
      ),
    ).toEqual([{ sequencename: 'other', increment_by: '1', max_value: '99', start_value: '50' }])
    expect(await column('id')).toMatchObject({ identity_generation: 'BY DEFAULT' })
    await alter(
      'id',
      { identity: null, notNull: false, default: { value: 3 } },
      { type: 'bigint', notNull: true, identity: { always: false } },
    )
    expect(await column('id')).toMatchObject({
      is_identity: 'NO',
      is_nullable: 'YES',
      column_default: server.major >= 13 ? expect.stringMatching(/^('3'::bigint|3)$/) : '3',
    })
  })

  test('go from serial to an identity', async () => {
    await database.run('CREATE TABLE t (id serial, n integer); INSERT INTO t (n) VALUES (1), (2)')
    await alter(
      'id',
      { type: 'integer', identity: { always: true } },
      { type: 'serial', notNull: true },
    )
    await database.run('INSERT INTO t (n) VALUES (3)')
    expect(await database.values('SELECT id FROM t ORDER BY id')).toEqual([1, 2, 3])
  })

  const generated = (expression: string, stored = true) => ({
    type: 'integer',
    notNull: false,
    generated: { expression, stored },
  })

  test('drop their expression and keep the values', async () => {
    await database.run(`CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
      INSERT INTO t VALUES (4)`)
    await alter('b', { generated: null, newName: 'c' }, generated('a * 2'))
    expect(await column('c')).toMatchObject({ is_generated: 'NEVER' })
    expect(await database.value('SELECT c FROM t')).toBe(8)
  })

  test('stay when the function that they were generated with goes', async () => {
    await database.run(`CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE
        AS 'SELECT $1 * 2';
      CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (twice(a)) STORED);
      INSERT INTO t VALUES (4)`)
    await alter('b', { generated: null, type: 'text' }, generated('public.twice(a)'))
    await database.run('DROP FUNCTION twice')
    expect(await database.value('SELECT b FROM t')).toBe('8')
  })

  test('get another expression', async () => {
    await database.run(`CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
      INSERT INTO t VALUES (4); COMMENT ON COLUMN t.b IS 'kept'`)
    await alter(
      'b',
      { generated: { expression: 'a * 3', stored: true } },
      {
        ...generated('a * 2'),
        comment: 'kept',
      },
    )
    expect(await database.value('SELECT b FROM t')).toBe(12)
    expect(
      await database.value(`SELECT col_description(attrelid, attnum) FROM pg_attribute
        WHERE attrelid = 't'::regclass AND attname = 'b'`),
    ).toBe('kept')
  })

  test('become generated in their place', async () => {
    await database.run(`CREATE TABLE t (a integer, b integer DEFAULT 1); INSERT INTO t VALUES (4)`)
    await alter(
      'b',
      { generated: { expression: 'a * 3', stored: true }, default: null, type: 'bigint' },
      { type: 'integer', notNull: false, default: { value: 1 } },
    )
    expect(await column('b')).toMatchObject({ is_generated: 'ALWAYS', data_type: 'bigint' })
    expect(await database.value('SELECT b::int FROM t')).toBe(12)
  })

  test.skipIf(server.major < 18)(
    'go between virtual and stored, and from virtual to plain',
    async () => {
      await database.run(`CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL);
      INSERT INTO t VALUES (4)`)
      await alter(
        'b',
        { generated: { expression: 'a * 3', stored: false } },
        generated('a * 2', false),
      )
      expect(await database.value('SELECT b FROM t')).toBe(12)
      await alter(
        'b',
        { generated: { expression: 'a * 4', stored: true } },
        generated('a * 3', false),
      )
      expect(await database.value('SELECT b FROM t')).toBe(16)
      await alter('b', { generated: { expression: 'a * 5', stored: false } }, generated('a * 4'))
      await alter('b', { generated: null }, { ...generated('a * 5', false), comment: 'kept' })
      expect(await column('b')).toMatchObject({ is_generated: 'NEVER' })
      expect(await database.value('SELECT b FROM t')).toBe(20)
    },
  )

  test.skipIf(server.major >= 17)('need to be known whole to get another expression', async () => {
    await expect(
      alter('b', { generated: { expression: 'a', stored: true } }),
    ).rejects.toMatchObject({ code: 'OPERATION_INCOMPLETE' })
  })
})
