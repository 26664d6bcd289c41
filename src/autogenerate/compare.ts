import type { ResolvedConfig } from '../config/resolved-config.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { type Diff, diff } from '../diff/diff.ts'
import { LimbeckError } from '../errors.ts'
import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema, QualifiedName, UnmodelledObject } from '../schema/index.ts'
import { buildSource } from '../scratch/build.ts'
import { provideRequirements, requirementsOf } from '../scratch/requirements.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import type { SchemaSource, SourceContent } from '../sources/source.ts'
import { creationOf } from './build-schema.ts'
import { fixedPoint } from './fixed-point.ts'
import { type Managed, managedBy } from './managed.ts'
import { unequalObjects } from './schema-equality.ts'

export interface CompareOptions {
  readonly dialect: Dialect
  /** The database as it is. */
  readonly connection: Connection
  readonly sources: readonly SchemaSource[]
  readonly scratch: ScratchDatabase
  readonly config: Pick<ResolvedConfig, 'manage' | 'schemas' | 'dropUnknown' | 'directory'>
  /** limbeck's own tables. */
  readonly exclude: readonly QualifiedName[]
  /** Schemas that the revisions name; asked for only where it matters. */
  readonly historySchemas: () => Promise<Iterable<string>>
}

/** Current and target, both read in the same engine and settled, and what lies between them. */
export interface Comparison {
  /** What an empty scratch database holds. */
  readonly empty: DatabaseSchema
  readonly current: DatabaseSchema
  readonly target: DatabaseSchema
  readonly managed: Managed
  /** Whether tables that the target does not name are dropped. */
  readonly dropUnknown: boolean
  readonly diff: Diff
  /** What the database and the target hold that is not modelled. */
  readonly unmodelled: readonly UnmodelledObject[]
  /** Ids of objects of the live database that its copy in scratch does not reproduce. */
  readonly uncovered: readonly string[]
}

/** Compares a database with what its sources say it should be, in the database's own words. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { dialect, connection, scratch, config } = options
  const live = await dialect.introspect(connection, { exclude: options.exclude })
  const empty = await dialect.introspect(scratch.connection)
  const contents = await loadSources(options)
  const creation = creationOf(live, empty)
  await provideAll(scratch.connection, contents, creation)
  const built = await buildTarget(options, contents, givenBy(creation, live, contents))
  const target = await fixedPoint(built, scratch, dialect, empty)
  const current = await copyOf(live, options, empty)
  const hasOtherSchemas = namespaces(live).some(name => !target.objects.has(`schema:${name}`))
  const history = hasOtherSchemas ? await options.historySchemas() : []
  const managed = managedBy(target, contents, config, history)
  return {
    empty,
    current,
    target,
    managed,
    dropUnknown: config.dropUnknown,
    diff: diff(current, target, {
      managedKinds: managed.kinds,
      managedSchemas: managed.schemas,
      dropUnknown: config.dropUnknown,
    }),
    unmodelled: [...live.unmodelled, ...built.unmodelled],
    uncovered: uncovered(live, current),
  }
}

/** What is missing in the scratch server is told at once, before any of it is missed. */
async function provideAll(
  connection: Connection,
  contents: readonly SourceContent[],
  creation: readonly Operation[],
): Promise<void> {
  await provideRequirements(connection, requirementsOf(contents), 'target')
  const database: SourceContent = { operations: creation, expresses: 'all' }
  await provideRequirements(connection, requirementsOf([database]), 'database')
}

/** The live schema as it reads in scratch. Everything in it is rebuilt, since what is managed may rest on the rest. */
async function copyOf(
  live: DatabaseSchema,
  { scratch, dialect }: CompareOptions,
  empty: DatabaseSchema,
): Promise<DatabaseSchema> {
  try {
    return await fixedPoint(live, scratch, dialect, empty)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    throw new LimbeckError(
      'CURRENT_NOT_REBUILDABLE',
      `The database cannot be built again in scratch, so nothing can be compared: ${error.message}`,
      {
        facts: { statement: error.sql, sqlstate: error.code, unmodelled: live.unmodelled },
        hint: 'Something in it rests on what limbeck does not model. Write revisions by hand meanwhile, and report the statement.',
        cause: error,
      },
    )
  }
}

function loadSources({ sources, dialect, config }: CompareOptions): Promise<SourceContent[]> {
  const context = { dialect: dialect.name, directory: config.directory }
  return Promise.all(sources.map(source => source.load(context)))
}

/** Builds the sources in scratch, after what the database gives them, and reads the result. */
function buildTarget(
  { dialect, scratch }: CompareOptions,
  contents: readonly SourceContent[],
  given: readonly Operation[],
): Promise<DatabaseSchema> {
  return scratch.rehearse(async connection => {
    if (given.length > 0)
      await buildSource(connection, { operations: given, expresses: 'all' }, dialect, {
        isOptional: true,
      })
    for (const content of contents) await buildSource(connection, content, dialect)
    return dialect.introspect(connection)
  })
}

/**
 * What of the live database the sources rest on without saying so: the schema that unqualified names
 * mean, and what no source can express, as a model's default may call a function that only a migration
 * has made.
 */
function givenBy(
  creation: readonly Operation[],
  { defaultSchema }: DatabaseSchema,
  contents: readonly SourceContent[],
): Operation[] {
  const home = creation.filter(operation => isSchema(operation, defaultSchema))
  const rest = inexpressible(contents, creation).filter(operation => !home.includes(operation))
  return contents.some(content => createsSchema(content, defaultSchema)) ? rest : [...home, ...rest]
}

const isSchema = (operation: Operation, name: string): boolean =>
  operation.kind === 'createSchema' && operation.object.name === name

const createsSchema = (content: SourceContent, name: string): boolean =>
  'ddl' in content
    ? content.ddl.some(({ sql }) => /^create\s+schema\b/i.test(sql) && sql.includes(name))
    : content.operations.some(operation => isSchema(operation, name))

/** Of the operations that would build the live database, those that no source could ask for. */
function inexpressible(
  contents: readonly SourceContent[],
  creation: readonly Operation[],
): Operation[] {
  if (contents.some(({ expresses }) => expresses === 'all')) return []
  const expressed = new Set(contents.flatMap(({ expresses }) => expresses))
  return creation.filter(
    operation =>
      'object' in operation && 'kind' in operation.object && !expressed.has(operation.object.kind),
  )
}

function namespaces(schema: DatabaseSchema): string[] {
  return [...schema.objects.values()].flatMap(object =>
    object.kind === 'schema' ? [object.name] : [],
  )
}

/**
 * Where the copy's engine is of another major, texts may differ without a difference; the copy is
 * then only held to have the same objects.
 */
function uncovered(live: DatabaseSchema, copy: DatabaseSchema): readonly string[] {
  const major = (schema: DatabaseSchema) => Math.trunc(schema.serverVersion / 10_000)
  if (major(live) === major(copy)) return unequalObjects(live, copy)
  return [...live.objects.keys()].filter(id => !copy.objects.has(id))
}
