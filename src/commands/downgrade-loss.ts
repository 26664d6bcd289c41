import type { RowCount } from '../dialects/dialect.ts'
import { Names } from '../operations/describe-names.ts'
import { droppedParts, type TablePart } from '../operations/dropped-parts.ts'
import { isOpaque } from '../operations/loss.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { operationsOf, type RecordedStep } from '../runtime/recorded-step.ts'
import type { DowngradeLoss, LostRows } from './inputs.ts'

/** What steps that have not run yet take away with tables and columns, and how much is in these. */
export async function downgradeLoss(
  session: MigrationSession,
  steps: readonly RecordedStep[],
): Promise<DowngradeLoss> {
  const { dialect, database } = session
  const parts = droppedParts(steps.flatMap(operationsOf), dialect.defaultSchema)
  const counts = await countsOf(session, parts)
  const names = new Names(dialect.defaultSchema)
  const lost = parts
    .map((part, index) => ({ part, count: counts[index] }))
    .filter(({ count }) => count?.isThere !== false)
    .map(({ part, count }) => ({
      column: part.column,
      rows: lostRows(part, count, names),
    }))
  return {
    database,
    revisions: steps.length,
    tables: lost.filter(({ column }) => column === undefined).map(({ rows }) => rows),
    columns: lost.filter(({ column }) => column !== undefined).map(({ rows }) => rows),
    unknown: steps.filter(hasCode).map(({ step }) => step.revision.id),
  }
}

/** SQL and code of the project's own: what they take away is not known. */
const hasCode = (step: RecordedStep): boolean => operationsOf(step).some(isOpaque)

/** How much is in them; nothing is known where the dialect or the database does not tell. */
async function countsOf(
  { dialect, connection }: MigrationSession,
  parts: readonly TablePart[],
): Promise<readonly (RowCount | undefined)[]> {
  if (parts.length === 0 || connection === undefined) return []
  try {
    return (await dialect.countRows?.(connection, parts)) ?? []
  } catch {
    return []
  }
}

function lostRows(
  { table, column }: TablePart,
  count: RowCount | undefined,
  names: Names,
): LostRows {
  const name = names.of(table)
  return {
    name: column === undefined ? name : `${name}.${column}`,
    ...(count?.rows !== undefined && { rows: count.rows }),
    ...(count?.isAbout && { isAbout: true }),
  }
}
