import { bigint, integer, jsonb, sql, table, text, timestamptz } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const before = `CREATE TABLE t (id integer PRIMARY KEY, name text DEFAULT 'none', at timestamptz);
  INSERT INTO t VALUES (7, 'was there')`

const things = table('things', {
  id: bigint().primaryKey().identity({ always: true }),
  name: text().notNull(),
  tags: text().array(),
  details: jsonb(),
  at: timestamptz(),
})

/** Rows that come and go. */
export const rows: OperationCases = {
  rows: {
    before,
    upgrade: op =>
      op.bulkInsert(
        't',
        [
          { id: 1, name: "it's; --", at: new Date(0) },
          { id: 2, at: sql`TIMESTAMPTZ '2001-01-01 00:00Z'`, name: null },
          { id: 3 },
        ],
        { key: 'id' },
      ),
  },
  'rows of a declared table': {
    before: `CREATE TABLE things (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL,
      tags text[], details jsonb, at timestamptz)`,
    upgrade: op => {
      const row = { name: '\\', tags: ['a', '"{'], details: { a: [null] }, at: new Date(1) }
      op.bulkInsert(things, [{ id: 9, ...row } as never], { key: ['id'] })
    },
  },
  'rows that are named by several columns': {
    before: "CREATE TABLE t (a integer, b text); INSERT INTO t VALUES (1, 'stays')",
    upgrade: op =>
      op.bulkInsert(
        't',
        [
          { a: 1, b: 'x' },
          { a: 2, b: 'x' },
        ],
        { key: ['a', 'b'] },
      ),
  },
  'rows that go': {
    before: `${before}, (8, 'goes'), (9, DEFAULT)`,
    upgrade: op =>
      op.bulkDelete('t', [{ id: 8, name: 'goes' }, { id: 9 }], {
        key: 'id',
        columns: { id: integer() },
      }),
  },
}
