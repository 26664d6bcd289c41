import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled types', server => {
  const database = compileDatabase(server)
  const labels = (type: string) => database.values(`SELECT unnest(enum_range(NULL::${type}))::text`)

  test('are enums, with values added and renamed', async () => {
    await database.apply(
      {
        kind: 'createEnum',
        object: { kind: 'enum', name: 'Mood', values: ['sad', "it's fine"], comment: 'how it is' },
      },
      { kind: 'renameEnumValue', name: 'Mood', value: 'sad', newValue: 'so' },
      { kind: 'addEnumValue', name: 'Mood', value: 'great' },
      { kind: 'addEnumValue', name: 'Mood', value: 'bad', before: 'so' },
      { kind: 'addEnumValue', name: 'Mood', value: 'better', after: 'so' },
      { kind: 'addEnumValue', name: 'Mood', value: 'better', ifNotExists: true },
    )
    expect(
      await database.values(`SELECT enumlabel FROM pg_enum WHERE enumtypid = '"Mood"'::regtype
        ORDER BY enumsortorder`),
    ).toEqual(['bad', 'so', 'better', "it's fine", 'great'])
    expect(await database.value(`SELECT obj_description('"Mood"'::regtype)`)).toBe('how it is')
    await database.apply({ kind: 'dropEnum', object: { name: 'Mood' } })
    expect(await database.value(`SELECT to_regtype('"Mood"')`)).toBe(null)
  })

  test('are enums that may be there already', async () => {
    const operation = {
      kind: 'createEnum',
      object: { kind: 'enum', name: 'mood', values: ['sad'] },
      ifNotExists: true,
    } as const
    await database.apply(operation, operation)
    expect(await labels('mood')).toEqual(['sad'])
  })

  test('are enums that lose values, with their columns, arrays, defaults and indexes', async () => {
    await database.run(`CREATE TYPE mood AS ENUM ('sad', 'ok', 'fine');
      CREATE TABLE t (a mood DEFAULT 'ok' NOT NULL, b mood[], c mood UNIQUE);
      INSERT INTO t VALUES ('sad', '{sad,fine}', 'fine')`)
    await database.apply({
      kind: 'replaceEnumValues',
      schema: 'public',
      name: 'mood',
      values: ['fine', 'ok'],
      columns: [
        { schema: 'public', table: 't', column: 'a', default: `'ok'::public.mood` },
        { schema: 'public', table: 't', column: 'b', array: true },
        { schema: 'public', table: 't', column: 'c' },
      ],
      mapping: { sad: 'ok' },
    })
    expect(await labels('mood')).toEqual(['fine', 'ok'])
    expect(await database.rows('SELECT a, b::text, c FROM t')).toEqual([
      { a: 'ok', b: '{ok,fine}', c: 'fine' },
    ])
    await database.run('INSERT INTO t (b) VALUES (NULL)')
    expect(await database.value(`SELECT pg_get_indexdef('t_c_key'::regclass)`)).toContain('(c)')
    expect(await database.value(`SELECT count(*)::int FROM pg_type WHERE typname ~ 'old'`)).toBe(0)
  })

  test('are enums that keep a value which rows still have', async () => {
    await database.run(`CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (a mood);
      INSERT INTO t VALUES ('sad')`)
    await expect(
      database.apply({
        kind: 'replaceEnumValues',
        name: 'mood',
        values: ['ok'],
        columns: [{ table: 't', column: 'a' }],
      }),
    ).rejects.toThrow('invalid input value for enum mood: "sad"')
  })

  test('are enums of which rows have values that go: all of them are told of, with their columns', async () => {
    await database.run(`CREATE TYPE mood AS ENUM ('sad', 'it''s', 'ok'); CREATE SCHEMA other;
      CREATE TABLE t (a mood); CREATE TABLE other."T" ("B" mood[]);
      INSERT INTO t VALUES ('sad'), ('sad'), ('ok'), (NULL);
      INSERT INTO other."T" VALUES ('{sad,it''s}'), ('{}'), (NULL)`)
    await expect(
      database.apply({
        kind: 'replaceEnumValues',
        schema: 'public',
        name: 'mood',
        values: ['ok'],
        existing: ['sad', "it's", 'ok'],
        columns: [
          { schema: 'public', table: 't', column: 'a' },
          { schema: 'other', table: 'T', column: 'B', array: true },
        ],
      }),
    ).rejects.toMatchObject({
      message:
        "values that leave enum mood are in use: other.T.B has 'it''s' in 1 row, other.T.B has 'sad' in 1 row, t.a has 'sad' in 2 rows",
      hint: expect.stringContaining("{ mapping: { sad: '…' } }"),
    })
  })

  test('are domains with checks', async () => {
    await database.apply({
      kind: 'createDomain',
      object: {
        kind: 'domain',
        name: 'code',
        type: 'varchar(5)',
        notNull: true,
        default: { value: 'a' },
        collation: 'C',
        checks: [
          { name: 'short', expression: 'length(VALUE) < 4', comment: 'really' },
          { expression: `VALUE <> ''` },
          { name: 'later', expression: `VALUE <> 'x'`, notValid: true },
        ],
        comment: 'a code',
      },
    })
    expect(
      await database.rows(`SELECT format_type(typbasetype, typtypmod), typnotnull, typdefault,
        obj_description(t.oid, 'pg_type') AS comment, collname
        FROM pg_type t JOIN pg_collation c ON c.oid = typcollation WHERE typname = 'code'`),
    ).toEqual([
      {
        format_type: 'character varying(5)',
        typnotnull: true,
        typdefault: `'a'::character varying`,
        comment: 'a code',
        collname: 'C',
      },
    ])
    expect(
      await database.rows(`SELECT conname, pg_get_constraintdef(oid) AS definition,
        obj_description(oid, 'pg_constraint') AS comment
        FROM pg_constraint WHERE contypid = 'code'::regtype AND contype = 'c' ORDER BY conname`),
    ).toEqual([
      {
        conname: 'code_check',
        definition: `CHECK (((VALUE)::text <> ''::text))`,
        comment: null,
      },
      {
        conname: 'later',
        definition: `CHECK (((VALUE)::text <> 'x'::text)) NOT VALID`,
        comment: null,
      },
      {
        conname: 'short',
        definition: 'CHECK ((length((VALUE)::text) < 4))',
        comment: 'really',
      },
    ])
    await database.apply({ kind: 'dropDomain', object: { schema: 'public', name: 'code' } })
  })

  test('are composite types', async () => {
    await database.apply({
      kind: 'createCompositeType',
      object: {
        kind: 'compositeType',
        name: 'pair',
        attributes: [
          { name: 'a', type: 'integer' },
          { name: 'B', type: 'text', collation: 'C', comment: 'second' },
        ],
        comment: 'two',
      },
    })
    expect(
      await database.rows(`SELECT attribute_name, data_type, collation_name
        FROM information_schema.attributes WHERE udt_name = 'pair' ORDER BY ordinal_position`),
    ).toEqual([
      { attribute_name: 'a', data_type: 'integer', collation_name: null },
      { attribute_name: 'B', data_type: 'text', collation_name: 'C' },
    ])
    expect(await database.value(`SELECT col_description('pair'::regclass, 2)`)).toBe('second')
    await database.apply({
      kind: 'createCompositeType',
      object: { kind: 'compositeType', name: 'nothing', attributes: [] },
    })
    await database.apply({ kind: 'dropCompositeType', object: { name: 'pair' } })
  })

  test('are ranges', async () => {
    await database.apply({
      kind: 'createRangeType',
      object: {
        kind: 'rangeType',
        schema: 'public',
        name: 'span',
        subtype: 'double precision',
        options: {
          subtype_diff: 'pg_catalog.float8mi',
          subtype_opclass: 'pg_catalog.float8_ops',
          multirange_type_name: 'public.spans',
        },
        comment: 'from to',
      },
    })
    expect(await database.value(`SELECT upper(span(1.5, 2.5))`)).toBe(2.5)
    if (server.major >= 14)
      expect(await database.value(`SELECT to_regtype('spans')::text`)).toBe('spans')
    await database.apply({ kind: 'dropRangeType', object: { name: 'span' } })
  })
})
