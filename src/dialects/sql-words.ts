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

/** Words of SQL's own that an operation says; nothing could quote them, so that they are letters. */
export function keyWord(text: string): string {
  if (/^[a-z]+( [a-z]+)*$/i.test(text)) return text.toUpperCase()
  throw new LimbeckError('DECLARATION_INVALID', `${JSON.stringify(text)} is no word of SQL.`, {
    facts: { text },
    hint: 'TypeScript knows the words that may stand there.',
  })
}

/** An expression in exactly the parentheses it needs to stand in a clause. */
export function parenthesized(expression: string): string {
  const text = expression.trim()
  const isSubquery = /^\(\s*(SELECT|WITH|VALUES)\b/i.test(text)
  if (!isSubquery && text.startsWith('(') && closing(text, 0) === text.length - 1) return text
  return text.includes('--') ? `(${text}\n)` : `(${text})`
}

/**
 * Where the parenthesis at `open` closes; -1 where that takes a parser to know
 * (dollar quotes, escapes, comments).
 */
export function closing(text: string, open: number): number {
  if (/--|\/\*|\$|\\/.test(text)) return -1
  const tokens = /'[^']*'|"[^"]*"|[()]/g
  tokens.lastIndex = open
  let depth = 0
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    if (token[0] === '(') depth++
    if (token[0] === ')' && --depth === 0) return token.index
  }
  return -1
}

/** What a compilation needs and the operation does not say. */
export function incomplete(message: string, hint: string, facts: Record<string, unknown>) {
  return new LimbeckError('OPERATION_INCOMPLETE', message, { hint, facts })
}
