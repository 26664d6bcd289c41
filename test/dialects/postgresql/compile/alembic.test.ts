import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { type Directive, operationsOf } from '../../alembic/directives.ts'
import { compileDatabase } from './database.ts'

/**
 * A directive with the SQL that Alembic 1.19.2 wrote for it, all of which PostgreSQL 15 ran. Temporary
 * tables, which limbeck has no operation for, and names made by a naming convention are not among them.
 */
interface Vector extends Directive {
  readonly name: string
  readonly given?: readonly Directive[]
  readonly sql: readonly string[]
}

const vectors: Vector[] = readFileSync(new URL('./alembic-ddl.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))

eachServer('operations of Alembic', server => {
  const database = compileDatabase(server)

  test.skipIf(server.major < 15).each(vectors.map(vector => [vector.name, vector] as const))(
    'mean the same: %s',
    async (_, { given = [], sql, ...directive }) => {
      await database.run('CREATE SCHEMA auth; CREATE SCHEMA shop; CREATE SCHEMA "Db.Owner"')
      const [extension] = /citext|hstore/i.exec(sql.join()) ?? []
      if (extension) await database.run(`CREATE EXTENSION ${extension}`)
      await database.apply(...given.flatMap(one => operationsOf(one)))
      await database.run('SAVEPOINT given')
      for (const statement of sql) await database.run(statement)
      const expected = await database.catalog()
      await database.run('ROLLBACK TO given')
      await database.apply(...operationsOf(directive))
      expect(await database.catalog()).toEqual(expected)
    },
  )
})
