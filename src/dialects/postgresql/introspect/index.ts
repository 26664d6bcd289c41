import { createHash } from 'node:crypto'
import { type DatabaseSchema, frozen, type ObjectId, objectId } from '../../../schema/index.ts'
import type { Connection, IntrospectOptions, SchemaReading } from '../../dialect.ts'
import { askCatalog, type CatalogName } from './catalog.ts'
import { readDependencies } from './dependencies.ts'
import { isExcluded } from './exclude.ts'
import type { FoundObject } from './found-object.ts'
import { Reading } from './reading.ts'
import { readRights, unmodelledRights } from './rights.ts'
import { inCatalogSession, type SessionFacts } from './session.ts'
import { readUnmodelled } from './unmodelled.ts'

/**
 * Reads what a PostgreSQL database (13–18) consists of. Inside an open transaction it sees what that
 * has done so far; either way the session is left as it was.
 */
export function introspect(
  connection: Connection,
  options: IntrospectOptions = {},
): Promise<DatabaseSchema> {
  return inCatalogSession(connection, async facts => {
    const reading = new Reading()
    await askCatalog(connection, facts.serverVersion, options, (name, answer) => {
      reading.arrive(name, answer)
      makeAhead(reading, name)
    })
    return schemaOf(reading, facts, options)
  })
}

/** While the server works on the rest; what cannot be made is told when its turn comes. */
function makeAhead(reading: Reading, name: CatalogName): void {
  try {
    frozen(reading.found(name))
    reading.rows(name)
  } catch {}
}

/** Reads the same, and makes nothing of it yet. */
export function readSchema(
  connection: Connection,
  options: IntrospectOptions = {},
): Promise<SchemaReading> {
  return inCatalogSession(connection, async facts => {
    const reading = new Reading()
    const onAnswer = (name: CatalogName, answer: string) => reading.arrive(name, answer)
    await askCatalog(connection, facts.serverVersion, options, onAnswer)
    let schema: DatabaseSchema | undefined
    return {
      digest: digestOf(reading, facts, options),
      defaultSchema: facts.defaultSchema,
      get schema() {
        schema ??= schemaOf(reading, facts, options)
        return schema
      },
    }
  })
}

function digestOf(
  reading: Reading,
  facts: SessionFacts,
  { exclude = [] }: IntrospectOptions,
): string {
  const hash = createHash('sha256').update(JSON.stringify([facts, exclude]))
  for (const answer of reading.answers) hash.update('\n').update(answer)
  return hash.digest('hex')
}

function schemaOf(
  reading: Reading,
  { serverVersion, defaultSchema }: SessionFacts,
  { exclude = [], rights }: IntrospectOptions,
): DatabaseSchema {
  const found = byId(reading.objects().filter(({ object }) => !isExcluded(object, exclude)))
  return frozen({
    dialect: 'postgresql',
    serverVersion,
    defaultSchema,
    objects: new Map([...found].map(([id, { object }]) => [id, object])),
    dependencies: readDependencies(reading.rows('dependencies'), found, reading.columns),
    unmodelled: [
      ...readUnmodelled(reading.rows('unmodelled'), reading.rows('indexes')),
      ...(rights ? unmodelledRights(reading.rows('rights'), found) : []),
    ],
    ...(rights && { rights: readRights(reading.rows('rights'), found, rights, serverVersion) }),
  })
}

/** In the order of their ids, so that equal databases read equal, however they were made. */
function byId(found: readonly FoundObject[]): Map<ObjectId, FoundObject> {
  const entries = new Map(found.map(entry => [objectId(entry.object), entry] as const))
  return new Map([...entries.keys()].sort().map(id => [id, entries.get(id)!]))
}
