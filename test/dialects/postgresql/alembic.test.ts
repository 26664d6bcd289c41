import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachServer } from '../../support/each-server.ts'
import { type EquivalenceDatabase, openEquivalenceDatabase } from '../alembic/equivalence.ts'
import { judgeDdl } from '../alembic/judge.ts'
import { recordedIn } from '../alembic/recorded.ts'

const recorded = recordedIn(new URL('./alembic-ddl.jsonl', import.meta.url))

eachServer('directives of Alembic', server => {
  let database: EquivalenceDatabase

  beforeAll(async () => {
    database = await openEquivalenceDatabase(await server.server())
  })
  afterAll(() => database.close())

  // They were recorded for PostgreSQL 15: older servers do not know all of it.
  test.skipIf(server.major < 15).each(recorded)(
    'are written as Alembic writes them, do the same, or differ by a documented rule: %s',
    async (_, vector) => {
      expect(await judgeDdl(vector, database)).toMatchObject({
        kind: expect.stringMatching(/^(agrees|proved|differs)$/),
      })
    },
  )
})
