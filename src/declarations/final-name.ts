import { type Branded, brand, invalid, isBranded, whatIs } from './declaration.ts'

/** A name that no naming convention changes. */
export interface FinalName {
  readonly [brand]: Branded
  readonly name: string
}

/** The name of an index or a constraint. */
export type ConstraintName = string | FinalName

/** Marks a name as it shall be, whatever the config's `namingConvention` makes of names. */
export function finalName(name: string): FinalName {
  if (typeof name === 'string' && name !== '') return { [brand]: 'finalName', name }
  throw invalid('finalName', `the name is ${whatIs(name)}.`, "Write finalName('uq_users_email').")
}

/** The name of something that is dropped, which has to be given; whether it was is looked at later. */
export const droppedName = (name: ConstraintName) =>
  namePart(name) as { readonly name: string; readonly hasFinalName?: true | undefined }

/** A name as a declaration keeps it until a convention has been asked. */
export function namePart(name: ConstraintName | null | undefined): {
  readonly name?: string | undefined
  readonly hasFinalName?: true | undefined
} {
  if (typeof name === 'string') return { name }
  if (name === null || name === undefined) return {}
  if (isBranded(name, 'finalName')) return { name: name.name, hasFinalName: true }
  throw invalid('the name of an index or a constraint', `it is ${whatIs(name)}.`)
}
