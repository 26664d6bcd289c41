import { expect, test } from 'vitest'
import { partitionKeys } from '../../src/autogenerate/partition-keys.ts'
import type { DatabaseSchema, Table } from '../../src/schema/index.ts'

const table = (name: string, more: Partial<Table> = {}): Table => ({
  kind: 'table',
  schema: 'public',
  name,
  columns: [],
  ...more,
})

/** Rows 1 and 2 of `part`, which has the bounds in a parent that is partitioned so. */
function keysOf(partitionBy: string, bounds: string) {
  const parent = table('parent', { partitionBy })
  const part = table('part', {
    partitionOf: { parent: { schema: 'public', name: 'parent' }, bounds },
  })
  const objects = new Map([parent, part].map(one => [`table:public.${one.name}`, one]))
  const schema = { objects } as unknown as DatabaseSchema
  const rows = (of: Table) =>
    [...partitionKeys(of, schema)].map(([column, value]) => [column, value(1), value(2)])
  expect(rows(parent)).toEqual(rows(part))
  return rows(part)
}

test.each([
  [
    'RANGE (day)',
    `FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`,
    [['day', `'2024-01-01'`, `'2024-01-01'`]],
  ],
  ['RANGE ("a b", c)', `FOR VALUES FROM (1, MINVALUE) TO (5, MAXVALUE)`, [['a b', '1', '1']]],
  ['LIST (region text_ops)', `FOR VALUES IN ('it''s', NULL, 'b')`, [['region', `'it''s'`, `'b'`]]],
  ['RANGE (lower(name))', `FOR VALUES FROM ('a') TO ('b')`, []],
  ['RANGE (n)', 'FOR VALUES FROM (MINVALUE) TO (5)', []],
  ['HASH (id)', 'FOR VALUES WITH (modulus 2, remainder 0)', []],
  ['RANGE (n)', 'DEFAULT', []],
])('rows for a partition by %s, %s', (partitionBy, bounds, keys) => {
  expect(keysOf(partitionBy, bounds)).toEqual(keys)
})
