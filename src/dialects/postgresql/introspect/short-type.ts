/** Types that `format_type` spells at length; what it puts after the arguments belongs to the name. */
const longNames = [
  [/^character varying\b/, 'varchar'],
  [/^character\b/, 'char'],
  [/^bit varying\b/, 'varbit'],
  [/^timestamp(\(\d+\))? without time zone/, 'timestamp$1'],
  [/^timestamp(\(\d+\))? with time zone/, 'timestamptz$1'],
  [/^time(\(\d+\))? without time zone/, 'time$1'],
  [/^time(\(\d+\))? with time zone/, 'timetz$1'],
] as const

/**
 * The builders' spelling of a type that `format_type` spelled: `character varying(255)[]` becomes
 * `varchar(255)[]`. Types of users come qualified and stay as they are.
 */
export function shortType(formatted: string): string {
  const match = longNames.find(([pattern]) => pattern.test(formatted))
  return match === undefined ? formatted : formatted.replace(match[0], match[1])
}
