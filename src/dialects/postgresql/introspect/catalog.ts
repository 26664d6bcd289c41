import type { Connection } from '../../dialect.ts'
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

const queries = {
  schemas: schemasQuery,
  extensions: extensionsQuery,
  collations: collationsQuery,
  enums: enumsQuery,
  domains: domainsQuery,
  composites: compositesQuery,
  ranges: rangesQuery,
  sequences: sequencesQuery,
  tables: tablesQuery,
  columns: columnsQuery,
  constraints: constraintsQuery,
  indexes: indexesQuery,
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
  dependencies: dependenciesQuery,
}

/** The rows of every catalog query. */
export type Catalog = {
  readonly [K in keyof typeof queries]: readonly RowOf<(typeof queries)[K]>[]
}

/** Reads the catalogs: as many queries for a thousand tables as for one, all sent together. */
export async function readCatalog(connection: Connection, serverVersion: number): Promise<Catalog> {
  const names = Object.keys(queries) as (keyof typeof queries)[]
  const results = await connection.queryAll(names.map(name => asJson(queries[name](serverVersion))))
  const entries = names.map((name, place) => [
    name,
    JSON.parse(String(results[place]?.rows[0]?.rows)),
  ])
  return Object.fromEntries(entries) as Catalog
}
