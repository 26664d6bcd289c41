import type { Sequence, SequenceOptions, SequenceOwner } from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { compact, Declaration, invalid } from './declaration.ts'
import * as is from './shapes.ts'

/** Options of a sequence, numbers as they are convenient. */
export type SequenceInput = {
  readonly [K in Exclude<keyof SequenceOptions, 'cycle'>]?: bigint | number | undefined
} & { readonly cycle?: boolean | undefined }

/** The column a sequence belongs to: `'users.id'`, or the parts of its name. */
export type OwnerInput = string | SequenceOwner

export interface SequenceDeclarationOptions extends SequenceInput {
  readonly schema?: string | undefined
  readonly type?: Sequence['type']
  readonly unlogged?: boolean | undefined
  readonly ownedBy?: OwnerInput | undefined
  readonly comment?: string | undefined
}

/** The numbers of a sequence. */
export const sequenceNumbers = {
  start: is.wholeNumber,
  increment: is.wholeNumber,
  minValue: is.wholeNumber,
  maxValue: is.wholeNumber,
  cache: is.wholeNumber,
  cycle: is.truth,
} satisfies is.ShapesOf<SequenceInput>

/** What else a sequence has. */
export const sequenceNature = {
  type: is.oneOf('smallint', 'integer', 'bigint'),
  ownedBy: is.either(
    is.name,
    is.fields({ schema: is.name, table: is.needed(is.name), column: is.needed(is.name) }),
  ),
}

/** What a sequence is told. */
export const sequenceTakes = takes({ name: is.name }, {
  schema: is.name,
  ...sequenceNumbers,
  ...sequenceNature,
  unlogged: is.truth,
  comment: is.text,
} satisfies is.ShapesOf<SequenceDeclarationOptions>)

/** Declares a sequence. */
export function sequence(
  name: string,
  options: SequenceDeclarationOptions = {},
): Declaration<Sequence> {
  checked(placeOf('sequence', name), sequenceTakes, [name], options)
  const { schema, type, unlogged, ownedBy, comment, ...numbers } = options
  return new Declaration({
    kind: 'sequence',
    schema,
    name,
    type,
    ...identityOf(numbers),
    unlogged,
    ownedBy: ownedBy === undefined ? undefined : sequenceOwner(ownedBy, `sequence ${name}`),
    comment,
  })
}

/** The numbers of a sequence as the schema keeps them. */
export function identityOf({ cycle, ...numbers }: SequenceInput): SequenceOptions {
  const entries = Object.entries(numbers).map(([key, value]) => [key, wholeNumber(value, key)])
  return compact({ ...Object.fromEntries(entries), cycle })
}

function wholeNumber(value: bigint | number | undefined, key: string): bigint | undefined {
  if (value === undefined || typeof value === 'bigint') return value
  if (Number.isSafeInteger(value)) return BigInt(value)
  throw invalid(
    'a sequence',
    `${key}: ${value} is not a whole number.`,
    'Write a bigint, such as 1n.',
  )
}

/** Reads the owner of a sequence. */
export function sequenceOwner(input: OwnerInput, place: string): SequenceOwner {
  if (typeof input !== 'string') return compact(input)
  const [table, column, ...rest] = input.split('.')
  if (table && column && rest.length === 0) return { table, column }
  throw invalid(
    place,
    `ownedBy: '${input}' is not table.column.`,
    'Write ownedBy: { schema, table, column }.',
  )
}
