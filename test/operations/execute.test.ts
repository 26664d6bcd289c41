import { describe, expect, test } from 'vitest'
import { hashOperations } from '../../src/operations/hash.ts'
import { record } from '../../src/operations/op.ts'

const executed = (sql: string, parameters: object) =>
  record(op => op.execute(sql, { parameters: parameters as never }))[0]

describe('values that op.execute is given by name', () => {
  test('get a number wherever they are named', () => {
    const sql = 'UPDATE t SET a = :a, b = :b WHERE a <> :a'
    expect(executed(sql, { b: null, a: 1 })).toEqual({
      kind: 'execute',
      sql: 'UPDATE t SET a = $1, b = $2 WHERE a <> $3',
      parameters: [1, null, 1],
    })
  })

  test.each([
    ['SELECT \':a\', "x:a", :a -- :a', 'SELECT \':a\', "x:a", $1 -- :a'],
    ['SELECT :a::text, x[1:a], /* :a */ $q$:a$q$', 'SELECT $1::text, x[1:a], /* :a */ $q$:a$q$'],
    ["SELECT E'\\':a', :a", "SELECT E'\\':a', $1"],
    ["SELECT x LIKE'\\', :a", "SELECT x LIKE'\\', $1"],
  ])('are not what only looks like one: %s', (sql, numbered) => {
    expect(executed(sql, { a: 1 })).toMatchObject({ sql: numbered, parameters: [1] })
  })

  test.each([
    ['SELECT :a, :b', { a: 1 }, 'PARAMETER_MISSING', 'The SQL names :b, and 1 parameter is given.'],
    [
      'SELECT :a',
      { a: 1, b: 2 },
      'DECLARATION_INVALID',
      'op.execute: a value is given for :b, which the SQL does not name.',
    ],
    ['SELECT 1', 5, 'DECLARATION_INVALID', 'op.execute: its parameters are a number.'],
  ])('have to be those that %s names', (sql, parameters, code, message) => {
    expect(() => executed(sql, parameters as object)).toThrow(
      expect.objectContaining({ code, message }),
    )
  })

  test('are the same operation as by their numbers', () => {
    const byName = executed('SELECT :a', { a: 1 })
    expect(hashOperations([byName!])).toBe(hashOperations([executed('SELECT $1', [1])!]))
  })
})

test('a colon means nothing where no value is given by name', () => {
  const sql = "UPDATE t SET a = ':x', b = arr[1:n], c = :d"
  expect(record(op => op.execute(sql))).toEqual([{ kind: 'execute', sql }])
})
