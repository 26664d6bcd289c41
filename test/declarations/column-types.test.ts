import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { expect, test } from 'vitest'
import * as columnTypes from '../../src/declarations/column-types.ts'
import { type AnyColumn, sqlType } from '../../src/declarations/columns.ts'

test('every builder names a type that PostgreSQL has', async () => {
  const { type: _, ...builders } = columnTypes
  const columns = Object.entries(builders).map(
    ([name, build]) => `"${name}" ${sqlType((build as () => AnyColumn)(), name)}`,
  )
  const database = await PGlite.create({ extensions: { citext } })
  try {
    await database.exec(`CREATE EXTENSION citext; CREATE TABLE t (${columns.join(', ')})`)
    const { rows } = await database.query<{ typname: string }>(
      `SELECT typname FROM pg_type t WHERE typtype IN ('b', 'r', 'm') AND typcategory <> 'A'
       AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = 't'::regclass
         AND a.attnum > 0 AND a.atttypid = t.oid)`,
    )
    expect(rows.map(({ typname }) => typname).sort()).toEqual(internal)
  } finally {
    await database.close()
  }
})

/** Types without a builder: PostgreSQL's own catalogs use them, and `type('…')` names them. */
const internal = [
  ...['aclitem', 'char', 'cid', 'gtsvector', 'name'],
  ...['pg_brin_bloom_summary', 'pg_brin_minmax_multi_summary', 'pg_dependencies', 'pg_mcv_list'],
  ...['pg_ndistinct', 'pg_node_tree', 'refcursor', 'tid', 'txid_snapshot', 'xid'],
]
