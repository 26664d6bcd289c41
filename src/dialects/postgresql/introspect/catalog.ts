import type { Connection, QueryResult } from '../../dialect.ts'
import { aggregatesQuery } from './aggregates.ts'
import { asJson, type RowOf, rowsIn } from './catalog-query.ts'
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
}

/** The rows of every catalog query, each as soon as it is answered. */
export type Catalog = {
  readonly [K in keyof typeof queries]: Promise<readonly RowOf<(typeof queries)[K]>[]>
}

/**
 * Reads the catalogs: as many queries for a thousand tables as for one, all sent together. Objects can be
 * made of what has come while the server works on the rest.
 */
export function readCatalog(connection: Connection, serverVersion: number): Catalog {
  const names = Object.keys(queries) as (keyof typeof queries)[]
  const answers = names.map(() => new Answer())
  const onResult = ({ rows }: QueryResult<Record<string, unknown>>, place: number) =>
    answers[place]?.arrive(String(rows[0]?.rows))
  connection
    .queryAll(
      names.map(name => asJson(queries[name](serverVersion))),
      onResult,
    )
    .then(
      results => results.forEach(onResult),
      error => {
        for (const answer of answers) answer.fail(error)
      },
    )
  const entries = names.map((name, place) => [name, answers[place]!.rows])
  return Object.fromEntries(entries) as Catalog
}

/** What a query will be answered with; an answer that nobody waits for may fail. */
class Answer {
  arrive!: (json: string) => void
  fail!: (error: unknown) => void
  readonly rows = new Promise<string>((resolve, reject) => {
    this.arrive = resolve
    this.fail = reject
  }).then(rowsIn)

  constructor() {
    this.rows.catch(() => undefined)
  }
}
