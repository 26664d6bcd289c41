import { DatabaseError } from '../../dialects/database-error.ts'
import type { Connection } from '../../dialects/dialect.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { LimbeckError } from '../../errors.ts'
import type { RecordedStep } from '../../runtime/recorded-step.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import type { ScratchDatabase } from '../../scratch/scratch.ts'
import { recordHistory } from '../replay/record-history.ts'
import { codeLeftOut, type Replayer, replay } from '../replay/replay.ts'
import { type Difference, differenceBetween, tablesInOtherOrder } from './difference.ts'
import { beginsAlike, type Order } from './orders.ts'

/** What was shown of a merge by running its branches in each order. */
export type MergeProof =
  | {
      readonly kind: 'proved'
      /** Where code stands that was not called: `/…/32cceb7bc6db_x.ts:12:3`. */
      readonly leftOut: readonly string[]
      /** How much code was not called in what the branches share. */
      readonly leftOutBefore: number
      /** Tables whose columns stand in another order where the branches ran in another order. */
      readonly columnOrder: readonly string[]
    }
  /** Revisions that go through in one order fail in these. */
  | { readonly kind: 'failure'; readonly replays: readonly Replay[] }
  /** Two orders make different schemas. */
  | {
      readonly kind: 'difference'
      readonly orders: readonly [Order, Order]
      readonly difference: Difference
    }
  | { readonly kind: 'unproved'; readonly reason: string }

/** What came of running one order in an empty database. */
export interface Replay {
  readonly order: Order
  /** Revisions that went through, in order. */
  readonly done: readonly string[]
  /** What the order makes; absent where it came to no end. */
  readonly schema?: DatabaseSchema | undefined
  readonly failure?: LimbeckError | undefined
}

/** Where the orders can be run. */
export interface ProofPlace extends Replayer {
  /** Opens an empty database, another one each time. */
  open(): Promise<ScratchDatabase>
}

export interface ProveMergeOptions {
  readonly orders: readonly Order[]
  readonly scripts: Scripts
  readonly place: ProofPlace
  /** Is told what takes time. */
  readonly onProgress: (message: string) => void
}

/** Runs every order in an empty database of its own, and compares what they make. */
export async function proveMerge(options: ProveMergeOptions): Promise<MergeProof> {
  const { orders, scripts, place, onProgress } = options
  const replays: Replay[] = []
  let recorded: readonly RecordedStep[] | undefined
  try {
    for (const order of orders) {
      onProgress(`running ${order.branches.join(', then ')} in a scratch database`)
      const scratch = await place.open()
      try {
        const { connection } = scratch
        // Once for all orders.
        recorded ??= await recordHistory(orders[0]?.steps ?? [], scripts, place, connection)
        replays.push(await replayOrder(order, recorded, connection, place))
      } finally {
        await scratch.close()
      }
    }
  } catch (error) {
    // No place, or scripts that cannot be loaded: then nothing can be said, for or against.
    if (error instanceof LimbeckError && error.code !== 'INTERNAL') return unproved(error.message)
    throw error
  }
  return judge(replays, recorded ?? [])
}

const unproved = (reason: string): MergeProof => ({ kind: 'unproved', reason })

/** Runs an order's revisions, and reads what they make. */
async function replayOrder(
  order: Order,
  recorded: readonly RecordedStep[],
  connection: Connection,
  place: ProofPlace,
): Promise<Replay> {
  const { dialect, versionTable, ledger } = place
  const ids = order.steps.map(step => step.revision.id)
  try {
    await replay(order.steps, recorded, connection, place)
    const exclude = [versionTable.name, ledger.name]
    return { order, done: ids, schema: await dialect.introspect(connection, { exclude }) }
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    const failed = ids.indexOf(String(error.facts.revision))
    return { order, done: ids.slice(0, Math.max(failed, 0)), failure: error }
  }
}

function judge(replays: readonly Replay[], recorded: readonly RecordedStep[]): MergeProof {
  const failed = replays.filter(({ failure }) => failure !== undefined)
  const done = new Set(replays.flatMap(one => one.done))
  const telling = failed.filter(({ failure }) => isTelling(failure!, done))
  if (telling.length > 0) return { kind: 'failure', replays: telling }
  if (failed[0] !== undefined) return unproved(replayRefused(failed[0].failure!, recorded))
  return differing(replays) ?? proved(replays, recorded)
}

/** SQLSTATEs that say more about the server than about a statement: resources, locks, its operator. */
const circumstances = /^(53|55P03|57|58)/

/** Whether a failure is about the order: elsewhere the revision goes through, and the server is well. */
function isTelling({ facts, code, cause }: LimbeckError, done: ReadonlySet<string>): boolean {
  if (!done.has(String(facts.revision))) return false
  if (!(cause instanceof DatabaseError)) return code === 'RUN_FAILED'
  return cause.isAnswer && !circumstances.test(cause.code ?? '')
}

/** The revision fails whatever has run before it: on its own it cannot be replayed. */
function replayRefused({ message }: LimbeckError, recorded: readonly RecordedStep[]): string {
  const code = codeLeftOut(recorded).length > 0 ? ' Code of op.run was not called.' : ''
  const [sentence = ''] = message.split('\n')
  return `the revisions cannot be replayed from base in scratch. ${sentence.replace(/\.$/, '')}.${code}`
}

function differing([first, ...others]: readonly Replay[]): MergeProof | undefined {
  for (const other of others) {
    const difference = differenceBetween(first!.schema!, other.schema!)
    if (difference === undefined) continue
    return { kind: 'difference', orders: [first!.order, other.order], difference }
  }
  return undefined
}

function proved(replays: readonly Replay[], recorded: readonly RecordedStep[]): MergeProof {
  const shared = beginsAlike(replays.map(({ order }) => order))
  const isShared = ({ step }: RecordedStep) => shared.has(step.revision.id)
  return {
    kind: 'proved',
    leftOut: codeLeftOut(recorded.filter(one => !isShared(one))),
    leftOutBefore: codeLeftOut(recorded.filter(isShared)).length,
    columnOrder: tablesInOtherOrder(replays.map(({ schema }) => schema!)),
  }
}
