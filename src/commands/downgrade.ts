import { unlessInterrupted } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import { parseIdentifier } from '../revisions/identifier.ts'
import { planDowngrade } from '../revisions/plan.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { droppedThings, unknownSentence, withRows } from './describe-loss.ts'
import { downgradeLoss } from './downgrade-loss.ts'
import type { DowngradeInput, DowngradeLoss } from './inputs.ts'
import { move } from './move.ts'
import { parseRoute, startHeads } from './offline-range.ts'
import type { DowngradeResult } from './results/move.ts'
import { nothingToDo } from './stays.ts'

/** Runs the downgrades from where the database is to a revision, which stays; `base` undoes everything. */
export async function downgrade(input: DowngradeInput): Promise<DowngradeResult> {
  const isOffline = input.sql ?? false
  const { from, to } = parseRoute(input.revision, isOffline)
  if (isOffline && from === undefined) throw startMissing(to)
  return move(input, {
    isOffline,
    argument: { start: from, destination: to },
    startHeads: ({ graph }) => startHeads(graph, from),
    plan: ({ graph }, heads) => planDowngrade(graph, heads, to),
    remark: (_, plan) => (isOffline ? undefined : nothingToDo(plan)),
    beforeRun: async (session, steps) => {
      if (steps.length === 0) return
      const loss = await downgradeLoss(session, steps)
      if (isBase(to)) await undoEverything(loss, input, session)
      else tellOfRows(loss, session)
    },
  })
}

/** `base`, or `label@base`. */
function isBase(text: string): boolean {
  const { symbol, offset } = parseIdentifier(text)
  return symbol === 'base' && offset === undefined
}

/** Asks where somebody can be asked, and else says what goes. */
async function undoEverything(
  loss: DowngradeLoss,
  { confirm, revision }: DowngradeInput,
  session: MigrationSession,
): Promise<void> {
  if (confirm === undefined) tell(loss, everythingGoes(revision, loss), session)
  else if (!(await unlessInterrupted(session.signal, confirm(loss))))
    throw notConfirmed(revision, loss)
}

function everythingGoes(revision: string, loss: DowngradeLoss): string {
  const count = `${loss.revisions} revision${loss.revisions === 1 ? '' : 's'}`
  const dropped = droppedThings(loss) ?? 'no table'
  return [`downgrade ${revision} undoes ${count} and drops ${dropped}.`, unknownSentence(loss)]
    .filter(sentence => sentence !== undefined)
    .join(' ')
}

/** Tells of tables and columns that are dropped with what is in them. */
function tellOfRows(loss: DowngradeLoss, session: MigrationSession): void {
  const dropped = droppedThings(withRows(loss))
  if (dropped !== undefined) tell(loss, `This drops ${dropped}.`, session)
}

/** What takes nothing with it is no warning. */
function tell(loss: DowngradeLoss, message: string, { report }: MigrationSession): void {
  const isLossy = droppedThings(withRows(loss)) !== undefined
  report(isLossy ? { type: 'warning', message, facts: { loss } } : { type: 'progress', message })
}

function notConfirmed(revision: string, { database }: DowngradeLoss): LimbeckError {
  return new LimbeckError(
    'ABORTED',
    `downgrade ${revision} was not confirmed: nothing was done to ${database}.`,
    { facts: { argument: revision, database }, hint: 'Answer y, or say --yes.' },
  )
}

function startMissing(to: string): LimbeckError {
  return new LimbeckError(
    'RANGE_REQUIRED',
    'downgrade --sql needs to know where it starts, since no database is asked.',
    {
      facts: { argument: to },
      hint: `Write from:to, such as head:${to === 'head' ? 'base' : to}.`,
    },
  )
}
