import type { Connection, Dialect } from '../../dialects/dialect.ts'
import { LimbeckError } from '../../errors.ts'
import type { Backfill, Run } from '../../operations/operation.ts'
import type { StepItem } from '../../operations/statement.ts'
import type { Ledger } from '../../runtime/ledger.ts'
import type { RecordedStep } from '../../runtime/recorded-step.ts'
import { Runner } from '../../runtime/runner.ts'
import type { ScriptContext } from '../../runtime/script-context.ts'
import type { VersionTable } from '../../runtime/version-table.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import type { Order } from './orders.ts'

/** What it takes to run revisions in a database as a real run would. */
export interface Replayer {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** What scripts are given beside `op`. */
  readonly context: ScriptContext
}

/** What came of running one order in an empty database. */
export interface Replay {
  readonly order: Order
  /** Revisions that went through, in order. */
  readonly done: readonly string[]
  /** What the order makes; absent where it came to no end. */
  readonly schema?: DatabaseSchema | undefined
  readonly failure?: LimbeckError | undefined
}

/** Runs an order's revisions, as they were recorded, and reads what they make. */
export async function replay(
  order: Order,
  recorded: readonly RecordedStep[],
  connection: Connection,
  replayer: Replayer,
): Promise<Replay> {
  const { dialect, versionTable, ledger, context } = replayer
  const byId = new Map(recorded.map(one => [one.step.revision.id, one]))
  const steps = order.steps.map(step => stepOf(byId.get(step.revision.id)!, step))
  const ids = order.steps.map(step => step.revision.id)
  try {
    await makeRoom(connection, replayer)
    // Each revision by itself: then a failure says what went through before it.
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
    const exclude = [versionTable.name, ledger.name]
    return { order, done: ids, schema: await dialect.introspect(connection, { exclude }) }
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    const failed = ids.indexOf(String(error.facts.revision))
    return { order, done: ids.slice(0, Math.max(failed, 0)), failure: error }
  }
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
function stepOf(recorded: RecordedStep, step: RecordedStep['step']): RecordedStep {
  return { ...recorded, step, items: recorded.items.filter(item => !isLeftOut(item)) }
}

/** Code that is not called in scratch. */
export const isLeftOut = (item: StepItem): item is Run | Backfill =>
  'kind' in item && item.callback !== undefined && item.scratch !== true
