import type { Loss } from '../operations/loss.ts'
import { grouped } from '../text/grouped.ts'
import { fewOf } from '../text/sentences.ts'
import type { Proof } from './proof.ts'
import type { RefusedRows } from './row-check.ts'

/** The downgrade in a word or two, as the file and `history` have it. */
export function labelOf({ downgrade, loses }: Pick<Proof, 'downgrade' | 'loses'>): string {
  return downgrade === 'lossy' ? `lossy: ${names(loses).join(', ')}` : downgrade
}

/** What a proof shows, in sentences. */
export function proofSentences({ downgrade, loses, remains }: Proof): string[] {
  return [
    remains.length === 0 ? 'upgrade reaches the models' : 'upgrade works',
    {
      exact: 'downgrade restores the database exactly',
      lossy: `downgrade restores the schema, not the values of ${names(loses).join(', ')}`,
      unproved: 'code or SQL written by hand runs, which is not proved',
    }[downgrade],
  ]
}

/** What a reader should know beside the proof, in sentences; not again what `dangers` say. */
export function proofNotes(
  { loses, givesUp, rows, remains }: Proof,
  dangers: readonly string[],
): string[] {
  const isGoing = ({ kind, detail }: Loss) => kind === 'enumValue' && detail === 'removed'
  const values = givesUp.filter(isGoing)
  const others = givesUp.filter(loss => !isGoing(loss))
  const isSaid = ({ table, empty }: RefusedRows) =>
    empty !== undefined && dangers.some(danger => danger.includes(`${table}.${empty}`))
  return [
    ...remains.map(change => `after processRevisionDirectives the upgrade leaves out: ${change}`),
    ...destroyed(loses),
    ...(others.length > 0
      ? [`a downgrade gives up what was written after the upgrade to ${fewOf(names(others))}`]
      : []),
    ...(values.length > 0
      ? [
          `a row that has ${fewOf(names(values))} by then stops the downgrade: say in \`mapping\` of its op.replaceEnumValues what becomes of it`,
        ]
      : []),
    ...(rows?.refused ?? [])
      .filter(refused => !isSaid(refused))
      .map(
        ({ table, message }) =>
          `rows of ${table} were not followed, the database refuses the change with them: ${message}`,
      ),
    ...(rows?.refusal === undefined
      ? []
      : [
          `generated rows were not followed, the database refuses the change with them: ${rows.refusal}`,
        ]),
    ...grouped(rows?.unchecked ?? [], ({ reason }) => reason).map(
      group =>
        `rows of ${fewOf(group.map(({ table }) => table))} were not followed: ${group[0]!.reason}`,
    ),
  ]
}

/** What the upgrade does to the data that is there, which its label says of the downgrade. */
function destroyed(losses: readonly Loss[]): string[] {
  const dropped = losses.filter(({ detail }) => detail === 'dropped')
  const changed = losses.filter(({ kind, detail }) => kind === 'column' && detail !== 'dropped')
  const values = losses.filter(({ kind, detail }) => kind === 'enumValue' && detail !== 'removed')
  return [
    ...(dropped.length > 0 ? [`the upgrade destroys ${fewOf(names(dropped))}`] : []),
    ...grouped(changed, ({ detail }) => detail).map(
      group => `the upgrade may change values of ${fewOf(names(group))}: ${group[0]!.detail}`,
    ),
    ...values.map(
      ({ what, detail }) =>
        `${what} ${detail} in the rows that have it, and a downgrade leaves it so`,
    ),
  ]
}

const names = (losses: readonly Loss[]): string[] => losses.map(loss => loss.what)
