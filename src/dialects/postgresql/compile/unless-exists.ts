/**
 * IF NOT EXISTS for the kinds of object that PostgreSQL has no such words for. Only the errors that
 * mean "it is there" are swallowed.
 */
export function unlessExists(sql: string, ifNotExists: boolean | undefined): string {
  if (!ifNotExists) return sql
  const tag = dollarTag(sql)
  return [
    `DO ${tag}`,
    'BEGIN',
    `  ${sql};`,
    'EXCEPTION',
    '  WHEN duplicate_object OR duplicate_table OR duplicate_function THEN NULL;',
    'END',
    tag,
  ].join('\n')
}

/** A dollar quote that does not end inside the text: `$$`, or a tag that the text has not. */
export function dollarTag(text: string): string {
  let tag = '$$'
  for (let number = 1; `${text}$`.includes(tag); number++) tag = `$body${number}$`
  return tag
}
