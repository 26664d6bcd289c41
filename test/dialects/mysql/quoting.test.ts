import { describe, expect, test } from 'vitest'
import { literal, quote, valueLiteral } from '../../../src/dialects/mysql/quoting.ts'
import { terminated } from '../../../src/dialects/mysql/terminated.ts'

describe('names of MySQL', () => {
  test('are quoted where MySQL or MariaDB reserves them or they hold other signs', () => {
    expect(['users', 'rank', 'portion', 'ROW', '1st', 'a`b', 'a"b'].map(quote)).toEqual([
      'users',
      '`rank`',
      '`portion`',
      '`ROW`',
      '`1st`',
      '`a``b`',
      '`a"b`',
    ])
  })
})

describe('values for MySQL', () => {
  test.each([
    ["it's", `'it''s'`],
    // What a backslash means depends on the sql_mode.
    ['a\\', `_utf8mb4 X'615c'`],
    ['a\0', `_utf8mb4 X'6100'`],
    ['a\r\nb', `_utf8mb4 X'610d0a62'`],
    [18446744073709551615n, '18446744073709551615'],
    [true, '1'],
    [new Date('2024-02-03T04:05:06.789Z'), `'2024-02-03 04:05:06.789'`],
    [new Uint8Array([0, 255]), `X'00ff'`],
    [{ a: 1 }, `'{"a":1}'`],
  ])('are spelled so that every sql_mode reads them as they were: %s', (value, sql) => {
    expect(literal(value)).toBe(sql)
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [['a']]])('are refused: %s', value => {
    expect(() => literal(value)).toThrow(expect.objectContaining({ code: 'VALUE_UNSUPPORTED' }))
  })

  test('name no character set inside an enum', () => {
    expect(valueLiteral('a\\b')).toBe(`X'615c62'`)
  })
})

describe('the end of a statement for the client of MySQL', () => {
  test('is a semicolon, on the next line behind a comment', () => {
    expect(terminated(`SELECT ';'`)).toBe(`SELECT ';';`)
    expect(terminated('SELECT 1 -- one; two')).toBe('SELECT 1 -- one; two\n;')
  })

  test('is another delimiter where the statement has semicolons of its own', () => {
    expect(terminated('CREATE TRIGGER t BEGIN SELECT 1; END')).toBe(
      'DELIMITER $$\nCREATE TRIGGER t BEGIN SELECT 1; END\n$$\nDELIMITER ;',
    )
    expect(terminated("BEGIN SELECT '$$'; END")).toMatch(/^DELIMITER \/\/\n/)
  })
})
