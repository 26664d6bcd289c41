/** Quoted text, names, dollar-quoted text and comments, where a placeholder means nothing. */
const opaque =
  /(?<!\w)[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//

/** `$1`, `$2`, … */
const positional = /\$(\d+)/
/** `:name`, much as SQLAlchemy reads it: no cast, no slice of an array, no colon behind a backslash. */
const named = /(?<![:\w\\]):([A-Za-z_]\w*)\b(?!:(?!:))/

/** Puts something in the place of each placeholder of SQL, by its number or its name. */
export function replacePlaceholders(
  sql: string,
  kind: 'positional' | 'named',
  replace: (placeholder: string, key: string) => string,
): string {
  const placeholder = kind === 'positional' ? positional : named
  const pieces = new RegExp(`${opaque.source}|${placeholder.source}`, 'g')
  return sql.replace(pieces, (piece: string, _tag: unknown, key: string | undefined) =>
    key === undefined ? piece : replace(piece, key),
  )
}
