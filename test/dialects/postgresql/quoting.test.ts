import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { literal, quote, quoteQualified } from '../../../src/dialects/postgresql/quoting.ts'
import { LimbeckError } from '../../../src/errors.ts'
import { eachServer } from '../../support/each-server.ts'

/** Text as PostgreSQL can hold it: no null characters, no halves of surrogate pairs. */
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(value => !value.includes('\0'))
const awkward = fc.string({ unit: fc.constantFrom("'", '"', '\\', 'a', 'A', '$', '\n', 'é', '1') })

eachServer('quoting', server => {
  let client: Client
  const value = async (sql: string) => (await client.query(sql)).rows[0]?.value

  beforeAll(async () => {
    client = new Client({ connectionString: (await server.createDatabase('quoting')).url })
    await client.connect()
  })
  afterAll(() => client.end())

  test('quotes every key word that the server quotes', async () => {
    const { rows } = await client.query<{ word: string; quoted: string }>(
      'SELECT word, quote_ident(word) AS quoted FROM pg_get_keywords()',
    )
    expect(rows.filter(({ word, quoted }) => quoted !== word && quote(word) !== quoted)).toEqual([])
  })

  test('quotes names as the server does', async () => {
    const names = fc.oneof(text, awkward).filter(name => name !== '')
    await fc.assert(
      fc.asyncProperty(names, async name => {
        expect(quote(name)).toBe(
          (await client.query('SELECT quote_ident($1) AS value', [name])).rows[0].value,
        )
      }),
    )
  })

  test('spells text that the server reads as it was, whatever backslashes mean', async () => {
    for (const setting of ['on', 'off']) {
      await client.query(
        `SET standard_conforming_strings = ${setting}; SET escape_string_warning = off`,
      )
      await fc.assert(
        fc.asyncProperty(fc.oneof(text, awkward), async string => {
          expect(await value(`SELECT ${literal(string)}::text AS value`)).toBe(string)
        }),
      )
    }
    await client.query('RESET ALL')
  })

  test('spells numbers, bigints and booleans that the server reads as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double(), async number => {
        const read = await value(`SELECT ${literal(number)}::double precision AS value`)
        expect(Object.is(read, number) || (read === 0 && number === 0)).toBe(true)
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), async number => {
        expect(await value(`SELECT (${literal(number)})::bigint AS value`)).toBe(String(number))
      }),
    )
    expect(await value(`SELECT ${literal(true)} AS value`)).toBe(true)
    expect(await value(`SELECT ${literal(false)} AS value`)).toBe(false)
    expect(await value(`SELECT ${literal(null)} AS value`)).toBe(null)
  })

  test('spells dates from the years before Christ to those of five digits', async () => {
    const dates = fc.date({
      min: new Date('-004000-01-01T00:00:00Z'),
      max: new Date('+020000-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    await fc.assert(
      fc.asyncProperty(dates, async date => {
        const seconds = await value(
          `SELECT extract(epoch FROM ${literal(date)}::timestamptz)::text AS value`,
        )
        // Before PostgreSQL 14 this is a floating-point number.
        expect(Math.round(Number(seconds) * 1000)).toBe(date.getTime())
      }),
    )
  })

  test('keeps the UTC digits of a date in a column without a time zone', async () => {
    await client.query("SET TIME ZONE 'Asia/Tokyo'")
    const date = new Date('2024-02-03T04:05:06.789Z')
    expect(await value(`SELECT ${literal(date)}::timestamp::text AS value`)).toBe(
      '2024-02-03 04:05:06.789',
    )
    await client.query('RESET ALL')
  })

  test('spells bytes that the server reads as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async bytes => {
        expect(new Uint8Array(await value(`SELECT ${literal(bytes)} AS value`))).toEqual(bytes)
      }),
    )
  })

  test('spells arrays and objects as jsonb', async () => {
    const data = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(text, fc.jsonValue()))
    const hasNull = (json: unknown) => JSON.stringify(json).includes('\\u0000')
    await fc.assert(
      fc.asyncProperty(
        data.filter(json => !hasNull(json)),
        async json => {
          const wanted = JSON.stringify(json)
          const sql = `SELECT ${literal(json)} = $1::jsonb AS value`
          expect((await client.query(sql, [wanted])).rows[0].value).toBe(true)
        },
      ),
    )
  })
})

describe('quoting', () => {
  test('joins a schema and a name, each quoted where it needs it', () => {
    expect(quoteQualified({ name: 'users' })).toBe('users')
    expect(quoteQualified({ schema: 'auth', name: 'user' })).toBe('auth."user"')
    expect(quoteQualified({ schema: 'Db.Owner', name: 'a"b' })).toBe('"Db.Owner"."a""b"')
  })

  test('uses E strings for backslashes only', () => {
    expect(literal("it's")).toBe("'it''s'")
    expect(literal('a\\b')).toBe("E'a\\\\b'")
  })

  test('refuses what has no spelling', () => {
    for (const value of [Symbol('x'), () => 1, new Date(Number.NaN)]) {
      expect(() => literal(value)).toThrow(LimbeckError)
    }
  })
})
