import { type Diff, diff } from '../diff/diff.ts'
import { LimbeckError } from '../errors.ts'
import { describeAll } from '../operations/describe.ts'
import { destroys, type Loss } from '../operations/loss.ts'
import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema } from '../schema/index.ts'
import { applyOperations, buildSchema } from './build-schema.ts'
import type { Comparison } from './compare.ts'
import { proofHint, type RecordedProposal, type Rehearsal } from './rehearsal.ts'
import { type RowCheck, rehearseRows } from './row-check.ts'

/** What was shown of a proposal by running it in scratch. */
export interface Proof {
  /**
   * `exact`: after upgrade and downgrade every row that was there before is unchanged. `lossy`: the
   * values named in `loses` do not come back. `unproved`: the downgrade runs code or SQL written by hand.
   */
  readonly downgrade: 'exact' | 'lossy' | 'unproved'
  /** What the upgrade destroys and the downgrade cannot bring back: `users.nick`. */
  readonly loses: readonly Loss[]
  /** What the downgrade gives up of that which is written after the upgrade. */
  readonly givesUp: readonly Loss[]
  /** What generated rows showed; absent where no existing table is touched. */
  readonly rows: RowCheck | undefined
}

/**
 * Runs a proposal in an empty scratch database, where it harms nobody: from a copy of the current schema, the upgrade must reach the
 * target, the downgrade must restore the start, and the upgrade must work again. Throws
 * `PROOF_FAILED` with the difference where it does not.
 */
export async function prove(proposal: RecordedProposal, rehearsal: Rehearsal): Promise<Proof> {
  const { defaultSchema } = rehearsal.comparison.current
  await proveSchema(proposal, rehearsal)
  const loses = destroys(proposal.upgrade, defaultSchema)
  const rows = await rehearseRows(proposal, loses, rehearsal)
  const isHandWritten = proposal.downgrade.some(({ kind }) => kind === 'run' || kind === 'execute')
  return {
    downgrade: isHandWritten ? 'unproved' : loses.length > 0 ? 'lossy' : 'exact',
    loses,
    givesUp: destroys(proposal.downgrade, defaultSchema),
    rows,
  }
}

async function proveSchema(proposal: RecordedProposal, rehearsal: Rehearsal): Promise<void> {
  const { scratch, dialect, comparison } = rehearsal
  const { current, target, empty } = comparison
  await buildSchema(scratch.connection, dialect, current, empty)
  const stages = [
    { name: 'start', operations: [], expected: current },
    { name: 'upgrade', operations: proposal.upgrade, expected: target },
    { name: 'downgrade', operations: proposal.downgrade, expected: current },
    { name: 'second upgrade', operations: proposal.upgrade, expected: target },
  ] as const
  for (const { name, operations, expected } of stages) {
    await runStage(name, operations, rehearsal)
    await expectSchema(name, expected, rehearsal)
  }
}

async function runStage(
  name: string,
  operations: readonly Operation[],
  { scratch: { connection }, dialect }: Rehearsal,
): Promise<void> {
  try {
    await applyOperations(connection, dialect, operations)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new LimbeckError(
      'PROOF_FAILED',
      `The proposal was not written: in scratch its ${name} fails: ${reason}`,
      {
        facts: { stage: name, statement: (error as { sql?: unknown }).sql },
        hint: proofHint,
        cause: error,
      },
    )
  }
}

async function expectSchema(
  name: string,
  expected: DatabaseSchema,
  { scratch, dialect, comparison }: Rehearsal,
): Promise<void> {
  const reached = await dialect.introspect(scratch.connection)
  const rest = remaining(reached, expected, comparison)
  if (rest.operations.length === 0) return
  const differences = describeAll(rest.operations, expected.defaultSchema)
  throw new LimbeckError(
    'PROOF_FAILED',
    [
      `The proposal was not written: in scratch, after its ${name}, these differences remain:`,
      ...differences.map(line => `  ${line}`),
    ].join('\n'),
    { facts: { stage: name, differences }, hint: proofHint },
  )
}

/** Back at the start, a table that the upgrade made must be gone, whatever the config says of unknown ones. */
function remaining(
  reached: DatabaseSchema,
  expected: DatabaseSchema,
  comparison: Comparison,
): Diff {
  const { managed, dropUnknown, current } = comparison
  return diff(reached, expected, {
    managedKinds: managed.kinds,
    managedSchemas: managed.schemas,
    dropUnknown: dropUnknown || expected === current,
  })
}
