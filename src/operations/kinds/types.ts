import type { QualifiedName } from '../../schema/index.ts'
import type { Operation } from '../operation.ts'
import type { OnTable } from './tables.ts'

export interface AddEnumValue extends QualifiedName {
  readonly kind: 'addEnumValue'
  readonly value: string
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly ifNotExists?: boolean | undefined
  /** The values before, for the reverse: a value leaves only with a new type. */
  readonly existing?: readonly string[] | undefined
  /** The columns that have the type, for the reverse; absent: none. */
  readonly columns?: readonly EnumUse[] | undefined
  /** The type's comment, for the reverse. */
  readonly comment?: string | undefined
  /** What else needs the type, as its drops: the reverse begins with them and ends with theirs. */
  readonly dependents?: readonly Operation[] | undefined
}

export interface RenameEnumValue extends QualifiedName {
  readonly kind: 'renameEnumValue'
  readonly value: string
  readonly newValue: string
}

/**
 * Gives an enum another list of values by building a new type and moving its columns:
 * the way to remove or reorder values. `mapping` says what becomes of values that go.
 */
export interface ReplaceEnumValues extends QualifiedName {
  readonly kind: 'replaceEnumValues'
  readonly values: readonly string[]
  readonly columns: readonly EnumUse[]
  readonly mapping?: Readonly<Record<string, string>> | undefined
  readonly existing?: readonly string[] | undefined
  /** The type's comment, which the new type has to be given again. */
  readonly comment?: string | undefined
}

/** A column that has an enum's type. */
export interface EnumUse extends OnTable {
  readonly column: string
  readonly array?: boolean | undefined
  /** Its default, taken off and put back around the change; spelled with the type's name. */
  readonly default?: string | undefined
}
