import { LimbeckError } from '../errors.ts'
import { replacePlaceholders } from './placeholders.ts'

/** Puts values in the place of `$1`, `$2`, …, spelled by `literal`: for SQL that nobody will bind. */
export function bindLiterals(
  sql: string,
  parameters: readonly unknown[],
  literal: (value: unknown) => string,
): string {
  return replacePlaceholders(sql, 'positional', (placeholder, position) => {
    const index = Number(position) - 1
    if (index >= 0 && index < parameters.length) return literal(parameters[index])
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
