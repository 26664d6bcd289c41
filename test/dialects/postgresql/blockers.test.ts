import { expect, test } from 'vitest'
import { shownQuery } from '../../../src/dialects/postgresql/blockers.ts'

test.each([
  ["UPDATE t SET a = 'secret', n = 5", "UPDATE t SET a = '…', n = 5"],
  ["SELECT 'it''s secret', 'secret'", "SELECT '…', '…'"],
  [String.raw`SELECT E'it\'s secret', 'secret\', 'secret'`, "SELECT '…', '…', '…'"],
  ["SELECT $$secret$$, $tag$it's secret$tag$ AS x", "SELECT '…', '…' AS x"],
  [`SELECT "it's" FROM "o'clock" WHERE a = 'secret'`, `SELECT "it's" FROM "o'clock" WHERE a = '…'`],
  ["SELECT 1 -- it's\n, 'secret'", "SELECT 1 , '…'"],
  ["/* it's */ SELECT 'secret'", "SELECT '…'"],
  ["ALTER ROLE app PASSWORD 'secret", "ALTER ROLE app PASSWORD '…'"],
  ["SELECT $1,\n\t  'secret'", "SELECT $1, '…'"],
  ['<insufficient privilege>', '<insufficient privilege>'],
])('%j is shown without what may be secret in it', (sql, shown) => {
  expect(shownQuery(sql)).toBe(shown)
})

test('of a long query the beginning is shown', () => {
  const shown = shownQuery(`SELECT ${'a, '.repeat(200)} b`)
  expect(shown).toHaveLength(200)
  expect(shown).toMatch(/^SELECT a, a.*…$/)
})
