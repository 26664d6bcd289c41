import type { Connection, Dialect } from '../../dialects/dialect.ts'
import { LimbeckError } from '../../errors.ts'
import type { Backfill, Run } from '../../operations/operation.ts'
import type { StepItem } from '../../operations/statement.ts'
import type { Step } from '../../revisions/plan.ts'
import type { Ledger } from '../../runtime/ledger.ts'
import type { RecordedStep } from '../../runtime/recorded-step.ts'
import { Runner } from '../../runtime/runner.ts'
import type { ScriptContext } from '../../runtime/script-context.ts'
import type { VersionTable } from '../../runtime/version-table.ts'
import { createRole, missingRole } from '../../scratch/missing-role.ts'

/** What it takes to run revisions in a database as a real run would. */
export interface Replayer {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** What scripts are given beside `op`. */
  readonly context: ScriptContext
}

/**
 * Runs the revisions of a plan, as they were recorded, but for code that was not declared harmless. In an
 * embedded PostgreSQL nobody else lives: a role that a revision misses is made, and it runs again.
 */
export async function replay(
  steps: readonly Step[],
  recorded: readonly RecordedStep[],
  connection: Connection,
  replayer: Replayer,
): Promise<void> {
  const byId = new Map(recorded.map(one => [one.step.revision.id, one]))
  let rest = steps.map(step => stepOf(byId.get(step.revision.id)!, step))
  await makeRoom(connection, replayer)
  for (;;) {
    try {
      return await run(rest, connection, replayer)
    } catch (error) {
      const role = error instanceof LimbeckError ? missingRole(error) : undefined
      if (role === undefined || connection.kind !== 'embedded') throw error
      await createRole(connection, role)
      const { revision } = (error as LimbeckError).facts
      rest = rest.slice(rest.findIndex(({ step }) => step.revision.id === revision))
    }
  }
}

/** Each revision runs by itself: then a failure says what went through before it. */
async function run(
  steps: readonly RecordedStep[],
  connection: Connection,
  { dialect, versionTable, ledger, context }: Replayer,
): Promise<void> {
  const runner = new Runner({
    dialect,
    connection,
    versionTable,
    ledger,
    scriptContext: context,
    transactionPerMigration: true,
    report: () => {},
  })
  await runner.run(steps)
}

/** The schema of the version table is there before the first revision, as in every database. */
async function makeRoom(
  connection: Connection,
  { dialect, versionTable }: Replayer,
): Promise<void> {
  const { schema } = versionTable.name
  if (schema === undefined) return
  await connection.query(`CREATE SCHEMA IF NOT EXISTS ${dialect.quote(schema)}`)
}

/** A recorded revision at another place of a plan. Code runs only where it was declared harmless. */
function stepOf(recorded: RecordedStep, step: Step): RecordedStep {
  return { ...recorded, step, items: recorded.items.filter(item => !isLeftOut(item)) }
}

/** Code that is not called in scratch. */
const isLeftOut = (item: StepItem): item is Run | Backfill =>
  'kind' in item && item.callback !== undefined && item.scratch !== true

/** Where the code stands that is not called in scratch: `/…/32cceb7bc6db_x.ts:12:3`. */
export function codeLeftOut(recorded: readonly RecordedStep[]): string[] {
  return recorded.flatMap(({ items, script }) =>
    items.filter(isLeftOut).map(run => run.location ?? script?.path ?? 'op.run'),
  )
}
