import type { Aggregate, Routine } from '../schema/index.ts'
import { Declaration } from './declaration.ts'
import { signatureOf } from './signature.ts'
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
