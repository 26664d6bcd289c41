import type { DialectName } from '../config/dialect-name.ts'
import { LimbeckError } from '../errors.ts'
import { replacePlaceholders } from './placeholders.ts'

/** What reads the SQL and spells the values. */
interface Spelling {
  readonly name: DialectName
  literal(value: unknown): string
}

/** Puts values in the place of `$1`, `$2`, …: for SQL that nobody will bind. */
export function bindLiterals(
  sql: string,
  parameters: readonly unknown[],
  dialect: Spelling,
): string {
  return replacePlaceholders(sql, 'positional', dialect.name, (placeholder, position) => {
    const index = Number(position) - 1
    if (index >= 0 && index < parameters.length) return dialect.literal(parameters[index])
    throw missingParameter(sql, placeholder, parameters.length)
  })
}

/** The error of SQL that names a value which is not given. */
export function missingParameter(sql: string, placeholder: string, given: number): LimbeckError {
  return new LimbeckError(
    'PARAMETER_MISSING',
    `The SQL names ${placeholder}, and ${given} parameter${given === 1 ? ' is' : 's are'} given.`,
    { facts: { sql, placeholder, given }, hint: 'Give a value for each placeholder.' },
  )
}
