import type { Aggregate, Routine } from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { Declaration } from './declaration.ts'
import * as is from './shapes.ts'
import { signatureOf } from './signature.ts'
import { type SqlText, sqlText } from './sql.ts'

export interface RoutineOptions
  extends Partial<Omit<Routine, 'kind' | 'name' | 'body' | 'sqlBody' | 'language'>> {
  readonly language: string
  readonly body?: SqlText | undefined
  /** The SQL-standard body: `BEGIN ATOMIC … END` or `RETURN …`. */
  readonly sqlBody?: SqlText | undefined
}

/** What a function or a procedure is told. */
export const routineTakes = takes({ name: is.name }, {
  schema: is.name,
  type: is.oneOf('function', 'procedure'),
  arguments: is.text,
  signature: is.text,
  returns: is.textAfter('RETURNS'),
  language: is.needed(is.likely('sql', 'plpgsql', 'c', 'internal')),
  body: is.sqlAfter('CREATE FUNCTION', 'CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)'),
  sqlBody: is.sql,
  library: is.fields({ file: is.needed(is.text), symbol: is.needed(is.text) }),
  window: is.truth,
  volatility: is.oneOf('immutable', 'stable'),
  strict: is.truth,
  securityDefiner: is.truth,
  leakproof: is.truth,
  parallel: is.oneOf('safe', 'restricted'),
  cost: is.number,
  rows: is.number,
  support: is.name,
  transformTypes: is.filledListOf(is.name, 'a list of types'),
  settings: is.recordOf(is.text),
  comment: is.text,
} satisfies is.ShapesOf<RoutineOptions>)

/** Declares a function, or with `type: 'procedure'` a procedure. */
export function routine(name: string, options: RoutineOptions): Declaration<Routine> {
  checked(placeOf('routine', name), routineTakes, [name], options)
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

/** What an aggregate is told. */
export const aggregateTakes = takes({ name: is.name }, {
  schema: is.name,
  arguments: is.needed(is.text),
  signature: is.text,
  options: is.needed(is.recordOf(is.text)),
  comment: is.text,
} satisfies is.ShapesOf<AggregateOptions>)

/** Declares an aggregate. */
export function aggregate(name: string, declared: AggregateOptions): Declaration<Aggregate> {
  checked(placeOf('aggregate', name), aggregateTakes, [name], declared)
  const { schema, arguments: list, signature = signatureOf(list), options, comment } = declared
  const kind = 'aggregate'
  return new Declaration({ kind, schema, name, signature, arguments: list, options, comment })
}
