import { relative } from 'node:path'
import { DatabaseError } from '../dialects/database-error.ts'
import { StatementInterrupted } from '../dialects/interruptible-connection.ts'
import { reasonFacts } from '../dialects/interruption.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import { capitalized } from '../operations/identity.ts'
import { locationOf } from '../operations/location.ts'
import type { Backfill, Operation, Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import { counted } from '../text/sentences.ts'
import { failureHint } from './failure-hint.ts'
import { describeOutcome, type RunOutcome } from './progress.ts'
import type { RecordedStep } from './recorded-step.ts'
import { codeThrew, ListenerFailed } from './version-apply.ts'

export interface StepFailure {
  readonly recorded: RecordedStep
  readonly error: unknown
  readonly statement?: Statement | undefined
  /** The code that threw, or the backfill. */
  readonly code?: Run | Backfill | undefined
  readonly outcome: RunOutcome
}

/** The error of a step that failed: what was refused, where it stands, and what the database holds now. */
export function stepFailure(failure: StepFailure): Error {
  const { recorded, outcome } = failure
  const error = unwrapped(failure.error)
  const { step, script } = recorded
  const operation = failure.statement?.operation ?? failure.code
  const location = operation && locationOf(operation)
  const place = location
    ? `${relative(process.cwd(), location.file)}:${location.line}:${location.column}`
    : error instanceof ListenerFailed
      ? undefined
      : script && relative(process.cwd(), script.path)
  const thrown = codeThrew(error)
  const cut = thrown instanceof StatementInterrupted ? thrown : undefined
  const isRefusal = thrown instanceof DatabaseError && cut === undefined
  const sql = failure.statement?.sql ?? (thrown instanceof DatabaseError ? thrown.sql : undefined)
  const own = thrown instanceof LimbeckError ? thrown : undefined
  return new LimbeckError(
    own?.code ?? (cut ? 'INTERRUPTED' : isRefusal ? 'STATEMENT_FAILED' : 'RUN_FAILED'),
    [
      `${capitalized(step.direction)} of ${step.revision.id} ${cut ? `was ${cut.message}` : 'failed'}${place ? ` at ${place}` : ''}${cut ? '.' : `: ${reason(error)}`}`,
      ...(operation ? [`  operation: ${describeSafely(operation)}`] : []),
      ...(sql ? [indent(sql)] : []),
      describeOutcome(outcome),
    ].join('\n'),
    {
      facts: {
        ...own?.facts,
        revision: step.revision.id,
        direction: step.direction,
        file: location?.file ?? script?.path,
        line: location?.line,
        column: location?.column,
        statement: sql,
        ...(isRefusal ? databaseFacts(thrown) : {}),
        ...(cut ? reasonFacts(cut.reason) : {}),
        ...outcome,
      },
      hint: cut
        ? interruptedHint(failure)
        : (own?.hint ?? failureHint({ error: thrown, step, operation, outcome })),
      cause: cut ? cut.reason : error,
    },
  )
}

/** What is in a transaction leaves nothing; what is outside is looked at before it runs again. */
function interruptedHint({ recorded: { step }, statement }: StepFailure): string {
  const isOutside = statement !== undefined && !statement.transactional
  const left = ' What the statement may have left, such as an invalid index, is cleared up then.'
  return `Run the same command again (\`limbeck ${step.direction} …\`): it goes on from there.${isOutside ? left : ''}`
}

/** Drizzle puts the query and its values, which may be secret, around what the database said. */
function unwrapped(error: unknown): unknown {
  const isWrapped = error instanceof Error && 'query' in error && 'params' in error
  return isWrapped && error.cause instanceof DatabaseError ? error.cause : error
}

const indent = (sql: string) => `  statement: ${beginningOf(sql).join('\n    ')}`

/** How much of a statement is shown; all of it is among the facts. */
const shown = { lines: 40, characters: 400 }

/** The lines of a statement; rows that are inserted may be thousands. */
function beginningOf(sql: string): string[] {
  const lines = sql.split('\n')
  const more = lines.length - shown.lines
  return [
    ...lines
      .slice(0, shown.lines)
      .map(line => (line.length > shown.characters ? `${line.slice(0, shown.characters)}…` : line)),
    ...(more > 0 ? [`… and ${counted(more, 'more line')}`] : []),
  ]
}

const describeSafely = (operation: Operation) =>
  operation.kind === 'run' ? 'run (code)' : describe(operation)

function reason(error: unknown): string {
  const message = messageOf(error)
  if (!(error instanceof DatabaseError)) return message
  return error.detail === undefined ? message : `${message} (${error.detail})`
}

function databaseFacts({ code, detail, position }: DatabaseError) {
  return { sqlstate: code, detail, position }
}
