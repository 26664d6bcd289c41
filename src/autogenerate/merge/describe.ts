import { relative } from 'node:path'
import { LimbeckError } from '../../errors.ts'
import { listed } from '../../text/sentences.ts'
import { failureLines, failureOf } from '../replay/failure.ts'
import type { Order } from './orders.ts'
import type { PlacedProof } from './place.ts'
import type { Replay } from './proof.ts'

/** Whether a merge was proved: whole, but for code that was not called, or not at all. */
export type MergeVerdict = 'proved' | 'partly' | 'unproved'

/** What is said of a merge: the verdict, and sentences of which the first has it. */
export interface MergeStatement {
  readonly verdict: MergeVerdict
  readonly sentences: readonly string[]
}

/**
 * Puts a proof into words; paths are shown from `directory`. Throws `MERGE_CONFLICT` where it shows
 * that the branches do not go together.
 */
export function stateProof(
  proof: PlacedProof,
  branches: readonly string[],
  directory: string,
): MergeStatement {
  switch (proof.kind) {
    case 'proved':
      return stateProved(proof, branches, directory)
    case 'unproved':
      return { verdict: 'unproved', sentences: [`not proved: ${unprovedReason(proof)}`] }
    case 'failure':
      throw failureError(proof.replays, directory)
    case 'difference':
      throw differenceError(proof)
  }
}

function unprovedReason({ reason, withoutDatabase }: PlacedProof & { kind: 'unproved' }): string {
  return withoutDatabase === undefined
    ? reason
    : `${reason} No database was reached: ${withoutDatabase}`
}

function stateProved(
  { leftOut, leftOutBefore, columnOrder, withoutDatabase }: PlacedProof & { kind: 'proved' },
  branches: readonly string[],
  directory: string,
): MergeStatement {
  const orders = branches.length === 2 ? 'both orders' : `${branches.length} orders`
  const except = leftOut.map(place => relative(directory, place)).join(', ')
  return {
    verdict: leftOut.length > 0 ? 'partly' : 'proved',
    sentences: [
      `proved${except && ` except run at ${except}`}: ${listed(branches)} give the same schema in ${orders}`,
      ...(leftOutBefore > 0
        ? [`code of ${leftOutBefore} op.run in what they share was not called`]
        : []),
      ...columnOrder.map(table => `the columns of ${table} stand in the order of the branches`),
      ...(withoutDatabase === undefined
        ? []
        : [`tried without the database, which was not reached: ${withoutDatabase}`]),
    ],
  }
}

const inWords = ({ branches }: Order): string => branches.join(', then ')

function failureError(replays: readonly Replay[], directory: string): LimbeckError {
  const failures = replays.map(replay => describeFailure(replay, directory))
  const [{ order }] = replays as [Replay]
  return new LimbeckError(
    'MERGE_CONFLICT',
    [
      `${listed([...order.branches].sort())} do not go together: nothing was written.`,
      ...failures.map(({ text }) => text),
    ].join('\n'),
    {
      facts: { failures: failures.map(({ facts }) => facts) },
      hint: hintFor(replays),
    },
  )
}

function describeFailure({ order, failure }: Replay, directory: string) {
  const one = failureOf(failure!, directory)
  const [sentence, ...statement] = failureLines(one, '  ')
  return {
    text: [`  ${inWords(order)}: ${sentence}`, ...statement].join('\n'),
    facts: { order: order.branches, ...one },
  }
}

/** Where one of two orders works, it can be laid down. */
function hintFor(replays: readonly Replay[]): string {
  const [{ order }, ...others] = replays as [Replay, ...Replay[]]
  const [first, second, ...more] = order.branches
  const settle =
    others.length + more.length > 0
      ? ''
      : `; or let ${first} come after ${second}, which works: \`limbeck rebase ${first} --onto ${second}\`, or \`dependsOn = '${second}'\` in the first revision of its line`
  return `Edit one of the revisions${settle}; or write the merge all the same: --no-proof.`
}

function differenceError({
  orders,
  difference,
}: PlacedProof & { kind: 'difference' }): LimbeckError {
  const [one, other] = orders
  return new LimbeckError(
    'MERGE_CONFLICT',
    [
      `What ${listed([...one.branches].sort())} make depends on their order: nothing was written.`,
      `From the schema after ${inWords(one)} to that after ${inWords(other)}:`,
      ...difference.lines.map(line => `  ${line}`),
    ].join('\n'),
    {
      facts: {
        orders: orders.map(({ branches }) => branches),
        objects: difference.objects,
        differences: difference.lines,
      },
      hint: 'Edit one of the revisions; or lay the order down with `limbeck rebase`; or write the merge all the same: --no-proof.',
    },
  )
}
