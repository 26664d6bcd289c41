import type {
  Extension,
  Namespace,
  Publication,
  Statistics,
  VerbatimObject,
} from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { Declaration, type NameInput, qualifiedName } from './declaration.ts'
import { type ColumnInput, elementText, type Parameters, parameters } from './indexes.ts'
import * as is from './shapes.ts'
import { type Sql, type SqlText, sqlText } from './sql.ts'

export type SchemaOptions = Pick<Namespace, 'comment'>

/** What a schema is told. */
export const schemaTakes = takes({ name: is.name }, {
  comment: is.text,
} satisfies is.ShapesOf<SchemaOptions>)

/** Declares a schema (a namespace). */
export function schema(name: string, options: SchemaOptions = {}): Declaration<Namespace> {
  checked(placeOf('schema', name), schemaTakes, [name], options)
  return new Declaration({ kind: 'schema', name, ...options })
}

export type ExtensionOptions = Omit<Extension, 'kind' | 'name'>

/** What an extension is told. */
export const extensionTakes = takes({ name: is.name }, {
  schema: is.name,
  version: is.text,
  comment: is.text,
} satisfies is.ShapesOf<ExtensionOptions>)

/** Declares an extension. */
export function extension(name: string, options: ExtensionOptions = {}): Declaration<Extension> {
  checked(placeOf('extension', name), extensionTakes, [name], options)
  return new Declaration({ kind: 'extension', name, ...options })
}

export interface PublicationOptions extends Omit<Publication, 'kind' | 'name' | 'options'> {
  readonly options?: Parameters | undefined
}

/** What a publication is told. */
export const publicationTakes = takes({ name: is.name }, {
  objects: is.textAfter('FOR'),
  options: is.parameters,
  comment: is.text,
} satisfies is.ShapesOf<PublicationOptions>)

/** Declares a publication; `objects` is what follows FOR. */
export function publication(name: string, told: PublicationOptions = {}): Declaration<Publication> {
  const { options, ...rest } = checked(placeOf('publication', name), publicationTakes, [name], told)
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

/** What extended statistics are told. */
export const statisticsTakes = takes({ name: is.name, table: is.qualified }, {
  schema: is.name,
  on: is.needed(is.filledListOf(is.either(is.column, is.sql), 'a list of columns and sql`…`')),
  kinds: is.listOf(is.oneOf('ndistinct', 'dependencies', 'mcv')),
  target: is.number,
  comment: is.text,
} satisfies is.ShapesOf<StatisticsOptions>)

/** Declares extended statistics on a table. */
export function statistics(
  name: string,
  table: NameInput,
  options: StatisticsOptions,
): Declaration<Statistics> {
  checked(placeOf('statistics', name), statisticsTakes, [name, table], options)
  const { schema, kinds = [], on, target, comment } = options
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

/** What is told of an object of a rare kind. */
export const verbatimTakes = takes(
  { type: is.name, identity: is.name, statements: is.either(is.sql, is.filledListOf(is.sql)) },
  { cascade: is.truth, comment: is.text } satisfies is.ShapesOf<
    Pick<VerbatimObject, 'cascade' | 'comment'>
  >,
)

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
  checked(placeOf('verbatim', identity), verbatimTakes, [type, identity, statements], options)
  const texts = [statements].flat().map(statement => sqlText(statement as SqlText))
  return new Declaration({ kind: 'verbatim', type, identity, statements: texts, ...options })
}
