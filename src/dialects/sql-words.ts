import { LimbeckError } from '../errors.ts'

/** A clause of a statement; what is false, empty or absent is left out. */
export type Clause = string | false | 0 | null | undefined

/** Clauses on one line. */
export function words(...clauses: readonly Clause[]): string {
  return clauses.filter(Boolean).join(' ')
}

/** A first line and clauses below it, each on a line of its own. */
export function lines(first: string, ...clauses: readonly Clause[]): string {
  return [first, ...clauses.filter(Boolean)].join('\n  ')
}

/** A parenthesised list with one entry per line. */
export function block(entries: readonly string[]): string {
  return entries.length === 0 ? '()' : `(\n  ${entries.join(',\n  ')}\n)`
}

/** A clause for a value that may be absent. */
export function given<T>(value: T | null | undefined, clause: (value: T) => string): Clause {
  return value === undefined || value === null ? undefined : clause(value)
}

/** What a compilation needs and the operation does not say. */
export function incomplete(message: string, hint: string, facts: Record<string, unknown>) {
  return new LimbeckError('OPERATION_INCOMPLETE', message, { hint, facts })
}
