import { LimbeckError } from '../errors.ts'
import { Names } from '../operations/describe-names.ts'
import type { Operation, ReplaceEnumValues } from '../operations/operation.ts'
import type { RenameWords } from '../operations/rename-words.ts'
import { displayName, type QualifiedName } from '../schema/index.ts'

/**
 * Says in the operations what becomes of enum values that go, as words like `status.lost=open` tell it.
 * Throws `ENUM_MAPPING_INVALID` for words that fit none of them.
 */
export function withMappings(
  operations: readonly Operation[],
  words: readonly string[],
  defaultSchema: string,
): Operation[] {
  const names = new Names(defaultSchema)
  const going = operations.filter(operation => operation.kind === 'replaceEnumValues')
  const told = words.map(text => readMapping(text, going, names))
  return operations.map(operation => {
    const own = told.filter(mapping => mapping.operation === operation)
    if (operation.kind !== 'replaceEnumValues' || own.length === 0) return operation
    const mapping = Object.fromEntries(own.map(({ from, to }) => [from, to]))
    return { ...operation, mapping: { ...operation.mapping, ...mapping } }
  })
}

/**
 * Says the same as far as the target does: a value of which another has the old name (`valuesRenamedFrom`)
 * becomes that one where both were there before.
 */
export function withHintedMappings(
  operations: readonly Operation[],
  hints: readonly RenameWords[],
  defaultSchema: string,
): Operation[] {
  return operations.map(operation => {
    if (operation.kind !== 'replaceEnumValues') return operation
    const gone = goneValues(operation)
    const told = hints
      .filter(hint => hint.kind === 'enumValue' && isOf(hint, operation, defaultSchema))
      .filter(({ path, to }) => gone.includes(path.at(-1) ?? '') && operation.values.includes(to))
    if (told.length === 0) return operation
    const mapping = Object.fromEntries(told.map(({ path, to }) => [path.at(-1), to]))
    return { ...operation, mapping: { ...operation.mapping, ...mapping } }
  })
}

function isOf(
  { path }: RenameWords,
  { schema, name }: ReplaceEnumValues,
  defaultSchema: string,
): boolean {
  const [first, second, third] = path
  if (third === undefined) return first === name && schema === defaultSchema
  return first === schema && second === name
}

interface Mapping {
  readonly operation: ReplaceEnumValues
  readonly from: string
  readonly to: string
}

/** A value may hold any character, so that the words are compared with those that may be meant. */
function readMapping(text: string, going: readonly ReplaceEnumValues[], names: Names): Mapping {
  const all = going.flatMap(operation => goneValues(operation).map(from => ({ operation, from })))
  const found = all.flatMap(({ operation, from }) =>
    spellings(operation, from, names)
      .filter(spelling => text.startsWith(`${spelling}=`))
      .map(spelling => ({ operation, from, to: text.slice(spelling.length + 1) })),
  )
  const known = found.find(({ operation, to }) => operation.values.includes(to))
  if (known !== undefined) return known
  const [first] = found
  if (first !== undefined)
    throw invalid(
      text,
      `${names.of(first.operation)} will have no '${first.to}'`,
      `It will have ${first.operation.values.join(', ')}.`,
    )
  const list = all.map(({ operation, from }) => `${names.of(operation)}.${from}`)
  const hint =
    list.length === 0
      ? 'Nothing takes a value from an enum here.'
      : `What goes: ${list.join(', ')}.`
  throw invalid(text, 'no value goes that it is about', hint)
}

function goneValues({ values, existing = [] }: ReplaceEnumValues): string[] {
  return existing.filter(value => !values.includes(value))
}

function spellings(type: QualifiedName, value: string, names: Names): string[] {
  return [...new Set([names.of(type), displayName(type)])].map(name => `${name}.${value}`)
}

/** Whether words say what becomes of a value of an enum. */
export function isMapped(
  words: readonly string[],
  type: QualifiedName,
  value: string,
  defaultSchema: string,
): boolean {
  const spelled = spellings(type, value, new Names(defaultSchema))
  return words.some(text => spelled.some(spelling => text.startsWith(`${spelling}=`)))
}

function invalid(text: string, why: string, hint: string): LimbeckError {
  return new LimbeckError('ENUM_MAPPING_INVALID', `--map ${text}: ${why}.`, {
    facts: { mapping: text },
    hint: `Write enum.old=new, as in \`status.lost=open\`. ${hint}`,
  })
}
