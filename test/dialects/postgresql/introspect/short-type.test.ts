import { describe, expect, test } from 'vitest'
import { shortType } from '../../../../src/dialects/postgresql/introspect/short-type.ts'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

/** Types in the builders' spelling; the server knows all of them by it. */
const spellings = [
  ...['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric', 'numeric(10,2)'],
  ...['boolean', 'text', 'varchar', 'varchar(255)', 'char(1)', 'char(3)', 'bpchar', '"char"'],
  ...['bit(1)', 'bit(3)', 'varbit', 'varbit(5)', 'bytea', 'uuid', 'json', 'jsonb', 'xml', 'money'],
  ...['date', 'time', 'time(3)', 'timetz', 'timetz(0)', 'timestamp', 'timestamp(3)'],
  ...['timestamptz', 'timestamptz(6)', 'interval', 'interval(3)', 'interval year to month'],
  ...['interval day to second(3)', 'inet', 'cidr', 'macaddr', 'point', 'int4range', 'tsvector'],
  ...['integer[]', 'varchar(20)[]', 'timestamptz(3)[]', 'time[]', 'char(2)[]', 'varbit(7)[]'],
]

eachServer('the spelling of a type', server => {
  const database = introspectDatabase(server)

  test('is the builders’ for what format_type spells at length', async () => {
    await database.run(
      `CREATE TABLE t (${spellings.map((type, place) => `c${place} ${type}`).join(', ')})`,
    )
    const formatted = await database.values(
      `SELECT format_type(atttypid, atttypmod) FROM pg_attribute
        WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum`,
    )
    expect(formatted.map(type => shortType(String(type)))).toEqual(spellings)
  })

  test('keeps the schema and the quotes of a user’s type', async () => {
    const [table] = await database.objects(
      `CREATE SCHEMA app;
       CREATE TYPE app.status AS ENUM ('a');
       CREATE DOMAIN "character varying" AS text;
       CREATE TABLE t (a app.status, b app.status[], c "character varying")`,
      'table:public.t',
    )
    expect(table).toMatchObject({
      columns: [
        { type: 'app.status' },
        { type: 'app.status[]' },
        { type: 'public."character varying"' },
      ],
    })
  })
})

describe('shortType', () => {
  test('leaves a name that only begins like a long one', () => {
    expect(shortType('"character varying"')).toBe('"character varying"')
    expect(shortType('characters')).toBe('characters')
  })
})
