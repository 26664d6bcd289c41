import { Names } from '../../../operations/describe-names.ts'
import type { EnumUse, ReplaceEnumValues } from '../../../operations/operation.ts'
import { quote, stringLiteral } from '../quoting.ts'
import { tableName } from './table-names.ts'

/**
 * A question that stands before values leave an enum: are rows left that have them? The server would
 * name only the first that it meets, and no column.
 */
export function refuseUnmapped(operation: ReplaceEnumValues): string[] {
  const { values, existing = [], mapping = {}, columns } = operation
  const gone = existing.filter(value => !values.includes(value) && mapping[value] === undefined)
  if (gone.length === 0 || columns.length === 0) return []
  const type = new Names('public').of(operation)
  const uses = columns.map(use => usesOf(use, gone))
  const body = `
DECLARE
  in_use text;
BEGIN
  SELECT string_agg(
      format('%s has %L in %s row%s', place, value, number, CASE WHEN number > 1 THEN 's' END),
      ', ' ORDER BY place, value)
    INTO in_use
    FROM (${uses.join('\n      UNION ALL\n      ')}) AS uses;
  IF in_use IS NOT NULL THEN
    RAISE EXCEPTION USING
      MESSAGE = ${stringLiteral(`values that leave enum ${type} are in use: `)} || in_use,
      HINT = ${stringLiteral(`Say in \`mapping\` of op.replaceEnumValues what becomes of them: { mapping: { ${key(gone[0]!)}: '…' } }. Or change the rows before.`)};
  END IF;
END`
  return [`DO ${dollarQuoted(body)}`]
}

/** How often a column has each of the values. */
function usesOf(use: EnumUse, gone: readonly string[]): string {
  const place = stringLiteral(`${new Names('public').table(use)}.${use.column}`)
  const text = `${quote(use.column)}::text`
  const held = use.array ? `unnest(${text}[])` : text
  const list = gone.map(stringLiteral).join(', ')
  return `SELECT ${place} AS place, value, count(*) AS number
        FROM (SELECT ${held} AS value FROM ${tableName(use)}) AS held
        WHERE value IN (${list}) GROUP BY value`
}

const key = (value: string): string =>
  /^[a-z_]\w*$/i.test(value) ? value : `'${value.replaceAll("'", "\\'")}'`

/** In quotes that the text does not have. */
function dollarQuoted(text: string): string {
  let tag = '$limbeck$'
  while (text.includes(tag)) tag = tag.replace('$limbeck', '$limbeck_')
  return `${tag}${text}\n${tag}`
}
