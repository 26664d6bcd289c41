import type { Connection, IntrospectOptions, QueryResult } from '../../dialect.ts'
import { aggregatesQuery } from './aggregates.ts'
import { asJson, type RowOf } from './catalog-query.ts'
import { collationsQuery } from './collations.ts'
import { columnsQuery } from './columns.ts'
import { constraintsQuery } from './constraints.ts'
import { dependenciesQuery } from './dependencies.ts'
import { eventTriggersQuery } from './event-triggers.ts'
import { extensionsQuery } from './extensions.ts'
import { indexesQuery } from './indexes.ts'
import { policiesQuery } from './policies.ts'
import { publicationsQuery } from './publications.ts'
import { rightsQuery } from './rights.ts'
import { routinesQuery } from './routines.ts'
import { rulesQuery } from './rules.ts'
import { schemasQuery } from './schemas.ts'
import { sequencesQuery } from './sequences.ts'
import { statisticsQuery } from './statistics.ts'
import { tablesQuery } from './tables.ts'
import { triggersQuery } from './triggers.ts'
import { compositesQuery, domainsQuery, enumsQuery, rangesQuery } from './types.ts'
import { unmodelledQuery } from './unmodelled.ts'
import { verbatimQuery } from './verbatim/index.ts'
import { viewsQuery } from './views.ts'

/** First what most objects are made of, so that they are made meanwhile. */
const queries = {
  sequences: sequencesQuery,
  tables: tablesQuery,
  columns: columnsQuery,
  indexes: indexesQuery,
  constraints: constraintsQuery,
  dependencies: dependenciesQuery,
  schemas: schemasQuery,
  extensions: extensionsQuery,
  collations: collationsQuery,
  enums: enumsQuery,
  domains: domainsQuery,
  composites: compositesQuery,
  ranges: rangesQuery,
  views: viewsQuery,
  routines: routinesQuery,
  aggregates: aggregatesQuery,
  triggers: triggersQuery,
  rules: rulesQuery,
  policies: policiesQuery,
  statistics: statisticsQuery,
  eventTriggers: eventTriggersQuery,
  publications: publicationsQuery,
  verbatim: verbatimQuery,
  unmodelled: unmodelledQuery,
  /** Only on request. */
  rights: rightsQuery,
}

/** The rows of every catalog query. */
export type Catalog = {
  readonly [K in keyof typeof queries]: readonly RowOf<(typeof queries)[K]>[]
}

export type CatalogName = keyof Catalog

/**
 * Asks for the catalogs: as many queries for a thousand tables as for one, all sent together. Each answer is
 * handed over when it comes, while the server works on the rest.
 */
export async function askCatalog(
  connection: Connection,
  serverVersion: number,
  { rights, onAsked = () => {} }: Pick<IntrospectOptions, 'rights' | 'onAsked'>,
  onAnswer: (name: CatalogName, rows: string) => void,
): Promise<void> {
  const names = (Object.keys(queries) as CatalogName[]).filter(
    name => name !== 'rights' || rights !== undefined,
  )
  const waiting = new Set(names.keys())
  const onResult = ({ rows }: QueryResult<Record<string, unknown>>, place: number) => {
    const name = names[place]
    if (name !== undefined && waiting.delete(place)) onAnswer(name, String(rows[0]?.rows))
  }
  const texts = names.map(name => asJson(queries[name](serverVersion)))
  const answering = connection.queryAll(texts, onResult)
  onAsked()
  for (const [place, result] of (await answering).entries()) onResult(result, place)
}
