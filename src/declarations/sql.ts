import { type Expression, isExpression } from '../schema/index.ts'
import { invalid, whatIs } from './declaration.ts'

/** A piece of SQL, written with the `sql` tag. */
export type Sql = Expression

/** SQL as text or as a tagged template, where nothing else could be meant. */
export type SqlText = string | Sql

/**
 * Writes a piece of SQL. Other pieces may be put into `${…}` and become part of it; values may
 * not, since nothing would quote them.
 */
export function sql(strings: TemplateStringsArray, ...pieces: readonly Sql[]): Sql {
  const texts = strings.map((text, index) => cooked(text, strings.raw[index] ?? ''))
  return { sql: texts.map((text, index) => text + inlined(pieces, index)).join('') }
}

/** Whether a value is a piece of SQL. */
export function isSql(value: unknown): value is Sql {
  return (
    typeof value === 'object' &&
    value !== null &&
    isExpression(value as Sql) &&
    typeof (value as Sql).sql === 'string'
  )
}

/** The text of a piece of SQL. */
export function sqlText(input: SqlText): string {
  if (typeof input === 'string') return input
  if (isSql(input)) return input.sql
  throw invalid('sql`…`', `what should be SQL is ${whatIs(input)}.`)
}

/** JavaScript drops the backslash of escapes it does not know: `\d` in a pattern would become `d`. */
const droppedEscape = /^(?:[^\\]|\\[\\`$'"{}nrtux\n])*\\([^\\`$'"{}nrtux\n])/

function cooked(text: string | undefined, raw: string): string {
  const dropped = droppedEscape.exec(raw)?.[1]
  if (text !== undefined && dropped === undefined) return text
  throw invalid(
    'sql`…`',
    `JavaScript would lose the backslash of \\${dropped ?? 'x'} in ${JSON.stringify(raw)}.`,
    'Write two backslashes for one.',
  )
}

function inlined(pieces: readonly unknown[], index: number): string {
  if (index >= pieces.length) return ''
  const piece = pieces[index]
  if (isSql(piece)) return piece.sql
  throw invalid(
    'sql`…`',
    `what stands in \${…} is ${whatIs(piece)}, and only other sql fragments can.`,
    'Write the value into the SQL text itself.',
  )
}
