import { isKeyWord } from '../../../schema/index.ts'
import { type Clause, closing, given, parenthesized } from '../../sql-words.ts'
import { quote, stringLiteral } from '../quoting.ts'

export {
  block,
  type Clause,
  given,
  incomplete,
  keyWord,
  lines,
  parenthesized,
  words,
} from '../../sql-words.ts'

/** An index key: a plain function call stands as it is, anything else in parentheses. */
export function keyExpression(expression: string): string {
  const text = expression.trim()
  const called = /^(?:[a-z_][a-z0-9_]*\.)?([a-z_][a-z0-9_]*)\(/.exec(text)
  const isCall =
    called && !isKeyWord(called[1]!) && closing(text, called[0].length - 1) === text.length - 1
  return isCall ? text : parenthesized(text)
}

/** `IS` of COMMENT ON: null takes the comment away. */
export function comment(target: string, text: string | null): string {
  return `COMMENT ON ${target} IS ${text === null ? 'NULL' : stringLiteral(text)}`
}

/** The COMMENT ON of something that was just created, where it has a comment. */
export function commentOn(target: string, text: string | undefined): string[] {
  return text === undefined ? [] : [comment(target, text)]
}

/** A collation: a name, or a qualified one as the catalog spells it (`public.german`, `"a"."B"`). */
export function collationName(collation: string): string {
  const isSpelled = spelledCollation.test(collation) && /[".]/.test(collation)
  return isSpelled ? collation : quote(collation)
}

const spelledCollation =
  /^(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+")(?:\.(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+"))?$/

/** `COLLATE …`, where there is one. */
export function collate(collation: string | null | undefined): Clause {
  return given(collation, name => `COLLATE ${collationName(name)}`)
}

/** Storage parameters in parentheses: `(fillfactor = 70, toast.autovacuum_enabled = false)`. */
export function parameters(options: Readonly<Record<string, string>>): string {
  const entries = Object.entries(options).map(
    ([name, value]) => `${parameterName(name)} = ${parameterValue(value)}`,
  )
  return `(${entries.join(', ')})`
}

/** `WITH (…)`, where there is something to say. */
export function withParameters(options: Readonly<Record<string, string>> | undefined): Clause {
  return options && Object.keys(options).length > 0 && `WITH ${parameters(options)}`
}

/** A storage parameter's name, which may have a namespace. */
export function parameterName(name: string): string {
  return name.split('.').map(quote).join('.')
}

function parameterValue(value: string): string {
  const plain = /^(-?\d+(\.\d+)?|true|false|on|off|auto|local|cascaded)$/.test(value)
  return plain ? value : stringLiteral(value)
}
