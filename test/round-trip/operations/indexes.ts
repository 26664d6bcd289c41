import { index, sql } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const table = 'CREATE TABLE t (a integer, b text, c jsonb, d int4range);'

/** Indexes. */
export const indexes: OperationCases = {
  'an index with every option': {
    before: table,
    upgrade: op =>
      op.createIndex(
        'i',
        't',
        [
          {
            column: 'b',
            order: 'desc',
            nulls: 'last',
            collation: 'C',
            opclass: 'text_pattern_ops',
          },
          sql`lower(b)`,
          { expression: sql`a + 1`, order: 'asc', nulls: 'first' },
        ],
        {
          unique: true,
          where: sql`a > 0`,
          include: ['a'],
          with: { fillfactor: 70 },
          tablespace: 'pg_default',
          comment: "it's quick",
          statistics: { 2: 100 },
          clustered: false,
        },
      ),
  },
  'an index of another method': {
    before: table,
    upgrade: op => {
      op.createIndex('i', 't', [{ column: 'c', opclass: 'jsonb_path_ops' }], { using: 'gin' })
      op.createIndex('j', 't', ['d'], { using: 'gist' })
      op.createIndex('k', 't', ['a'], { using: 'brin', with: { pages_per_range: 64 } })
    },
  },
  'an index that takes NULL for a value': {
    before: table,
    requires: 15,
    upgrade: op => op.createIndex('i', 't', ['a'], { unique: true, nullsNotDistinct: true }),
  },
  'an index that its table is clustered by': {
    before: table,
    upgrade: op => op.createIndex('i', 't', ['a'], { clustered: true }),
  },
  'an index that is built beside the work': {
    before: table,
    upgrade: op => op.createIndex('i', 't', ['a'], { concurrently: true, ifNotExists: true }),
  },
  'an index that goes': {
    before: `${table} CREATE UNIQUE INDEX i ON t USING btree (lower(b) DESC) WHERE a > 0; COMMENT ON INDEX i IS 'i'`,
    upgrade: op =>
      op.dropIndex('i', {
        table: 't',
        existing: index('i')
          .on({ expression: sql`lower(b)`, order: 'desc' })
          .unique()
          .where(sql`a > 0`)
          .comment('i'),
      }),
  },
  'an index that goes beside the work': {
    before: `${table} CREATE INDEX i ON t (a)`,
    upgrade: op =>
      op.dropIndex('i', { table: 't', concurrently: true, existing: index('i').on('a') }),
  },
  'an index that goes if it is there, with what rests on it': {
    before: `${table} CREATE INDEX i ON t (a)`,
    upgrade: op =>
      op.dropIndex('i', {
        table: 't',
        ifExists: true,
        cascade: true,
        existing: index('i').on('a'),
      }),
  },
}
