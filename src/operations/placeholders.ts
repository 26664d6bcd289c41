import type { DialectName } from '../config/dialect-name.ts'

/** Quoted text, names, dollar-quoted text and comments, where a placeholder means nothing. */
const standard =
  /(?<!\w)[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?<tag>[A-Za-z_]\w*)?\$[\s\S]*?\$\k<tag>\$|--[^\n]*|\/\*[\s\S]*?\*\//
/** The same in MySQL, where a backslash escapes in any text, also between double quotes. */
const mysql =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|--(?=\s)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//
const opaque: Readonly<Record<DialectName, RegExp>> = {
  postgresql: standard,
  sqlite: standard,
  mysql,
}

/** `$1`, `$2`, … */
const positional = /\$(?<key>\d+)/
/** `:name`, much as SQLAlchemy reads it: no cast, no slice of an array, no colon behind a backslash. */
const named = /(?<![:\w\\]):(?<key>[A-Za-z_]\w*)\b(?!:(?!:))/

/** Puts something in the place of each placeholder of SQL, by its number or its name. */
export function replacePlaceholders(
  sql: string,
  kind: 'positional' | 'named',
  dialect: DialectName,
  replace: (placeholder: string, key: string) => string,
): string {
  const placeholder = kind === 'positional' ? positional : named
  const pieces = new RegExp(`${opaque[dialect].source}|${placeholder.source}`, 'g')
  return sql.replace(pieces, (piece: string, ...rest: unknown[]) => {
    const { key } = rest.at(-1) as { readonly key?: string }
    return key === undefined ? piece : replace(piece, key)
  })
}
