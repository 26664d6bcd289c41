import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { literal } from '../../../src/dialects/postgresql/quoting.ts'
import { plainDefault } from '../../../src/scripts/render/defaults.ts'

let database: PGlite
beforeAll(async () => {
  database = await PGlite.create()
  await database.exec(`CREATE TYPE public.status AS ENUM ('new', 'it''s')`)
})
afterAll(() => database.close())

/** Types in the builders' spelling and PostgreSQL's, each with defaults as people write them. */
const cases: readonly (readonly [type: string, sqlType: string, defaults: readonly string[]])[] = [
  ['varchar(50)', 'varchar(50)', ["'user'", "'it''s'", "''", "'a\\b'", 'NULL', "upper('x')"]],
  ['text', 'text', ["'x'", "'a\nb'", "'x'::varchar", "'1'", "'true'"]],
  ['char(3)', 'char(3)', ["'abc'", "'a'"]],
  ['varchar', 'varchar', ["'x'"]],
  ['"char"', '"char"', ["'x'"]],
  ['integer', 'integer', ['0', '-1', '1 + 1', "'5'", '2147483647', '-2147483648']],
  ['smallint', 'smallint', ['0', '-1', "'5'::smallint"]],
  ['bigint', 'bigint', ['0', '-1', '3000000000', "'9223372036854775807'", '-3000000000']],
  ['numeric(10,2)', 'numeric(10,2)', ['0', '0.00', '1.50', '-1.5', '1.5', "'5'", '1e3', "'NaN'"]],
  ['double precision', 'double precision', ['0', '0.5', '-0.5', "'1.5'", "'Infinity'", '-2']],
  ['real', 'real', ['1', '0.1', "'0.1'::real"]],
  ['money', 'money', ['0', "'1.50'"]],
  ['boolean', 'boolean', ['true', 'false', "'t'", '(NOT true)']],
  ['timestamp', 'timestamp', ["'2020-01-01'", 'now()', 'CURRENT_TIMESTAMP']],
  ['timestamptz(3)', 'timestamptz(3)', ["'2020-01-01 00:00:00+00'", 'now()']],
  ['date', 'date', ["'2020-01-01'", 'CURRENT_DATE']],
  ['time', 'time', ["'12:00'"]],
  ['timetz', 'timetz', ["'12:00+00'"]],
  ['interval', 'interval', ["'1 day'"]],
  ['interval(3)', 'interval(3)', ["'1.5 seconds'"]],
  ['uuid', 'uuid', ["'00000000-0000-0000-0000-000000000000'", 'gen_random_uuid()']],
  ['jsonb', 'jsonb', ["'{}'", '\'{"a": "it\'\'s"}\'', "jsonb_build_object('a', 1)"]],
  ['json', 'json', ["'[]'"]],
  ['bytea', 'bytea', ["'\\x00ff'"]],
  ['inet', 'inet', ["'127.0.0.1'"]],
  ['bit(3)', 'bit(3)', ["B'101'"]],
  ['varbit(5)', 'varbit(5)', ["B'101'"]],
  ['point', 'point', ["'(1,2)'"]],
  ['int4range', 'int4range', ["'[1,5)'"]],
  ['text[]', 'text[]', ["'{}'", "'{a,b}'", "ARRAY['a']", 'ARRAY[]::text[]']],
  ['varchar(5)[]', 'varchar(5)[]', ["'{}'"]],
  ['char(3)[]', 'char(3)[]', ["'{}'"]],
  ['integer[]', 'integer[]', ["'{1,2}'", "'{}'"]],
  ['timestamptz[]', 'timestamptz[]', ["'{}'"]],
  ['boolean[]', 'boolean[]', ["'{t}'"]],
  ['public.status', 'public.status', ["'new'", "'it''s'"]],
  ['public.status[]', 'public.status[]', ["'{new}'"]],
]

/** The default of a column as the catalog gives it. */
async function deparsed(sqlType: string, expression: string): Promise<string | null> {
  await database.exec(`
    SET search_path = public; DROP TABLE IF EXISTS t; CREATE TABLE t (a ${sqlType} DEFAULT ${expression});
    SET search_path = ''`)
  const { rows } = await database.query<{ text: string }>(
    `SELECT pg_get_expr(adbin, adrelid) AS text FROM pg_attrdef WHERE adrelid = 'public.t'::regclass`,
  )
  return rows[0]?.text ?? null
}

test.each(
  cases.flatMap(([type, sqlType, defaults]) => defaults.map(sql => [type, sqlType, sql] as const)),
)(
  'a plain default of %s (%s DEFAULT %s) is read back as the same text',
  async (type, sqlType, expression) => {
    const text = await deparsed(sqlType, expression)
    const plain = text === null ? undefined : plainDefault(text, type)
    if (plain === undefined) return
    expect(await deparsed(sqlType, literal(plain))).toBe(text)
  },
)

test.each([
  ["'user'::character varying", 'varchar(50)', 'user'],
  ["'it''s'::text", 'text', "it's"],
  ['0', 'integer', 0],
  ["'-1'::integer", 'integer', -1],
  ['0', 'bigint', 0],
  ['1.5', 'numeric(10,2)', 1.5],
  ['false', 'boolean', false],
  ["'{}'::jsonb", 'jsonb', '{}'],
  ["'{}'::text[]", 'text[]', '{}'],
  ["'new'::public.status", 'public.status', 'new'],
  ["'2020-01-01 00:00:00'::timestamp without time zone", 'timestamp', '2020-01-01 00:00:00'],
])('%s of %s is plain', (sql, type, value) => {
  expect(plainDefault(sql, type)).toBe(value)
})

test.each([
  ['now()', 'timestamptz'],
  ['1.50', 'numeric(10,2)'],
  ["'x'::text", 'varchar(50)'],
  ["'a'::text || 'b'::text", 'text'],
  ['B\'101\'::"bit"', 'bit(3)'],
  ["'x'::public.other", 'public.status'],
  ['99999999999999999999', 'numeric'],
])('%s of %s stays SQL', (sql, type) => {
  expect(plainDefault(sql, type)).toBeUndefined()
})
