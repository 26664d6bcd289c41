import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  contentDigest,
  schemaOf,
  schemaText,
} from '../../../src/autogenerate/settle/schema-text.ts'
import { connectServer } from '../../../src/dialects/postgresql/connect/server.ts'
import { introspect } from '../../../src/dialects/postgresql/introspect/index.ts'
import { eachServer } from '../../support/each-server.ts'

const everything = readFileSync(
  new URL('../../dialects/postgresql/introspect/everything.sql', import.meta.url),
  'utf8',
)

eachServer('a schema as a text', ({ server }) => {
  test('is read again as it was, numbers that JSON does not know included', async () => {
    const database = await (await server()).createDatabase('schema_text')
    const connection = await connectServer({ url: database.url })
    try {
      await connection.query(everything)
      await connection.query(
        'CREATE SEQUENCE big MAXVALUE 9007199254740993; CREATE TABLE "$big" (id bigint GENERATED ALWAYS AS IDENTITY (START 9007199254740995))',
      )
      const schema = await introspect(connection)
      const again = schemaOf(schemaText(schema))
      expect(again).toEqual(schema)
      expect(contentDigest(again)).toBe(contentDigest(schema))
      expect([...again.objects.keys()]).toEqual([...schema.objects.keys()])
      await connection.query('ALTER SEQUENCE big MAXVALUE 9007199254740992')
      expect(contentDigest(await introspect(connection))).not.toBe(contentDigest(schema))
    } finally {
      await connection.close()
      await database.drop()
    }
  })
})
