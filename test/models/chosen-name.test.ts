import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectServer } from '../../src/dialects/postgresql/connect/server.ts'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { chosenName, type DatabaseSchema, mentionedColumns } from '../../src/schema/index.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('names')
})
afterAll(() => database.drop())

async function schemaOf(sql: string): Promise<DatabaseSchema> {
  const connection = await connectServer({ url: database.url })
  try {
    await connection.executeAll([sql])
    return await postgresql.introspect(connection)
  } finally {
    await connection.close()
  }
}

/** What PostgreSQL names in another way: by hand, counted on, after an expression or a column twice. */
const others = [
  'a_b_c_key1',
  'a_table_with_a_name_that_take_a_column_with_a_long_name_of_key1',
  'chosen_by_hand',
  'counted_a_a1_idx',
  'counted_a_check1',
  'counted_a_idx1',
  'counted_b_a_expr_idx',
  'counted_check1',
  'odd_check1',
  'people_lower_idx',
  'second_of_two_a_check',
]

test('a name that PostgreSQL chooses is known beforehand', async () => {
  const path = fileURLToPath(new URL('cases/names.sql', import.meta.url))
  const { objects } = await schemaOf(readFileSync(path, 'utf8'))
  const unlike = [...objects.values()].flatMap(object => {
    if (object.kind !== 'constraint' && object.kind !== 'index') return []
    const table = objects.get(`table:public.${object.table}`)
    const columns = table?.kind === 'table' ? table.columns.map(({ name }) => name) : []
    return chosenName(object, columns) === object.name ? [] : [object.name]
  })
  expect(unlike.sort()).toEqual(others)
})

test.each([
  ['a > 0', ['a']],
  ["note <> 'a b'::text", ['note']],
  ['(note)::text = ANY (b)', ['b', 'note']],
  ['a(b) > 0', ['b']],
  ['b > (public.a(1))', ['b']],
  ['"odd ""name" > 0', ['odd "name']],
  ['(b).a > 0', ['b']],
  ["b = 'x'::public.a", ['b']],
])('%s mentions %s', (sql, expected) => {
  const columns = ['a', 'b', 'note', 'text', 'odd "name', 'odd', 'name', 'public']
  expect(mentionedColumns(sql, columns).sort()).toEqual(expected)
})
