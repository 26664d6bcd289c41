import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { type Directive, operationsOf } from './alembic-directives.ts'
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

/** All that directives can change, as PostgreSQL itself tells it. */
const catalog = `
  SELECT format('column %s.%I %s %s %s %s %s %s %s %s', attrelid::regclass, attname,
      format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity,
      attgenerated, attcollation::regcollation, col_description(attrelid, attnum), relpersistence) AS line
    FROM pg_attribute
    JOIN pg_class c ON c.oid = attrelid AND relkind IN ('r', 'p')
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND attnum > 0
      AND NOT attisdropped
  UNION ALL
  SELECT format('table %s %s %s %s %s %s', c.oid::regclass, obj_description(c.oid, 'pg_class'),
      pg_get_partkeydef(c.oid), reloptions, (SELECT array_agg(inhparent::regclass) FROM pg_inherits
      WHERE inhrelid = c.oid), relkind)
    FROM pg_class c
    WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
  UNION ALL
  SELECT format('constraint %s %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace::regnamespace::text !~ '^(pg_|information_schema)'
      AND contype <> 'n'
  UNION ALL
  SELECT indexdef FROM pg_indexes WHERE schemaname !~ '^(pg_|information_schema)'
  UNION ALL
  SELECT format('enum %s %s', enumtypid::regtype, array_agg(enumlabel ORDER BY enumsortorder))
    FROM pg_enum GROUP BY enumtypid
  UNION ALL
  SELECT format('sequence %I.%I %s %s %s %s %s %s %s', schemaname, sequencename, data_type,
      start_value, min_value, max_value, increment_by, cycle, cache_size)
    FROM pg_sequences`

eachServer('operations of Alembic', server => {
  const database = compileDatabase(server)

  test.skipIf(server.major < 15).each(vectors.map(vector => [vector.name, vector] as const))(
    'mean the same: %s',
    async (_, { given = [], sql, ...directive }) => {
      await database.run('CREATE SCHEMA auth; CREATE SCHEMA shop; CREATE SCHEMA "Db.Owner"')
      const [extension] = /citext|hstore/i.exec(sql.join()) ?? []
      if (extension) await database.run(`CREATE EXTENSION ${extension}`)
      await database.apply(...given.flatMap(operationsOf))
      await database.run('SAVEPOINT given')
      for (const statement of sql) await database.run(statement)
      const expected = (await database.values(catalog)).sort()
      await database.run('ROLLBACK TO given')
      await database.apply(...operationsOf(directive))
      expect((await database.values(catalog)).sort()).toEqual(expected)
    },
  )
})
