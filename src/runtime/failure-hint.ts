import { DatabaseError } from '../dialects/database-error.ts'
import type { Operation, OperationKind } from '../operations/operation.ts'
import type { Step } from '../revisions/plan.ts'
import type { RunOutcome } from './progress.ts'

/** What is known of a failure that a hint is wanted for. */
export interface FailureFacts {
  readonly error: unknown
  readonly step: Step
  /** What the statement was compiled from. */
  readonly operation: Operation | undefined
  readonly outcome: RunOutcome
}

/** SQLSTATEs that say that something is there already: a relation, an object, a column, a schema, a function. */
const alreadyThere = new Set(['42P07', '42710', '42701', '42P06', '42723'])

/** SQLSTATEs that say that the same is not there. */
const notThere = new Set(['42P01', '42704', '42703', '3F000', '42883'])

/** The SQLSTATE of what the role may not do. */
const missingRight = '42501'

/** The SQLSTATE of what got no lock in time. */
const noLock = '55P03'

/** The SQLSTATE of what may not be in a transaction. */
const inTransaction = '25001'

/** What to do next. */
export function failureHint({ error, step, operation, outcome }: FailureFacts): string {
  return (error instanceof DatabaseError && answerTo(error, step, operation)) || retry(outcome)
}

function answerTo(error: DatabaseError, step: Step, operation?: Operation): string | undefined {
  const { code = '' } = error
  if (!error.isAnswer)
    return 'The connection broke. `limbeck current` tells where the database is; then run the same command again.'
  if (alreadyThere.has(code)) return ifThere(step, operation)
  if (notThere.has(code) && operation?.kind.startsWith('drop'))
    return 'It is not there. If something else has dropped it, and rightly, give the operation `ifExists: true`; then run the same command again.'
  if (error.hint !== undefined) return error.hint
  if (code === noLock)
    return 'Another session holds the lock: run the same command again when that one is done.'
  if (code === missingRight)
    return 'Give the role the right, or connect as one that has it; then run the same command again.'
  if (code === inTransaction)
    return 'Give the statement to an `op.execute` of its own, inside `op.autocommit(() => …)`; then run the same command again.'
  return undefined
}

/** The work of the revision may have been done by other means, all of it or a part. */
function ifThere({ direction, revision, to }: Step, operation?: Operation): string {
  const isDone =
    direction === 'downgrade'
      ? `If the database is where the downgrade of ${revision.id} leads, record that: \`limbeck stamp ${to.join(' ') || 'base'}\`.`
      : `If the database has all that ${revision.id} does, record that: \`limbeck stamp ${revision.id}\`.`
  if (operation === undefined || !takesIfNotExists(operation.kind)) return isDone
  return `${isDone} If only this is there, give the operation \`ifNotExists: true\`.`
}

function takesIfNotExists(kind: OperationKind): boolean {
  if (kind === 'addColumn' || kind === 'addEnumValue') return true
  return kind.startsWith('create') && kind !== 'createConstraint' && kind !== 'createVerbatim'
}

function retry({ partly }: RunOutcome): string {
  return partly
    ? 'Correct the script or the data and run the same command again: it goes on behind what stays, unless the script is changed there.'
    : 'Correct the script and run the same command again.'
}
