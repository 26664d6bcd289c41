import type { Dialect } from '../dialects/dialect.ts'
import type { DatabaseSchema } from '../schema/index.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import { buildSchema } from './build-schema.ts'
import { unequalObjects } from './schema-equality.ts'

/** Deparsed text settles after one round nearly always; what has not after three never will. */
const mostRounds = 3

/**
 * Feeds a schema's own text through the scratch database until it comes back as it went in. The text
 * that PostgreSQL deparses is not a fixed point (`st IN ('a')` on a varchar needs a second round), so
 * two schemas are only comparable once both have settled.
 */
export async function fixedPoint(
  schema: DatabaseSchema,
  scratch: ScratchDatabase,
  dialect: Dialect,
  empty: DatabaseSchema,
): Promise<DatabaseSchema> {
  let settled = schema
  for (let round = 0; round < mostRounds; round++) {
    const rebuilt = await rebuild(settled, scratch, dialect, empty)
    if (unequalObjects(rebuilt, settled).length === 0) return rebuilt
    settled = rebuilt
  }
  return settled
}

/** What a schema reads like after it was built from its description. */
export function rebuild(
  schema: DatabaseSchema,
  scratch: ScratchDatabase,
  dialect: Dialect,
  empty: DatabaseSchema,
): Promise<DatabaseSchema> {
  return scratch.rehearse(async connection => {
    await buildSchema(connection, dialect, schema, empty)
    return dialect.introspect(connection)
  })
}
