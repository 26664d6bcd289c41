import { LimbeckError } from '../errors.ts'
import type { PartialStep, StepProgress } from './ledger.ts'

/** A line of a revision in part, as the database gives it: anybody may have written it. */
export interface PartialLine {
  readonly sequence: number | string
  readonly revision: string
  readonly direction: string
  readonly step: number
  readonly state: string
  readonly statement_hash: string | null
  readonly operations_hash: string | null
  readonly progress: string | null
}

/** Reads a line that a run would go by; what limbeck cannot have written is refused, never guessed at. */
export function readPartialLine(line: PartialLine, table: string): PartialStep {
  const { revision, step, state, direction } = line
  const refuse = (problem: string): never => {
    throw invalidLine(line, table, problem)
  }
  if (direction !== 'upgrade' && direction !== 'downgrade')
    return refuse(`its direction is '${direction}'`)
  if (state !== 'intent' && state !== 'done' && state !== 'failed')
    return refuse(`its state is '${state}'`)
  if (step < 0) return refuse(`its step is ${step}`)
  const progress = readProgress(line.progress)
  if (progress === 'unreadable') return refuse('its progress cannot be read')
  const { statement_hash: statementHash, operations_hash: operationsHash } = line
  const sequence = Number(line.sequence)
  return { sequence, revision, direction, step, state, statementHash, operationsHash, progress }
}

function readProgress(text: string | null): StepProgress | undefined | 'unreadable' {
  if (text === null) return undefined
  try {
    const progress = JSON.parse(text)
    return isProgress(progress) ? progress : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

function isProgress(value: unknown): value is StepProgress {
  if (typeof value !== 'object' || value === null) return false
  const { items, hash, place } = value as Partial<StepProgress>
  const isCount = (count: unknown) => Number.isInteger(count) && (count as number) >= 0
  if (!isCount(items) || typeof hash !== 'string') return false
  if (place === undefined) return true
  if (typeof place !== 'object' || place === null || !isCount(place.rows)) return false
  return place.key === undefined || Array.isArray(place.key)
}

function invalidLine(
  { sequence, revision, direction }: PartialLine,
  table: string,
  problem: string,
): LimbeckError {
  return new LimbeckError(
    'LEDGER_LINE_INVALID',
    `Line ${sequence} of the ledger ${table} says how far ${revision} was, and ${problem}: limbeck has not written that. Nothing was done.`,
    {
      facts: { table, sequence: Number(sequence), revision, direction, problem },
      hint: `Look at what the database holds of ${revision}. Set the line right, or, where the database holds nothing of it: DELETE FROM ${table} WHERE sequence = ${sequence};`,
    },
  )
}
