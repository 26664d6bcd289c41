import { materializedView, sql, view } from '../../../src/index.ts'
import type { OperationCases } from './operation-case.ts'

const table = 'CREATE TABLE t (a integer, b text);'

/** Views, rules on them, and materialized views. */
export const views: OperationCases = {
  'a view with every option': {
    before: table,
    upgrade: op =>
      op.createView('v', sql`SELECT a, b FROM t WHERE a > 0`, {
        columnNames: ['x', 'y'],
        options: { check_option: 'local', security_barrier: true },
        comment: "it's a view",
        columnComments: { x: 'the x' },
        columnDefaults: { y: `'none'` },
      }),
  },
  'a view that is created unless it is there': {
    upgrade: op => op.createView('v', sql`SELECT 1 AS a`, { ifNotExists: true }),
  },
  'a view with another query': {
    before: `${table} CREATE VIEW v AS SELECT a FROM t; COMMENT ON VIEW v IS 'was'; COMMENT ON COLUMN v.a IS 'a';
      ALTER VIEW v ALTER a SET DEFAULT 5`,
    upgrade: op =>
      op.replaceView('v', sql`SELECT a + 1 AS a FROM t`, {
        options: { security_barrier: true },
        existing: view('v', sql`SELECT a FROM t`, {
          comment: 'was',
          columnComments: { a: 'a' },
          columnDefaults: { a: '5' },
        }),
      }),
  },
  'a view that goes': {
    before: `${table} CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t; COMMENT ON VIEW v IS 'v'`,
    upgrade: op =>
      op.dropView('v', {
        existing: view('v', sql`SELECT a FROM t`, {
          options: { security_barrier: true },
          comment: 'v',
        }),
      }),
  },
  'a materialized view with every option': {
    before: table,
    upgrade: op => {
      op.createMaterializedView('m', sql`SELECT a, b FROM t`, {
        columnNames: ['x', 'y'],
        options: { fillfactor: 70 },
        tablespace: 'pg_default',
        accessMethod: 'heap',
        columnStorage: { y: { storage: 'external', statistics: 50 } },
        comment: 'kept',
        columnComments: { x: 'the x' },
      })
      op.createIndex('m_x', 'm', ['x'], { unique: true })
    },
  },
  'a materialized view that goes': {
    before: `${table} CREATE MATERIALIZED VIEW m AS SELECT a FROM t`,
    upgrade: op =>
      op.dropMaterializedView('m', { existing: materializedView('m', sql`SELECT a FROM t`) }),
  },
  'the comment of a column of a view': {
    before: `${table} CREATE VIEW v AS SELECT a FROM t`,
    upgrade: op => op.setComment('view', 'v', 'the a', { column: 'a', existing: null }),
  },
}
