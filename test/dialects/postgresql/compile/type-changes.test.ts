import { describe, expect, test } from 'vitest'
import { refusedBy } from '../../../../src/operations/narrowing.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

/** Types, a value that becomes another, what it is then, and a value at which the statement stops. */
const changes: [from: string, to: string, value: string, becomes: string, refused?: string][] = [
  ['text', 'integer', '42', '42', 'x'],
  ['varchar(20)', 'bigint', '42', '42', 'x'],
  ['text', 'numeric(4,2)', '1.50', '1.50', 'x'],
  ['text', 'boolean', 'yes', 'true', 'x'],
  ['integer', 'boolean', '1', 'true'],
  ['bigint', 'boolean', '0', 'false'],
  ['boolean', 'integer', 'true', '1'],
  ['boolean', 'smallint', 'true', '1'],
  [
    'varchar(36)',
    'uuid',
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000001',
    'x',
  ],
  [
    'uuid',
    'varchar(36)',
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000001',
  ],
  ['text', 'timestamptz', '2001-02-03 04:05+00', '2001-02-03 04:05:00+00', 'x'],
  ['text', 'date', '2001-02-03', '2001-02-03', 'x'],
  ['timestamptz', 'date', '2001-02-03 04:05+00', '2001-02-03'],
  ['date', 'timestamptz', '2001-02-03', '2001-02-03 00:00:00+00'],
  ['timestamptz', 'timestamp', '2001-02-03 04:05+00', '2001-02-03 04:05:00'],
  ['text', 'interval', '2 days', '2 days', 'x'],
  ['json', 'jsonb', '{"b":1, "a":2}', '{"a": 2, "b": 1}'],
  ['jsonb', 'json', '{"a": 2}', '{"a": 2}'],
  ['text', 'jsonb', '{"a":2}', '{"a": 2}', '{'],
  ['jsonb', 'text', '{"a":2}', '{"a": 2}'],
  ['text', 'public.mood', 'sad', 'sad', 'x'],
  ['public.mood', 'text', 'sad', 'sad'],
  ['public.mood', 'public.other_mood', 'ok', 'ok', 'sad'],
  ['text[]', 'public.mood[]', '{sad,ok}', '{sad,ok}', '{x}'],
  ['public.mood[]', 'text[]', '{sad,ok}', '{sad,ok}'],
  ['public.mood[]', 'public.other_mood[]', '{ok}', '{ok}', '{sad}'],
  ['text[]', 'integer[]', '{1,2}', '{1,2}', '{x}'],
  ['integer[]', 'bigint[]', '{1,2}', '{1,2}'],
  ['text', 'text[]', '{a}', '{a}', 'a'],
  ['integer', 'integer[]', '1', '{1}'],
  ['text', 'public.positive', '3', '3', '-3'],
  ['public.positive', 'text', '3', '3'],
  ['public.positive', 'integer', '3', '3'],
  ['integer', 'public.positive', '3', '3', '-3'],
  ['text', 'public.email', 'a@b', 'a@b', 'x'],
  ['public.email', 'varchar(20)', 'a@b', 'a@b', '123456789@123456789@1'],
  ['text', 'inet', '10.0.0.1', '10.0.0.1/32', 'x'],
  ['bigint', 'integer', '1', '1', '3000000000'],
  ['integer', 'smallint', '1', '1', '40000'],
  ['numeric', 'numeric(3,1)', '12.34', '12.3', '1234'],
  ['numeric(12,2)', 'integer', '12.34', '12', '9999999999'],
  ['double precision', 'real', '0.123456789', '0.12345679'],
  ['double precision', 'integer', '1.6', '2', '3000000000'],
  ['varchar(20)', 'varchar(3)', 'abc', 'abc', 'abcd'],
  ['text', 'char(3)', 'ab', 'ab', 'abcd'],
  ['bit(4)', 'bit(2)', '1010', '1010', '1010'],
  ['money', 'numeric', '12.34', '12.34'],
  ['bit(4)', 'integer', '1010', '10'],
  ['time', 'interval', '04:05', '04:05:00'],
  ['point', 'text', '(1,2)', '(1,2)'],
  ['text', 'xml', '<a/>', '<a/>', '<a'],
]

eachServer('a column of another type', server => {
  const database = compileDatabase(server)
  const setUp = `SET LOCAL timezone = 'UTC'; SET LOCAL lc_monetary = 'C';
    CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE other_mood AS ENUM ('ok', 'glad');
    CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
    CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')`

  const change = async (from: string, to: string, value: string) => {
    await database.run(`${setUp}; CREATE TABLE t (c ${from}); INSERT INTO t VALUES ('${value}')`)
    await database.apply({
      kind: 'alterColumn',
      table: 't',
      column: 'c',
      changes: { type: to },
      existing: { name: 'c', type: from, notNull: false },
    })
    return database.value('SELECT c::text FROM t')
  }

  for (const [from, to, value, becomes, refused] of changes) {
    describe(`${from} to ${to}`, () => {
      if (refused !== value) {
        test(`makes ${value} ${becomes}`, async () => {
          expect(await change(from, to, value)).toBe(becomes)
        })
      }
      if (refused === undefined) {
        test('stops at no value, and nothing says it would', () => {
          expect(refusedBy(from, to)).toBeUndefined()
        })
      } else {
        test(`stops at ${refused}, as is said`, async () => {
          await expect(change(from, to, refused)).rejects.toThrow()
          expect(refusedBy(from, to)).toBeDefined()
        })
      }
    })
  }
})
