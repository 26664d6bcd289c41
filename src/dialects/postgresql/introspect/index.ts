import {
  type DatabaseSchema,
  frozen,
  type ObjectId,
  objectId,
  type SchemaObject,
} from '../../../schema/index.ts'
import type { Connection, IntrospectOptions } from '../../dialect.ts'
import { readAggregates } from './aggregates.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { readCollations } from './collations.ts'
import { type ColumnsByTable, columnsByTable } from './columns.ts'
import { readConstraints } from './constraints.ts'
import { readDependencies } from './dependencies.ts'
import { readEventTriggers } from './event-triggers.ts'
import { isExcluded } from './exclude.ts'
import { readExtensions } from './extensions.ts'
import type { FoundObject } from './found-object.ts'
import { readIndexes } from './indexes.ts'
import { readPolicies } from './policies.ts'
import { readPublications } from './publications.ts'
import { readRoutines } from './routines.ts'
import { readRules } from './rules.ts'
import { readSchemas } from './schemas.ts'
import { ownedSequences, readSequences } from './sequences.ts'
import { inCatalogSession } from './session.ts'
import { readStatistics } from './statistics.ts'
import { readTables } from './tables.ts'
import { readTriggers } from './triggers.ts'
import { readComposites, readDomains, readEnums, readRanges } from './types.ts'
import { readUnmodelled } from './unmodelled.ts'
import { readVerbatim } from './verbatim/index.ts'
import { readViews } from './views.ts'

/**
 * Reads what a PostgreSQL database (13–18) consists of. Inside an open transaction it sees what that
 * has done so far; either way the session is left as it was.
 */
export function introspect(
  connection: Connection,
  options: IntrospectOptions = {},
): Promise<DatabaseSchema> {
  return inCatalogSession(connection, async ({ serverVersion, defaultSchema }) => {
    const catalog = readCatalog(connection, serverVersion)
    const columns = catalog.columns.then(columnsByTable)
    columns.catch(() => undefined)
    const isWanted = ({ object }: FoundObject) => !isExcluded(object, options.exclude ?? [])
    const found = byId((await readObjects(catalog, columns)).filter(isWanted))
    return frozen({
      dialect: 'postgresql',
      serverVersion,
      defaultSchema,
      objects: new Map([...found].map(([id, { object }]) => [id, object])),
      dependencies: readDependencies(await catalog.dependencies, found, await columns),
      unmodelled: readUnmodelled(await catalog.unmodelled, await catalog.indexes),
    })
  })
}

/** In the order of their ids, so that equal databases read equal, however they were made. */
function byId(found: readonly FoundObject[]): Map<ObjectId, FoundObject> {
  const entries = new Map(found.map(entry => [objectId(entry.object), entry] as const))
  return new Map([...entries.keys()].sort().map(id => [id, entries.get(id)!]))
}

/** In the order in which the answers come. */
async function readObjects(
  catalog: Catalog,
  allColumns: Promise<ColumnsByTable>,
): Promise<FoundObject<SchemaObject>[]> {
  const sequences = await catalog.sequences
  const tables = await catalog.tables
  const columns = await allColumns
  const found: FoundObject<SchemaObject>[][] = [
    readTables(tables, columns, ownedSequences(sequences)),
    readSequences(sequences, new Map(tables.map(row => [row.oid, row])), columns),
  ]
  const indexes = await catalog.indexes
  found.push(readIndexes(indexes, columns))
  const byOid = new Map(indexes.map(row => [row.oid, row]))
  found.push(
    readConstraints(await catalog.constraints, { columns, indexes: byOid }),
    readSchemas(await catalog.schemas),
    readExtensions(await catalog.extensions),
    readCollations(await catalog.collations),
    readEnums(await catalog.enums),
    readDomains(await catalog.domains),
    readComposites(await catalog.composites, columns),
    readRanges(await catalog.ranges),
    readViews(await catalog.views, columns),
    readRoutines(await catalog.routines),
    readAggregates(await catalog.aggregates),
    readTriggers(await catalog.triggers, columns),
    readRules(await catalog.rules),
    readPolicies(await catalog.policies),
    readStatistics(await catalog.statistics),
    readEventTriggers(await catalog.eventTriggers),
    readPublications(await catalog.publications),
    readVerbatim(await catalog.verbatim),
  )
  return found.flat()
}
