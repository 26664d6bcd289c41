import { LimbeckError } from '../errors.ts'

/** Quoted text, names, dollar-quoted text and comments, where `$1` means nothing; then a placeholder. */
const pieces =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g

/** Puts values in the place of `$1`, `$2`, …, spelled by `literal`: for SQL that nobody will bind. */
export function bindLiterals(
  sql: string,
  parameters: readonly unknown[],
  literal: (value: unknown) => string,
): string {
  return sql.replace(pieces, (piece, _tag, position) => {
    if (position === undefined) return piece
    if (Number(position) > parameters.length) throw missingParameter(sql, piece, parameters.length)
    return literal(parameters[Number(position) - 1])
  })
}

function missingParameter(sql: string, placeholder: string, given: number): LimbeckError {
  return new LimbeckError(
    'PARAMETER_MISSING',
    `The SQL names ${placeholder}, and ${given} parameter${given === 1 ? ' is' : 's are'} given.`,
    { facts: { sql, placeholder, given }, hint: 'Give a value for each placeholder.' },
  )
}
