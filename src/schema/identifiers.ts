/**
 * Key words that PostgreSQL 13–18 do not accept as the name of every kind of object (the manual's
 * Appendix C: "reserved" and "cannot be function or type"). Its own `quote_ident` quotes these.
 */
const keyWords = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit
  boolean both case cast char character check coalesce collate collation column concurrently
  constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user dec decimal default deferrable desc distinct do else end except
  exists extract false fetch float for foreign freeze from full grant greatest group grouping having
  ilike in initially inner inout int integer intersect interval into is isnull join json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize
  json_table json_value lateral leading least left like limit localtime localtimestamp merge_action
  national natural nchar none normalize not notnull null nullif numeric offset on only or order out
  outer overlaps overlay placing position precision primary real references returning right row
  select session_user setof similar smallint some substring symmetric system_user table tablesample
  then time timestamp to trailing treat trim true union unique user using values varchar variadic
  verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest
  xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
)

/** Whether a word in lower case has a meaning of its own in PostgreSQL's grammar. */
export function isKeyWord(word: string): boolean {
  return keyWords.has(word)
}

/** Quotes an identifier inside a PostgreSQL type's or expression's text, where it needs quotes. */
export function quoteIdentifier(identifier: string): string {
  const plain = /^[a-z_][a-z0-9_]*$/.test(identifier) && !keyWords.has(identifier)
  return plain ? identifier : `"${identifier.replaceAll('"', '""')}"`
}
