/** Whether PostgreSQL refuses a statement inside a transaction, as far as its words tell. */
export function runsAlone(sql: string): boolean {
  const text = words(sql)
  return alone.some(pattern => pattern.test(text))
}

/** Every statement that PostgreSQL itself calls impossible in a transaction block. */
const alone = [
  /^create (unique )?index concurrently\b/,
  /^drop index concurrently\b/,
  /^reindex (\( [^)]*\) )?(schema|database|system)\b/,
  /^reindex (\( [^)]*\) )?(index|table) concurrently\b/,
  /^reindex \( [^)]*\bconcurrently\b(?! (false|off|0)\b)/,
  /^alter table .*\bdetach partition .* concurrently$/,
  /^(create|drop) (database|tablespace)\b/,
  /^alter database .* set tablespace\b/,
  /^alter system\b/,
  /^vacuum\b/,
  /^cluster( verbose)?( \( [^)]*\))?$/,
  /^discard all$/,
  /^create subscription\b(?!.*\b(create_slot|connect) = (false|off|0)\b)/,
  /^drop subscription\b/,
  /^alter subscription .*\b(refresh|set|add|drop) publication\b(?!.*\brefresh = (false|off|0)\b)/,
]

/** Comments, and what is quoted. */
const pieces =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/g

/** The words of a statement one space apart, without what is quoted and without comments. */
function words(sql: string): string {
  const plain = sql.replace(pieces, piece => (/^[-/]/.test(piece) ? ' ' : "''"))
  return plain
    .replace(/[()=]/g, ' $& ')
    .replace(/[\s;]+/g, ' ')
    .trim()
    .toLowerCase()
}
