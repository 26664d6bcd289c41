import type { EnumUse, ReplaceEnumValues } from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { enumLabel, quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { refuseUnmapped } from './enum-guard.ts'
import { dropObject, ownComment } from './objects.ts'
import { block, commentOn, given, words } from './sql.ts'
import { alterOne } from './table-names.ts'
import { unlessExists } from './unless-exists.ts'

export const enums = {
  createEnum: ({ object, ifNotExists }) => [
    unlessExists(createEnum(quoteQualified(object), object.values), ifNotExists),
    ...ownComment(object),
  ],

  dropEnum: dropObject('enum'),

  addEnumValue: (operation, { serverVersion = 0 }) => [
    {
      sql: words(
        `ALTER TYPE ${quoteQualified(operation)} ADD VALUE`,
        operation.ifNotExists && 'IF NOT EXISTS',
        enumLabel(operation.value),
        given(operation.before, value => `BEFORE ${enumLabel(value)}`),
        given(operation.after, value => `AFTER ${enumLabel(value)}`),
      ),
      transactional: true,
      usableAfterCommit: stringLiteral(operation.value),
      // Of a server that is not known, the worse has to be taken.
      usableWithNewType: serverVersion >= 170_000,
    },
  ],

  renameEnumValue: operation => [
    {
      sql: words(
        `ALTER TYPE ${quoteQualified(operation)}`,
        `RENAME VALUE ${enumLabel(operation.value)} TO ${enumLabel(operation.newValue)}`,
      ),
      transactional: true,
      // Of a value that the transaction has added; any other is usable at once.
      usableAfterCommit: stringLiteral(operation.newValue),
    },
  ],

  replaceEnumValues: operation => {
    const old = { schema: operation.schema, name: retiredName(operation.name) }
    return [
      ...refuseUnmapped(operation),
      `ALTER TYPE ${quoteQualified(operation)} RENAME TO ${quote(old.name)}`,
      createEnum(quoteQualified(operation), operation.values),
      ...operation.columns.flatMap(use => moveColumn(operation, use)),
      `DROP TYPE ${quoteQualified(old)}`,
      ...commentOn(`TYPE ${quoteQualified(operation)}`, operation.comment),
    ]
  },
} satisfies Partial<CompileTable>

function createEnum(name: string, values: readonly string[]): string {
  const literals = values.map(enumLabel)
  const line = `CREATE TYPE ${name} AS ENUM (${literals.join(', ')})`
  return line.length <= 100 ? line : `CREATE TYPE ${name} AS ENUM ${block(literals)}`
}

/** Where the old type waits for its columns to leave: in 63 bytes, of which a character takes up to four. */
function retiredName(name: string): string {
  const isShort = Buffer.byteLength(name) <= 58
  return `${isShort ? name : [...name].slice(0, 14).join('')}__old`
}

function moveColumn(operation: ReplaceEnumValues, use: EnumUse): string[] {
  const type = `${quoteQualified(operation)}${use.array ? '[]' : ''}`
  const using = `${mapped(operation, use)}::${type}`
  return [
    ...(use.default === undefined ? [] : [`${alterOne(use)} DROP DEFAULT`]),
    `${alterOne(use)} TYPE ${type} USING ${using}`,
    ...(use.default === undefined ? [] : [`${alterOne(use)} SET DEFAULT ${use.default}`]),
  ]
}

/** The old values as text, those that go replaced by what becomes of them. */
function mapped({ mapping = {} }: ReplaceEnumValues, { column, array }: EnumUse): string {
  const text = `${quote(column)}::text${array ? '[]' : ''}`
  const pairs = Object.entries(mapping).map(pair => pair.map(stringLiteral))
  if (pairs.length === 0) return text
  if (array) {
    return pairs.reduce((value, [from, to]) => `array_replace(${value}, ${from}, ${to})`, text)
  }
  const cases = pairs.map(([from, to]) => `WHEN ${from} THEN ${to}`).join(' ')
  return `(CASE ${text} ${cases} ELSE ${text} END)`
}
