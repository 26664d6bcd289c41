import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import { applyOperations, buildSchema } from './build-schema.ts'
import type { Rehearsal } from './rehearsal.ts'

/**
 * Lists of operations that are run one after the other from the current schema, in which only those bodies
 * of routines stay unchecked that do not find what they name. Where that cannot be tried all are left as
 * they are.
 */
export async function withCheckedBodies(
  lists: readonly (readonly Operation[])[],
  { scratch, dialect, comparison }: Omit<Rehearsal, 'isEdited'>,
): Promise<readonly (readonly Operation[])[]> {
  if (!lists.flat().some(isUnchecked)) return lists
  const empty = await comparison.empty()
  try {
    return await scratch.rehearse(async connection => {
      await buildSchema(connection, dialect, comparison.current, empty)
      const checked: (readonly Operation[])[] = []
      for (const list of lists) checked.push(await checkBodies(list, connection, dialect))
      return checked
    })
  } catch (error) {
    // Something that may not be in a transaction: the proof will run it.
    if (error instanceof DatabaseError) return lists
    throw error
  }
}

const isUnchecked = (operation: Operation): boolean =>
  'uncheckedBody' in operation && operation.uncheckedBody === true

async function checkBodies(
  operations: readonly Operation[],
  connection: Connection,
  dialect: Dialect,
): Promise<Operation[]> {
  const run = (operation: Operation) => applyOperations(connection, dialect, [operation])
  const checked: Operation[] = []
  for (const operation of operations) {
    const isFound =
      isUnchecked(operation) && (await succeeds(connection, () => run(plain(operation))))
    if (!isFound) await run(operation)
    checked.push(isFound ? plain(operation) : operation)
  }
  return checked
}

function plain(operation: Operation): Operation {
  return { ...operation, uncheckedBody: undefined } as Operation
}

async function succeeds(connection: Connection, work: () => Promise<void>): Promise<boolean> {
  await connection.query('SAVEPOINT body')
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await connection.query('ROLLBACK TO SAVEPOINT body')
    return false
  } finally {
    await connection.query('RELEASE SAVEPOINT body')
  }
}
