/** Texts, names, comments and casts, in which psql replaces nothing; then a colon before a word. */
const pieces = new RegExp(
  [
    String.raw`e'(?:[^'\\]|\\[\s\S]|'')*'`,
    String.raw`[a-z_\x80-\uffff][\w$\x80-\uffff]*`,
    `'[^']*'|"[^"]*"`,
    String.raw`\$([a-z_\x80-\uffff][\w\x80-\uffff]*)?\$[\s\S]*?\$\1\$`,
    String.raw`--[^\n]*|\/\*[\s\S]*?\*\/`,
    String.raw`::|:(?=[a-z_\x80-\uffff'"])`,
  ].join('|'),
  'gi',
)

/**
 * A statement with its semicolon, as psql takes it: `:name`, `:'name'` and `:"name"` (the end of an array's
 * slice) would be a variable of its own, unless there is a space between.
 */
export function terminated(sql: string): string {
  const text = sql.replace(pieces, piece => (piece === ':' ? ': ' : piece))
  const lastLine = text.slice(text.lastIndexOf('\n') + 1)
  // A comment would hide the semicolon.
  return lastLine.includes('--') ? `${text}\n;` : `${text};`
}
