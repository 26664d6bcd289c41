import type { Aggregate, Routine } from '../schema/index.ts'
import { Declaration } from './declaration.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface RoutineOptions
  extends Partial<Omit<Routine, 'kind' | 'name' | 'body' | 'sqlBody' | 'language'>> {
  readonly language: string
  readonly body?: SqlText | undefined
  /** The SQL-standard body: `BEGIN ATOMIC … END` or `RETURN …`. */
  readonly sqlBody?: SqlText | undefined
}

/** Declares a function, or with `type: 'procedure'` a procedure. */
export function routine(name: string, options: RoutineOptions): Declaration<Routine> {
  const { schema, type = 'function', arguments: list = '', body, sqlBody, ...rest } = options
  return new Declaration({
    kind: 'routine',
    schema,
    name,
    type,
    arguments: list,
    ...rest,
    signature: options.signature ?? signatureOf(list),
    body: body === undefined ? undefined : sqlText(body),
    sqlBody: sqlBody === undefined ? undefined : sqlText(sqlBody),
  })
}

export interface AggregateOptions {
  readonly schema?: string | undefined
  /** `*` for none. */
  readonly arguments: string
  readonly signature?: string | undefined
  /** SFUNC, STYPE, INITCOND, …: spelled as SQL. */
  readonly options: Readonly<Record<string, string>>
  readonly comment?: string | undefined
}

/** Declares an aggregate. */
export function aggregate(name: string, declared: AggregateOptions): Declaration<Aggregate> {
  const { schema, arguments: list, signature = signatureOf(list), options, comment } = declared
  const kind = 'aggregate'
  return new Declaration({ kind, schema, name, signature, arguments: list, options, comment })
}

/**
 * The arguments that identify a routine: the list without its defaults. PostgreSQL takes names and
 * modes there too, so that they need not be told from types.
 */
export function signatureOf(list: string): string {
  return splitArguments(list).map(withoutDefault).join(', ')
}

/** Quoted text and nested parentheses are one piece; a comma outside of them ends an argument. */
const pieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[()[\],]|[^'"()[\],]+/g

function splitArguments(list: string): string[] {
  const found: string[] = ['']
  let depth = 0
  for (const [piece] of list.matchAll(pieces)) {
    if (piece === '(' || piece === '[') depth += 1
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === ',' && depth === 0) found.push('')
    else found[found.length - 1] += piece
  }
  return found.map(argument => argument.trim()).filter(argument => argument !== '')
}

function withoutDefault(argument: string): string {
  const quoted = argument.replace(/"(?:[^"]|"")*"/g, name => 'x'.repeat(name.length))
  const start = quoted.search(/\s*(?:\bDEFAULT\b|=)/i)
  return start === -1 ? argument : argument.slice(0, start)
}
