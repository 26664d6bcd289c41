import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection } from '../dialects/dialect.ts'
import { StatementInterrupted } from '../dialects/interruptible-connection.ts'

/** Runs code of the project inside the transaction that is open and has to outlive it. */
export async function keepTransaction(
  connection: Connection,
  code: () => Promise<void>,
): Promise<void> {
  await connection.query(`SAVEPOINT ${savepoint}`)
  await code()
  await expectTransaction(() => connection.query(`RELEASE SAVEPOINT ${savepoint}`))
}

/** Asks the database for something that only a sound transaction gives; says what happened to it else. */
export async function expectTransaction(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    const isToldToEnd = error instanceof StatementInterrupted
    const isAnswer = error instanceof DatabaseError && error.isAnswer
    throw isAnswer && !isToldToEnd ? transactionGone(error) : error
  }
}

const savepoint = 'limbeck_run'

/** Thrown where code of the project has ended or broken the transaction that it ran in. */
export class TransactionGone extends Error {
  override readonly name = 'TransactionGone'
}

/** A savepoint is refused in a transaction that has failed; in another one it is not known. */
function transactionGone(error: DatabaseError): Error {
  if (error.code === failedTransaction)
    return new Error(
      'the database refused a statement of its code, which caught the error and went on. Let the error through, or set a savepoint before such a statement.',
    )
  return new TransactionGone(
    'its code ended the transaction of the run. Leave BEGIN, COMMIT and ROLLBACK out.',
  )
}

/** SQLSTATE of a transaction in which nothing but its end is possible. */
const failedTransaction = '25P02'
