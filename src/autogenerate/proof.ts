import { DatabaseError } from '../dialects/database-error.ts'
import { type Diff, diff } from '../diff/diff.ts'
import { LimbeckError, messageOf } from '../errors.ts'
import { describeAll } from '../operations/describe.ts'
import { destroys, hasOpaque, type Loss } from '../operations/loss.ts'
import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema } from '../schema/index.ts'
import { piecewise } from '../scratch/piecewise.ts'
import { applyOperations, buildSchema } from './build-schema.ts'
import type { Comparison } from './compare.ts'
import { proofHint, type RecordedProposal, type Rehearsal } from './rehearsal.ts'
import { type RowCheck, rehearseRows } from './row-check.ts'

/** What was shown of a proposal by running it in scratch. */
export interface Proof {
  /**
   * `exact`: after upgrade and downgrade every row that was there before is unchanged. `lossy`: the
   * values named in `loses` do not come back. `unproved`: code or SQL written by hand is run.
   */
  readonly downgrade: 'exact' | 'lossy' | 'unproved'
  /** What the upgrade destroys and the downgrade cannot bring back: `users.nick`. */
  readonly loses: readonly Loss[]
  /** What the downgrade gives up of that which is written after the upgrade. */
  readonly givesUp: readonly Loss[]
  /** What generated rows showed; absent where no existing table is touched. */
  readonly rows: RowCheck | undefined
  /** What still lies between the upgrade and the target, where a hook has changed the operations. */
  readonly remains: readonly string[]
}

/**
 * Runs a proposal in an empty scratch database, where it harms nobody: from a copy of the current
 * schema, the upgrade must reach the target, the downgrade must restore the start, and the upgrade must
 * work again. An edited proposal may lead elsewhere, each time to the same. Throws `PROOF_FAILED` with
 * the difference where it does not.
 */
export async function prove(proposal: RecordedProposal, rehearsal: Rehearsal): Promise<Proof> {
  const { defaultSchema } = rehearsal.comparison.current
  const remains = await proveSchema(proposal, rehearsal)
  const { downgrade, loses } = verdictOn(proposal, defaultSchema)
  const rows = await rehearseRows(proposal, loses, rehearsal)
  return { downgrade, loses, givesUp: destroys(proposal.downgrade, defaultSchema), rows, remains }
}

/** What a downgrade is when its schema has been proved; `earlier` has run before its upgrade. */
export function verdictOn(
  { upgrade, downgrade }: RecordedProposal,
  defaultSchema: string,
  earlier: readonly Operation[] = [],
): Pick<Proof, 'downgrade' | 'loses'> {
  const loses = destroys(upgrade, defaultSchema)
  const isProved =
    !hasOpaque(upgrade, defaultSchema, earlier) && !hasOpaque(downgrade, defaultSchema)
  return { downgrade: !isProved ? 'unproved' : loses.length > 0 ? 'lossy' : 'exact', loses }
}

/** Runs the stages; gives the differences that an edited proposal leaves to the target. */
async function proveSchema(proposal: RecordedProposal, rehearsal: Rehearsal): Promise<string[]> {
  const { scratch, dialect, comparison, isEdited } = rehearsal
  const { current, target, empty } = comparison
  await buildSchema(piecewise(scratch.connection), dialect, current, await empty())
  await expectSchema('start', current, rehearsal)
  await runStage('upgrade', proposal.upgrade, rehearsal)
  const goal = isEdited ? await dialect.introspect(scratch.connection) : target
  await expectSchema('upgrade', goal, rehearsal)
  await runStage('downgrade', proposal.downgrade, rehearsal)
  await expectSchema('downgrade', current, rehearsal)
  await runStage('second upgrade', proposal.upgrade, rehearsal)
  await expectSchema('second upgrade', goal, rehearsal)
  return describeAll(remaining(goal, target, comparison).operations, target.defaultSchema)
}

async function runStage(
  name: string,
  operations: readonly Operation[],
  rehearsal: Rehearsal,
): Promise<void> {
  try {
    await applyOperations(rehearsal.scratch.connection, rehearsal.dialect, operations)
  } catch (error) {
    const { sql, detail }: Partial<DatabaseError> = error instanceof DatabaseError ? error : {}
    const lines = [detail ?? [], sql ?? []].flat().map(text => text.replaceAll(/^/gm, '  '))
    throw new LimbeckError(
      'PROOF_FAILED',
      [
        `The proposal was not written: in scratch its ${name} fails: ${messageOf(error)}`,
        ...lines,
      ].join('\n'),
      {
        facts: { stage: name, statement: sql },
        hint: proofHint(rehearsal),
        cause: error,
      },
    )
  }
}

async function expectSchema(
  name: string,
  expected: DatabaseSchema,
  rehearsal: Rehearsal,
): Promise<void> {
  const reached = await rehearsal.dialect.introspect(rehearsal.scratch.connection)
  const rest = remaining(reached, expected, rehearsal.comparison)
  if (rest.operations.length === 0) return
  const differences = describeAll(rest.operations, expected.defaultSchema)
  throw new LimbeckError(
    'PROOF_FAILED',
    [
      `The proposal was not written: in scratch, after its ${name}, these differences remain:`,
      ...differences.map(line => `  ${line}`),
    ].join('\n'),
    { facts: { stage: name, differences }, hint: proofHint(rehearsal) },
  )
}

/** Back at the start, a table that the upgrade made must be gone, whatever the config says of unknown ones. */
function remaining(
  reached: DatabaseSchema,
  expected: DatabaseSchema,
  comparison: Comparison,
): Diff {
  const { managed, dropUnknown, current, kept } = comparison
  return diff(reached, expected, {
    managedKinds: managed.kinds,
    managedSchemas: managed.schemas,
    dropUnknown: dropUnknown || expected === current,
    kept,
  })
}
