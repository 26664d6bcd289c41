import { compact, type Declaration, invalid, isBranded } from '../../declarations/declaration.ts'
import {
  identityOf,
  type OwnerInput,
  type SequenceInput,
  sequenceOwner,
} from '../../declarations/sequences.ts'
import { requireDistinct } from '../../declarations/types.ts'
import type { Sequence } from '../../schema/index.ts'
import { didYouMean } from '../../text/nearest.ts'
import type { EnumUse, Operation, SequenceChanges } from '../operation.ts'
import { type InSchema, requireChange } from './objects.ts'

/** Where a new value of an enum goes; `existing` and `columns` are for the reverse. */
export interface AddEnumValueOptions {
  readonly schema?: string | undefined
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly ifNotExists?: boolean | undefined
  /** The values before. */
  readonly existing?: readonly string[] | undefined
  /** The columns that have the type. */
  readonly columns?: readonly EnumUse[] | undefined
  /** The type's comment. */
  readonly comment?: string | undefined
}

export function addEnumValue(name: string, value: string, options: AddEnumValueOptions): Operation {
  const { schema, ...rest } = options
  const place = `op.addEnumValue of ${name}`
  if (rest.before !== undefined && rest.after !== undefined)
    throw invalid(place, 'before and after are both given.', 'Give one of them.')
  requireValuesBefore(place, value, rest)
  return compact({ kind: 'addEnumValue', schema, name, value, ...rest })
}

/** The reverse gives the type the values of `existing` again. */
function requireValuesBefore(
  place: string,
  value: string,
  { before, after, existing, ifNotExists }: AddEnumValueOptions,
): void {
  if (existing === undefined) return
  requireDistinct(existing, place)
  const beside = before ?? after
  if (beside !== undefined && !existing.includes(beside))
    throw invalid(
      place,
      `the value '${beside}' is none of existing.`,
      didYouMean(beside, existing) ?? `There were ${existing.join(', ')}.`,
    )
  if (existing.includes(value) && !ifNotExists)
    throw invalid(place, `existing has the value '${value}' already.`, 'Give the values before.')
}

export function renameEnumValue(
  name: string,
  value: string,
  newValue: string,
  { schema }: InSchema,
): Operation {
  return compact({ kind: 'renameEnumValue', schema, name, value, newValue })
}

export interface ReplaceEnumValuesOptions {
  readonly schema?: string | undefined
  /** The columns that have the type. */
  readonly columns: readonly EnumUse[]
  /** What becomes of values that go. */
  readonly mapping?: Readonly<Record<string, string>> | undefined
  /** The values before. */
  readonly existing?: readonly string[] | undefined
  /** The type's comment, which the new type is given again. */
  readonly comment?: string | undefined
}

export function replaceEnumValues(
  name: string,
  values: readonly string[],
  { schema, ...rest }: ReplaceEnumValuesOptions,
): Operation {
  const place = `op.replaceEnumValues of ${name}`
  requireDistinct(values, place)
  const stray = Object.values(rest.mapping ?? {}).find(value => !values.includes(value))
  if (stray !== undefined)
    throw invalid(
      place,
      `mapping leads to '${stray}', which is none of the new values.`,
      didYouMean(stray, values) ?? `They are ${values.join(', ')}.`,
    )
  return compact({ kind: 'replaceEnumValues', schema, name, values, ...rest })
}

/** Changes of a sequence; null sets one back to the database's default. */
export type SequenceChangesInput = {
  readonly [K in keyof SequenceInput]?: SequenceInput[K] | null
} & {
  readonly type?: Sequence['type'] | null
  /** null: OWNED BY NONE. */
  readonly ownedBy?: OwnerInput | null | undefined
}

export type AlterSequenceOptions = SequenceChangesInput & {
  readonly schema?: string | undefined
  /** The options that change, as they were; or the whole sequence. */
  readonly existing?: SequenceChangesInput | Declaration<Sequence> | undefined
}

export function alterSequence(
  name: string,
  { schema, existing, ...changes }: AlterSequenceOptions,
): Operation {
  requireChange(changes, `op.alterSequence of ${name}`)
  return compact({
    kind: 'alterSequence',
    schema,
    name,
    changes: sequenceChanges(changes, name),
    existing: existing && sequenceChanges(optionsBefore(existing, changes), name),
  })
}

/** A sequence as it was says of each option that changes what it was, if only the database's default. */
function optionsBefore(
  existing: SequenceChangesInput | Declaration<Sequence>,
  changes: SequenceChangesInput,
): SequenceChangesInput {
  if (!isBranded(existing, 'object')) return existing as SequenceChangesInput
  const { object } = existing as Declaration<Sequence>
  return Object.fromEntries(
    Object.keys(changes).map(key => [key, Reflect.get(object, key) ?? null]),
  )
}

function sequenceChanges(
  { type, ownedBy, ...numbers }: SequenceChangesInput,
  name: string,
): SequenceChanges {
  const reset = Object.entries(numbers).filter(([, value]) => value === null)
  const set = Object.entries(numbers).filter(([, value]) => value !== null)
  const owner = typeof ownedBy === 'string' ? sequenceOwner(ownedBy, `sequence ${name}`) : ownedBy
  return compact({
    type,
    ...Object.fromEntries(reset),
    ...identityOf(Object.fromEntries(set) as SequenceInput),
    ownedBy: owner && compact(owner),
    ...(owner === null ? { ownedBy: null } : {}),
  }) as SequenceChanges
}
