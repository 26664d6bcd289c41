import { DatabaseError } from '../dialects/database-error.ts'
import type { StepDirection } from '../revisions/plan.ts'
import type { LatestLine, Operator } from './ledger.ts'
import type { MigrationSession } from './migration-session.ts'

/** What the ledger says of a revision: the last that was done with it. */
export interface LedgerRecord extends Operator {
  readonly direction: StepDirection
  /** The last step that was begun or done of a revision that was committed in part; 0: it is whole. */
  readonly step: number
  /** The role of the database; null where databases have none. */
  readonly who: string | null
  /** ISO 8601; absent where the line holds no moment. */
  readonly at?: string | undefined
  /** Absent where it is not known: a clock may have been set back meanwhile. */
  readonly milliseconds?: number | undefined
  /** Of the script as it was run, or accepted since; absent where it was only stamped. */
  readonly checksum?: string | undefined
  /** Of what that script recorded. */
  readonly operationsHash?: string | undefined
}

/** What the ledger says of each revision, by its id. One that cannot be read is only told of: nothing needs it. */
export async function readRecords({
  ledger,
  connection,
  report,
}: Pick<MigrationSession, 'ledger' | 'connection' | 'report'>): Promise<LedgerRecords> {
  try {
    return recordsOf(await ledger.latestLines(connection!))
  } catch (error) {
    if (!(error instanceof DatabaseError && error.isAnswer)) throw error
    report({ type: 'warning', message: `The ledger cannot be read: ${error.message}.` })
    return new Map()
  }
}

/** By the ids of revisions. */
export type LedgerRecords = ReadonlyMap<string, LedgerRecord>

/** What lines say of each revision, by its id; they come in the order in which they were written. */
export function recordsOf(lines: readonly LatestLine[]): Map<string, LedgerRecord> {
  const records = new Map<string, LedgerRecord>()
  for (const line of lines) {
    const record = recordOf(line)
    if (record === undefined) continue
    const before = records.get(line.revision)
    const isAcceptance = record.direction === 'stamp' && record.checksum !== undefined
    const { checksum, operationsHash } = record
    records.set(
      line.revision,
      isAcceptance && before !== undefined ? { ...before, checksum, operationsHash } : record,
    )
  }
  return records
}

/** Undefined for what limbeck cannot have written. */
function recordOf(line: LatestLine): LedgerRecord | undefined {
  const { direction, step, who, host, application, version } = line
  if (direction !== 'upgrade' && direction !== 'downgrade' && direction !== 'stamp')
    return undefined
  const started = momentOf(line.started)
  const finished = momentOf(line.finished)
  const took = started === undefined || finished === undefined ? -1 : finished - started
  return {
    ...{ direction, step, who, host, application, version },
    at:
      (finished ?? started) === undefined
        ? undefined
        : new Date(finished ?? started!).toISOString(),
    milliseconds: took < 0 ? undefined : took,
    checksum: line.script_checksum ?? undefined,
    operationsHash: line.operations_hash ?? undefined,
  }
}

/** In milliseconds; undefined for what no clock shows, such as PostgreSQL's infinity. */
function momentOf(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined
  const milliseconds = value instanceof Date ? value.getTime() : Date.parse(String(value))
  return Math.abs(milliseconds) < 8.64e15 ? milliseconds : undefined
}
