import { Client } from 'pg'
import { expect, test } from 'vitest'
import type { DialectName } from '../../src/dialects/dialect.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import { integer, native, type Op, type Operation, reversed, table } from '../../src/index.ts'
import { destroys } from '../../src/operations/loss.ts'
import { record } from '../../src/operations/op.ts'
import { postgresServer } from '../support/servers.ts'

const found = table('found', { a: integer() }, { temporary: true })
const create = (op: Op) => op.createTable('found', { a: integer() }, { temporary: true })

async function compiled(dialect: DialectName, operations: readonly Operation[]): Promise<string[]> {
  const { compile } = await loadDialect(dialect)
  return operations.flatMap(operation => compile(operation as never).map(({ sql }) => sql))
}

test.each([
  ['postgresql', 'integer', 'DROP TABLE IF EXISTS pg_temp.found'],
  ['sqlite', 'INTEGER', 'DROP TABLE IF EXISTS "temp".found'],
  ['mysql', 'INTEGER', 'DROP TEMPORARY TABLE IF EXISTS found'],
] as const)('%s: a temporary table is created, and its reverse drops no other', async (...of) => {
  const [dialect, type, drop] = of
  const [created] = await compiled(dialect, record(create))
  expect(created!.replace(/\s+/g, ' ')).toBe(`CREATE TEMPORARY TABLE found ( a ${type} )`)
  expect(await compiled(dialect, record(reversed(create)))).toEqual([drop])
})

test('a table of its name stays, on PostgreSQL', async () => {
  const database = await (await postgresServer()).createDatabase('temporary')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query('CREATE TABLE found (b text)')
  const script = (op: Op) => {
    create(op)
    op.bulkInsert('found', [{ a: 1 }])
    op.dropTable('found', { existing: found })
  }
  for (const sql of await compiled('postgresql', record(script))) await client.query(sql)
  for (const sql of await compiled('postgresql', record(reversed(create)))) await client.query(sql)
  const { fields } = await client.query('SELECT * FROM found')
  expect(fields.map(({ name }) => name)).toEqual(['b'])
  await client.end()
  await database.drop()
})

test('what goes with the session is no loss, and no part of a schema', async () => {
  expect(destroys(record(op => op.dropTable('found', { existing: found })))).toEqual([])
  await expect(native(found).load({ dialect: 'postgresql', directory: '/' })).rejects.toMatchObject(
    {
      code: 'DECLARATION_INVALID',
      message: 'table found: it is temporary, and so no part of a schema.',
    },
  )
})
