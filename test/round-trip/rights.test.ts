import { expect, test } from 'vitest'
import { applyOperations } from '../../src/autogenerate/build-schema.ts'
import { connectServer } from '../../src/dialects/postgresql/connect/server.ts'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { diff } from '../../src/diff/diff.ts'
import { reverseAll } from '../../src/operations/reverse.ts'
import { eachServer, type ServerUnderTest } from '../support/each-server.ts'
import { pgDumpWithRights } from '../support/pg-dump.ts'

const schema = (type: string) => `
  CREATE FUNCTION double(n bigint) RETURNS ${type} LANGUAGE sql IMMUTABLE AS 'SELECT (n * 2)::${type}';
  CREATE TABLE items (id ${type}, name text);
  CREATE VIEW names AS SELECT id, name FROM items;
  CREATE VIEW long_names AS SELECT id, name FROM names WHERE length(name) > 9;
  CREATE MATERIALIZED VIEW kept AS SELECT double(id) AS twice FROM items`

const rights = `
  GRANT SELECT, UPDATE (name) ON names TO pg_monitor WITH GRANT OPTION;
  GRANT SELECT ON long_names TO PUBLIC;
  ALTER VIEW long_names OWNER TO pg_monitor;
  GRANT SELECT ON kept TO pg_signal_backend;
  REVOKE EXECUTE ON FUNCTION double FROM PUBLIC`

eachServer(
  'owners and privileges',
  server => {
    test('stay with views that make way for another type of a column', async () => {
      const [start, goal] = [await built(server, 'integer'), await built(server, 'bigint')]
      const connection = await connectServer({ url: start })
      try {
        const target = await introspected(goal)
        const before = await pgDumpWithRights(start)
        const { operations } = diff(await postgresql.introspect(connection), target)
        await applyOperations(connection, postgresql, operations)
        expect(grantsIn(await pgDumpWithRights(start))).toEqual(grantsIn(before))
        await applyOperations(connection, postgresql, reverseAll(operations))
        expect(grantsIn(await pgDumpWithRights(start))).toEqual(grantsIn(before))
        expect(grantsIn(before)).toContain(
          'REVOKE ALL ON FUNCTION public.double(n bigint) FROM PUBLIC;',
        )
      } finally {
        await connection.close()
      }
    })
  },
  { pgDump: true },
)

async function built(server: ServerUnderTest, type: string): Promise<string> {
  const { url } = await server.createDatabase('rights')
  const connection = await connectServer({ url })
  try {
    await connection.query(`${schema(type)};${rights}`)
  } finally {
    await connection.close()
  }
  return url
}

async function introspected(url: string) {
  const connection = await connectServer({ url })
  try {
    return await postgresql.introspect(connection)
  } finally {
    await connection.close()
  }
}

/** What a dump says of owners and privileges. */
const grantsIn = (dump: string): string[] =>
  dump
    .split('\n')
    .filter(line => /^(GRANT|REVOKE|ALTER .* OWNER TO)/.test(line))
    .sort()
