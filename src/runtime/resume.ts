import { hashOperations, hashText, stableText, withoutTimeouts } from '../operations/hash.ts'
import type { StepItem } from '../operations/statement.ts'
import type { BackfillPlace } from './backfill.ts'
import type { Report } from './events.ts'
import type { PartialStep, StepProgress } from './ledger.ts'
import type { RecordedStep } from './recorded-step.ts'

/** A recorded step, and what an earlier run has committed of it. */
export interface RemainingStep extends RecordedStep {
  /** How many of its first items. */
  readonly done: number
  /** Where the backfill was that comes next. */
  readonly place?: BackfillPlace | undefined
  /** The line of the item that comes next, where it was begun. */
  readonly begun?: PartialStep | undefined
}

/** A fingerprint of one item. */
export const hashItem = (item: StepItem): string =>
  'kind' in item ? hashOperations([item]) : hashText(item.sql)

/** How far a step is when this many of its items are done. */
export function progressOf({ items }: Pick<RecordedStep, 'items'>, done: number): StepProgress {
  return { items: done, hash: hashItems(items.slice(0, done)) }
}

const hashItems = (items: readonly StepItem[]): string =>
  hashText(
    stableText(
      items.map(item =>
        'kind' in item ? withoutTimeouts(item) : { sql: item.sql, with: item.parameters },
      ),
    ),
  )

/** Finds for every step where an earlier run has left it, and says so. */
export function remainingSteps(
  steps: readonly RecordedStep[],
  partial: readonly PartialStep[],
  report: Report,
): RemainingStep[] {
  const byRevision = new Map(partial.map(line => [line.revision, line]))
  return steps.map(recorded => {
    const line = byRevision.get(recorded.step.revision.id)
    const isOfStep = line !== undefined && line.direction === recorded.step.direction
    return isOfStep ? remaining(recorded, line, report) : { ...recorded, done: 0 }
  })
}

function remaining(recorded: RecordedStep, line: PartialStep, report: Report): RemainingStep {
  const { items } = recorded
  const { id } = recorded.step.revision
  const done = line.state === 'done' ? line.step : line.step - 1
  if (!isAsBefore(recorded, line, done)) {
    report({ type: 'warning', message: beginsAgain(id), facts: { revision: id, items: done } })
    return { ...recorded, done: 0 }
  }
  const next = items[done]
  const isSame = next !== undefined && line.statementHash === hashItem(next)
  const place = line.state === 'intent' && isSame ? line.progress?.place : undefined
  if (done > 0 || place !== undefined)
    report({ type: 'progress', message: goesOn(id, done, items, place) })
  const begun = line.state !== 'done' && isSame ? line : undefined
  return { ...recorded, done, place, begun }
}

/** Whether what is done is what the script says now. A line that was written by a script of SQL knows only the whole. */
function isAsBefore({ items, script }: RecordedStep, line: PartialStep, done: number): boolean {
  const { progress, statementHash, operationsHash } = line
  if (done > items.length) return false
  if (progress === undefined) return operationsHash === (script?.operationsHash ?? null)
  if (progressOf({ items }, progress.items).hash !== progress.hash) return false
  const last = items[done - 1]
  return progress.items === done || (last !== undefined && statementHash === hashItem(last))
}

const beginsAgain = (id: string): string =>
  `A part of ${id} was committed by an earlier run, and is another in the script now: it begins again.`

function goesOn(
  id: string,
  done: number,
  items: readonly StepItem[],
  place: BackfillPlace | undefined,
): string {
  const rows = place === undefined ? '' : `, and ${place.rows} rows of the next`
  return `${id} goes on where an earlier run has left it: ${done} of its ${items.length} steps are committed${rows}.`
}
