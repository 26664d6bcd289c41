import type { CutOff } from '../dialects/cut-off.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import { shorten } from '../operations/describe-changes.ts'
import { locationOf } from '../operations/location.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { Ledger, PartialStep } from './ledger.ts'

/** What runs outside of transactions, and the line that says that an earlier run has begun it. */
export interface BegunItem {
  readonly item: Statement | Run
  readonly line: PartialStep
}

export interface CutOffParts {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly ledger: Ledger
}

/**
 * What an earlier run has left of an item that it was not done with: because it was killed, or because the
 * database has refused it. Throws where that cannot be known, and doing it twice could do harm.
 */
export async function lookAtCutOff(begun: BegunItem, parts: CutOffParts): Promise<CutOff> {
  const { item, line } = begun
  const wasRefused = line.state === 'failed'
  // A script of SQL gives no statement a transaction of its own, and notes no progress.
  const isWhole = !('kind' in item) && item.isOwnTransaction && line.progress !== undefined
  if (isWhole) return notDone
  const found = await ask(item, parts)
  // What was refused is none of its work: something else has done that.
  if (found.state === 'done') return wasRefused ? notDone : found
  if (found.state === 'notDone' || wasRefused || isRepeatable(item)) return found
  throw uncertain(begun, parts)
}

const notDone: CutOff = { state: 'notDone' }

async function ask(item: Statement | Run, { connection, dialect }: CutOffParts): Promise<CutOff> {
  const isKnown = !('kind' in item) && dialect.cutOff !== undefined
  return isKnown ? dialect.cutOff!(connection, item.sql) : { state: 'unknown' }
}

const operationOf = (item: Statement | Run) => ('kind' in item ? item : item.operation)

const isRepeatable = (item: Statement | Run): boolean =>
  operationOf(item)?.autocommit === 'repeatable'

/** Whether it may have committed something of its own before it was refused, and must not do that twice. */
export const mayHaveCommitted = (item: Statement | Run, { mayBeTransaction }: Dialect): boolean =>
  !isRepeatable(item) && ('kind' in item || mayBeTransaction?.(item.sql) === false)

function uncertain({ item, line }: BegunItem, { ledger }: CutOffParts): LimbeckError {
  const { revision, direction, sequence } = line
  const operation = operationOf(item)
  const { file, line: row, column } = (operation && locationOf(operation)) ?? {}
  const statement = 'kind' in item ? 'op.run' : item.sql
  return new LimbeckError(
    'STATEMENT_UNCERTAIN',
    [
      `A run was killed in the ${direction} of ${revision}, at something outside of transactions. Nobody can tell whether that was done: wholly, in part, or not at all.`,
      `  ${shorten(statement)}${file === undefined ? '' : ` (${file}:${row}:${column})`}`,
      'Nothing was done now.',
    ].join('\n'),
    {
      facts: { revision, direction, statement, sequence, file, line: row, column },
      hint: [
        'Look at what the database holds, and say what to do:',
        `  it is done:      ${ledger.decideStatement(sequence, 'done')}`,
        `  it has to run:   ${ledger.decideStatement(sequence, 'failed')}`,
        'Then run the same command again. Where it may always be run twice, say so in the script: op.autocommit(() => …, { repeatable: true }).',
      ].join('\n'),
    },
  )
}
