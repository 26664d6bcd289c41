import type {
  Extension,
  Namespace,
  Publication,
  Statistics,
  VerbatimObject,
} from '../schema/index.ts'
import { Declaration, type NameInput, qualifiedName } from './declaration.ts'
import { type ColumnInput, elementText, type Parameters, parameters } from './indexes.ts'
import { type Sql, type SqlText, sqlText } from './sql.ts'

export type SchemaOptions = Pick<Namespace, 'comment'>

/** Declares a schema (a namespace). */
export function schema(name: string, options: SchemaOptions = {}): Declaration<Namespace> {
  return new Declaration({ kind: 'schema', name, ...options })
}

export type ExtensionOptions = Omit<Extension, 'kind' | 'name'>

/** Declares an extension. */
export function extension(name: string, options: ExtensionOptions = {}): Declaration<Extension> {
  return new Declaration({ kind: 'extension', name, ...options })
}

export interface PublicationOptions extends Omit<Publication, 'kind' | 'name' | 'options'> {
  readonly options?: Parameters | undefined
}

/** Declares a publication; `objects` is what follows FOR. */
export function publication(
  name: string,
  { options, ...rest }: PublicationOptions = {},
): Declaration<Publication> {
  return new Declaration({ kind: 'publication', name, ...rest, options: parameters(options) })
}

export interface StatisticsOptions {
  readonly schema?: string | undefined
  /** ndistinct, dependencies, mcv; empty: all. */
  readonly kinds?: readonly string[] | undefined
  /** Columns and expressions. */
  readonly on: readonly (ColumnInput | Sql)[]
  readonly target?: number | undefined
  readonly comment?: string | undefined
}

/** Declares extended statistics on a table. */
export function statistics(
  name: string,
  table: NameInput,
  { schema, kinds = [], on, target, comment }: StatisticsOptions,
): Declaration<Statistics> {
  return new Declaration({
    kind: 'statistics',
    schema,
    name,
    kinds,
    expressions: on.map(elementText),
    table: qualifiedName(table),
    target,
    comment,
  })
}

/**
 * Declares an object of a kind that has no declaration of its own by its statements. `type` and
 * `identity` are the words of DROP: `'OPERATOR'`, `'public.=== (integer, integer)'`.
 */
export function verbatim(
  type: string,
  identity: string,
  statements: SqlText | readonly SqlText[],
  options: Pick<VerbatimObject, 'cascade' | 'comment'> = {},
): Declaration<VerbatimObject> {
  const texts = [statements].flat().map(statement => sqlText(statement as SqlText))
  return new Declaration({ kind: 'verbatim', type, identity, statements: texts, ...options })
}
