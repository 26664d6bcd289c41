import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { DatabaseSchema, ObjectId } from '../schema/index.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import { buildSchema } from './build-schema.ts'
import { unequalObjects } from './schema-equality.ts'
import { rebuildInPlace } from './settle/in-place.ts'

/** Deparsed text settles after one round nearly always; what has not after three never will. */
const mostRounds = 3

/** A schema whose text comes back as it went in, unless it never does. */
export interface FixedPoint {
  readonly schema: DatabaseSchema
  readonly isSettled: boolean
}

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
): Promise<FixedPoint> {
  let reached: Rounds = { schema, isSettled: false, rounds: 0 }
  while (!reached.isSettled && reached.rounds < mostRounds) {
    const before = reached
    reached = await scratch.rehearse(connection => settleIn(connection, dialect, before, empty))
  }
  return reached
}

interface Rounds extends FixedPoint {
  readonly rounds: number
}

/** Builds all of a schema once, and then again what has come back otherwise, as far as that stands alone. */
async function settleIn(
  connection: Connection,
  dialect: Dialect,
  before: Rounds,
  empty: DatabaseSchema,
): Promise<Rounds> {
  await buildSchema(connection, dialect, before.schema, empty)
  let { schema, rounds } = before
  for (;;) {
    const rebuilt = await dialect.introspect(connection)
    const rest = unequalObjects(rebuilt, schema)
    schema = rebuilt
    rounds++
    if (rest.length === 0) return { schema, isSettled: true, rounds }
    if (rounds >= mostRounds || !(await canRebuild(connection, dialect, schema, rest)))
      return { schema, isSettled: false, rounds }
  }
}

async function canRebuild(
  connection: Connection,
  dialect: Dialect,
  schema: DatabaseSchema,
  ids: readonly ObjectId[],
): Promise<boolean> {
  try {
    return await rebuildInPlace(connection, dialect, schema, ids)
  } catch (error) {
    if (error instanceof DatabaseError) return false
    throw error
  }
}
