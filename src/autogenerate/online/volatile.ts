import type { DatabaseSchema } from '../../schema/index.ts'

/**
 * Whether a default may be another for each row, so that PostgreSQL would have to write every row to
 * add a column with it. A function that is not known is taken to be volatile.
 */
export function mayVary(expression: string, schema: DatabaseSchema): boolean {
  return calledIn(expression).some(name => !isSteady(name, schema))
}

/** The words before an opening parenthesis, outside of texts, as they were written. */
function calledIn(expression: string): string[] {
  const code = expression.replace(/'(?:[^']|'')*'/g, "''")
  return [...code.matchAll(/((?:\w+|"(?:[^"]|"")+")(?:\.(?:\w+|"(?:[^"]|"")+"))*)\s*\(/g)].map(
    ([, name = '']) => name.replaceAll('"', ''),
  )
}

function isSteady(name: string, { objects, defaultSchema }: DatabaseSchema): boolean {
  const plain = name.replace(/^pg_catalog\./, '').toLowerCase()
  if (steady.has(plain)) return true
  const path = name.includes('.') ? name : `${defaultSchema}.${name}`
  const routines = [...objects.values()].filter(
    object => object.kind === 'routine' && `${object.schema}.${object.name}` === path,
  )
  return (
    routines.length > 0 &&
    routines.every(routine => routine.kind === 'routine' && routine.volatility !== undefined)
  )
}

/** What gives one value within a statement: functions, and words of SQL that a parenthesis may follow. */
const steady = new Set(
  `now transaction_timestamp statement_timestamp current_timestamp current_time localtime localtimestamp
  timezone date_trunc date_part extract age to_char to_date to_timestamp to_number make_date make_time
  make_timestamp make_timestamptz make_interval current_setting current_schema current_database
  lower upper initcap length trim btrim ltrim rtrim replace concat concat_ws format substr substring
  repeat lpad rpad left right md5 sha256 encode decode abs ceil ceiling floor round trunc power sqrt
  coalesce nullif greatest least array_fill string_to_array to_json to_jsonb json_build_object
  json_build_array jsonb_build_object jsonb_build_array row array cast in any all and or not
  varchar varying character char numeric decimal bit varbit timestamp timestamptz time timetz interval
  int4range int8range numrange daterange tsrange tstzrange`.split(/\s+/),
)
