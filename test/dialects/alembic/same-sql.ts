/** Text in quotes, a name in quotes, white space, or anything else. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\s+|[^'"`\s]+/g

/**
 * A statement as it compares: white space and the quotes of a name count only where they must, and a
 * clause in parentheses looks the same wherever it stands.
 */
export function comparable(sql: string): string {
  const text = (sql.match(pieces) ?? []).map(plainPiece).join('')
  const tight = outsideTexts(text.trim(), part => part.replace(/\s*([(),=])\s*/g, '$1'))
  return tight.replace(/;$/, '')
}

function plainPiece(piece: string): string {
  if (/^\s/.test(piece)) return ' '
  const [quote] = piece
  if (quote !== '"' && quote !== '`') return piece
  const name = piece.slice(1, -1).replaceAll(quote + quote, quote)
  return /^\w+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** Changes a statement everywhere but in its texts. */
function outsideTexts(sql: string, change: (part: string) => string): string {
  return sql.replace(/('(?:[^']|'')*')|([^']+)/g, (_, text?: string, part = '') =>
    text === undefined ? change(part) : text,
  )
}

/** A comparable statement with its words in lower case. */
export function inLowerCase(sql: string): string {
  return sql.replace(
    /('(?:[^']|'')*'|"(?:[^"]|"")*")|([^'"]+)/g,
    (_, quoted?: string, part = '') => (quoted === undefined ? part.toLowerCase() : quoted),
  )
}

/** What stands between the commas of a list, whose parentheses may hold commas of their own. */
export function listed(text: string): string[] {
  const entries: string[] = ['']
  let depth = 0
  for (const piece of text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|./gs) ?? []) {
    if (piece === '(') depth++
    if (piece === ')') depth--
    if (piece === ',' && depth === 0) entries.push('')
    else entries[entries.length - 1] += piece
  }
  return entries
}

/** CREATE TABLE with other entries; any other statement as it is. */
export function createdTable(
  sql: string,
  change: (entries: readonly string[]) => readonly string[],
): string {
  const open = sql.indexOf('(')
  const close = sql.lastIndexOf(')')
  if (!sql.startsWith('CREATE TABLE') || open < 0) return sql
  const entries = change(listed(sql.slice(open + 1, close)))
  return `${sql.slice(0, open + 1)}${entries.join(',')}${sql.slice(close)}`
}
