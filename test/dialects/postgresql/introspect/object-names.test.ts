import { describe, expect, test } from 'vitest'
import {
  makeMultirangeName,
  makeObjectName,
} from '../../../../src/dialects/postgresql/introspect/object-names.ts'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

const names: readonly (readonly [string, string])[] = [
  ['users', 'id'],
  ['t'.repeat(63), 'c'],
  ['t', 'c'.repeat(63)],
  ['t'.repeat(63), 'c'.repeat(63)],
  ['t'.repeat(30), 'c'.repeat(29)],
  ['é'.repeat(31), 'ü'.repeat(31)],
  ['a𝄞b'.repeat(9), '日本'.repeat(10)],
]

eachServer('the name PostgreSQL chooses', server => {
  const database = introspectDatabase(server)

  test.each(names)('for the sequence of %s.%s', async (table, column) => {
    await database.run(`CREATE TABLE "${table}" ("${column}" serial)`)
    const [chosen] = await database.values(`SELECT relname FROM pg_class WHERE relkind = 'S'`)
    expect(makeObjectName(table, column, 'seq')).toBe(chosen)
  })

  test.skipIf(server.major < 18).each(names)('for the NOT NULL of %s.%s', async (table, column) => {
    await database.run(`CREATE TABLE "${table}" ("${column}" integer NOT NULL)`)
    const [chosen] = await database.values(
      `SELECT conname FROM pg_constraint WHERE conrelid = '"${table}"'::regclass`,
    )
    expect(makeObjectName(table, column, 'not_null')).toBe(chosen)
  })

  test
    .skipIf(server.major < 14)
    .each([
      'price',
      'pricerange',
      'range_of_ranges',
      'x'.repeat(63),
      'é'.repeat(31),
      `${'x'.repeat(58)}range`,
    ])('for the multirange type of %s', async name => {
    await database.run(`CREATE TYPE "${name}" AS RANGE (subtype = integer)`)
    const [chosen] = await database.values(
      `SELECT typname FROM pg_type JOIN pg_range ON rngmultitypid = oid WHERE rngtypid >= 16384`,
    )
    expect(makeMultirangeName(name)).toBe(chosen)
  })
})

describe('makeObjectName', () => {
  test('cuts the longer part first', () => {
    expect(makeObjectName('t'.repeat(60), 'column', 'seq')).toBe(`${'t'.repeat(52)}_column_seq`)
  })
})
