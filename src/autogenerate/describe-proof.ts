import type { Loss } from '../operations/loss.ts'
import { fewOf } from '../text/sentences.ts'
import type { Proof } from './proof.ts'

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

/** What a reader should know beside the proof, in sentences. */
export function proofNotes({ loses, givesUp, rows, remains }: Proof): string[] {
  return [
    ...remains.map(change => `after processRevisionDirectives the upgrade leaves out: ${change}`),
    ...destroyed(loses),
    ...(givesUp.length > 0
      ? [`a downgrade gives up what was written after the upgrade to ${fewOf(names(givesUp))}`]
      : []),
    ...(rows?.refusal === undefined
      ? []
      : [
          `generated rows were not followed, the database refuses the change with them: ${rows.refusal}`,
        ]),
    ...(rows?.unchecked ?? []).map(
      ({ table, reason }) => `rows of ${table} were not followed: ${reason}`,
    ),
  ]
}

/** What the upgrade does to the data that is there, which its label says of the downgrade. */
function destroyed(losses: readonly Loss[]): string[] {
  const dropped = losses.filter(({ detail }) => detail === 'dropped')
  const changed = losses.filter(({ kind, detail }) => kind === 'column' && detail !== 'dropped')
  return [
    ...(dropped.length > 0 ? [`the upgrade destroys ${fewOf(names(dropped))}`] : []),
    ...changed.map(({ what, detail }) => `the upgrade may change values of ${what}: ${detail}`),
  ]
}

const names = (losses: readonly Loss[]): string[] => losses.map(loss => loss.what)
