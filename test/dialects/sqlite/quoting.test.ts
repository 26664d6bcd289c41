import { describe, expect, test } from 'vitest'
import { literal, quote, quoteQualified } from '../../../src/dialects/sqlite/quoting.ts'

describe('names of SQLite', () => {
  test('are quoted where they are words of its own or hold other signs', () => {
    expect(
      ['users', 'User_2', 'order', 'ORDER', '1st', 'with space', 'a"b', 'é'].map(quote),
    ).toEqual(['users', 'User_2', '"order"', '"ORDER"', '"1st"', '"with space"', '"a""b"', '"é"'])
    expect(quoteQualified({ schema: 'temp', name: 'select' })).toBe('"temp"."select"')
  })

  test('hold no NUL, at which a statement would end', () => {
    expect(() => quote('a\0b')).toThrow(expect.objectContaining({ code: 'VALUE_UNSUPPORTED' }))
  })
})

describe('values for SQLite', () => {
  test.each([
    ["it's", `'it''s'`],
    ['back\\slash', `'back\\slash'`],
    ['a\0b', `CAST(X'610062' AS TEXT)`],
    [1.5, '1.5'],
    [Number.POSITIVE_INFINITY, '9e999'],
    [9223372036854775807n, '9223372036854775807'],
    [true, '1'],
    [false, '0'],
    [null, 'NULL'],
    [undefined, 'NULL'],
    [new Date('2024-02-03T04:05:06.789Z'), `'2024-02-03 04:05:06.789'`],
    [new Uint8Array([0, 255]), `X'00ff'`],
    [{ a: ["it's"] }, `'{"a":["it''s"]}'`],
  ])('are spelled so that it reads them as they were: %s', (value, sql) => {
    expect(literal(value)).toBe(sql)
  })

  test.each([[Number.NaN], [2n ** 63n], [new Date('x')], [['a']], [() => 1]])(
    'are refused where it would keep something else: %s',
    value => {
      expect(() => literal(value)).toThrow(expect.objectContaining({ code: 'VALUE_UNSUPPORTED' }))
    },
  )
})
