import {
  type DatabaseSchema,
  type ObjectId,
  objectId,
  type SchemaObject,
} from '../../../schema/index.ts'
import type { Connection, IntrospectOptions } from '../../dialect.ts'
import { readAggregates } from './aggregates.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { readCollations } from './collations.ts'
import { columnsByTable } from './columns.ts'
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
    const catalog = await readCatalog(connection, serverVersion)
    const isWanted = ({ object }: FoundObject) => !isExcluded(object, options.exclude ?? [])
    const found = byId(readObjects(catalog).filter(isWanted))
    return freeze({
      dialect: 'postgresql',
      serverVersion,
      defaultSchema,
      objects: new Map([...found].map(([id, { object }]) => [id, object])),
      dependencies: readDependencies(catalog.dependencies, found, catalog.columns),
      unmodelled: readUnmodelled(catalog.unmodelled, catalog.indexes),
    })
  })
}

/** In the order of their ids, so that equal databases read equal, however they were made. */
function byId(found: readonly FoundObject[]): Map<ObjectId, FoundObject> {
  const entries = found.map(entry => [objectId(entry.object), entry] as const)
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function readObjects(catalog: Catalog): FoundObject<SchemaObject>[] {
  const columns = columnsByTable(catalog.columns)
  const tables = new Map(catalog.tables.map(row => [row.oid, row]))
  const indexes = new Map(catalog.indexes.map(row => [row.oid, row]))
  return [
    ...readSchemas(catalog.schemas),
    ...readExtensions(catalog.extensions),
    ...readCollations(catalog.collations),
    ...readEnums(catalog.enums),
    ...readDomains(catalog.domains),
    ...readComposites(catalog.composites, columns),
    ...readRanges(catalog.ranges),
    ...readSequences(catalog.sequences, tables, columns),
    ...readTables(catalog.tables, columns, ownedSequences(catalog.sequences)),
    ...readConstraints(catalog.constraints, { columns, indexes }),
    ...readIndexes(catalog.indexes, columns),
    ...readViews(catalog.views, columns),
    ...readRoutines(catalog.routines),
    ...readAggregates(catalog.aggregates),
    ...readTriggers(catalog.triggers, columns),
    ...readRules(catalog.rules),
    ...readPolicies(catalog.policies),
    ...readStatistics(catalog.statistics),
    ...readEventTriggers(catalog.eventTriggers),
    ...readPublications(catalog.publications),
    ...readVerbatim(catalog.verbatim),
  ]
}

/** Freezes plain data all the way down; maps keep their read-only type. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of value instanceof Map ? value.values() : Object.values(value)) freeze(part)
  return Object.freeze(value)
}
