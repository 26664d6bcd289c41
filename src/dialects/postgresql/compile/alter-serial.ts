import type { AlterColumn } from '../../../operations/operation.ts'
import { serialBase } from '../../../operations/type-names.ts'
import { sequenceNameOf } from '../../../schema/index.ts'
import { quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { alterOne, columnName, tableName } from './table-names.ts'

const isSerial = (type: string | undefined): boolean => type !== undefined && !!serialBase(type)

function ownSequence({ schema, table, column }: AlterColumn): string {
  return quoteQualified({ schema, name: sequenceNameOf(table, column) })
}

/** Whether a column becomes `serial` or ends being it, which settles its default. */
export function isSerialChange({ changes, existing }: AlterColumn): boolean {
  if (changes.type === undefined) return false
  return isSerial(changes.type) || isSerial(existing?.type)
}

/** `serial` is no type: what becomes one gets a sequence and counts on from its largest value. */
export function becomeSerial(operation: AlterColumn): string[] {
  const { changes, existing, column } = operation
  const base = changes.type === undefined ? undefined : serialBase(changes.type)
  if (base === undefined) return []
  const sequence = ownSequence(operation)
  if (isSerial(existing?.type)) return [`ALTER SEQUENCE ${sequence} AS ${base}`]
  return [
    `CREATE SEQUENCE ${sequence} AS ${base} OWNED BY ${columnName(operation, column)}`,
    `${alterOne(operation)} SET DEFAULT nextval(${stringLiteral(sequence)}::regclass)`,
    countOn(stringLiteral(sequence), operation),
  ]
}

/** A column that is no longer `serial` loses its sequence with its default. */
export function endSerial(operation: AlterColumn): string[] {
  const { changes, existing } = operation
  if (changes.type === undefined || isSerial(changes.type) || !isSerial(existing?.type)) return []
  return [`${alterOne(operation)} DROP DEFAULT`, `DROP SEQUENCE ${ownSequence(operation)}`]
}

/** Moves a new sequence past the values that are there, so that the next insert finds a free one. */
export function countOn(sequence: string, operation: AlterColumn, start: bigint = 1n): string {
  const next = `greatest(max(${quote(operation.column)}) + 1, ${start})`
  return `SELECT setval(${sequence}, ${next}, false) FROM ${tableName(operation)}`
}
