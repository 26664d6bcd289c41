import type { ResolvedConfig } from '../config/resolved-config.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { type Diff, diff } from '../diff/diff.ts'
import { LimbeckError } from '../errors.ts'
import type { ComparisonSettings } from '../runtime/comparison-options.ts'
import type { DatabaseSchema, ObjectId, QualifiedName, UnmodelledObject } from '../schema/index.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import { majorOf } from '../scratch/used-scratch.ts'
import type { SchemaSource, SourceContent } from '../sources/source.ts'
import { creationOf } from './build-schema.ts'
import { buildTarget } from './build-target.ts'
import { filterTarget, isFiltering } from './filter/filter-target.ts'
import { fixedPoint } from './fixed-point.ts'
import { type Managed, managedBy } from './managed.ts'
import type { FoundRename, RenameAnswers } from './renames/answers.ts'
import { renameFirst } from './renames/rename-first.ts'
import { unlikeObjects } from './schema-equality.ts'

export interface CompareOptions {
  readonly dialect: Dialect
  /** The database as it is. */
  readonly connection: Connection
  readonly sources: readonly SchemaSource[]
  readonly scratch: ScratchDatabase
  readonly config: Pick<
    ResolvedConfig,
    'manage' | 'schemas' | 'dropUnknown' | 'directory' | 'namingConvention'
  >
  /** limbeck's own tables. */
  readonly exclude: readonly QualifiedName[]
  /** Schemas that the revisions name; asked for only where it matters. */
  readonly historySchemas: () => Promise<Iterable<string>>
  /** What env.ts says of comparing. */
  readonly settings: ComparisonSettings
  /** What is said of renames. */
  readonly renames?: RenameAnswers | undefined
}

/** Current and target, both read in the same engine and settled, and what lies between them. */
export interface Comparison {
  /** What an empty scratch database holds. */
  readonly empty: DatabaseSchema
  readonly current: DatabaseSchema
  /** What the database says once the renames of the proposal were run; mostly `current`. */
  readonly afterRenames: DatabaseSchema
  /** With what env.ts leaves out as it is in the database. */
  readonly target: DatabaseSchema
  /** What only the database has and is to keep. */
  readonly kept: ReadonlySet<ObjectId>
  /** env.ts has filters. */
  readonly isFiltered: boolean
  readonly managed: Managed
  /** Whether tables that the target does not name are dropped. */
  readonly dropUnknown: boolean
  /** Begins with the renames. */
  readonly diff: Diff
  /** Renames that were decided, and those that nobody has decided. */
  readonly renames: readonly FoundRename[]
  /** What the database and the target hold that is not modelled. */
  readonly unmodelled: readonly UnmodelledObject[]
  /** Ids of objects of the live database that its copy in scratch does not reproduce. */
  readonly uncovered: readonly string[]
}

/** Compares a database with what its sources say it should be, in the database's own words. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { dialect, connection, scratch, config, settings } = options
  const live = await dialect.introspect(connection, { exclude: options.exclude })
  const empty = await dialect.introspect(scratch.connection)
  const contents = await loadSources(options)
  const built = await buildTarget(options, contents, live, creationOf(live, empty))
  const whole = await settled(built, 'target', options, empty)
  const current = await settled(live, 'database', options, empty)
  const hasOtherSchemas = namespaces(live).some(name => !whole.objects.has(`schema:${name}`))
  const history = hasOtherSchemas ? await options.historySchemas() : []
  const managed = managedBy(whole, contents, config, history, settings)
  const renamed = await renameFirst({
    current,
    ...filterTarget({ current, target: whole }, settings),
    difference: (before, after, kept) =>
      diff(before, after, {
        managedKinds: managed.kinds,
        managedSchemas: managed.schemas,
        dropUnknown: config.dropUnknown,
        kept,
      }),
    contents,
    answers: options.renames ?? {},
    dialect,
    openScratch: async () => scratch,
    empty,
  })
  const { operations } = renamed
  return {
    empty,
    current,
    afterRenames: renamed.current,
    target: renamed.target,
    kept: renamed.kept,
    isFiltered: isFiltering(settings),
    managed,
    dropUnknown: config.dropUnknown,
    diff: { ...renamed.diff, operations: [...operations, ...renamed.diff.operations] },
    renames: renamed.renames,
    unmodelled: [...live.unmodelled, ...built.unmodelled],
    uncovered: uncovered(live, current),
  }
}

function loadSources({ sources, dialect, config }: CompareOptions): Promise<SourceContent[]> {
  const { directory, namingConvention } = config
  const context = { dialect: dialect.name, directory, namingConvention }
  return Promise.all(sources.map(source => source.load(context)))
}

/** A schema as it reads in scratch. All of it is rebuilt, since what is managed may rest on the rest. */
async function settled(
  schema: DatabaseSchema,
  whose: 'target' | 'database',
  { scratch, dialect }: CompareOptions,
  empty: DatabaseSchema,
): Promise<DatabaseSchema> {
  try {
    return await fixedPoint(schema, scratch, dialect, empty)
  } catch (error) {
    if (error instanceof DatabaseError) throw notRebuildable(schema, whose, error)
    throw isTooOld(error) ? scratchTooOld(schema, error) : error
  }
}

function notRebuildable(
  { unmodelled }: DatabaseSchema,
  whose: 'target' | 'database',
  error: DatabaseError,
): LimbeckError {
  return new LimbeckError(
    whose === 'database' ? 'CURRENT_NOT_REBUILDABLE' : 'TARGET_BUILD_FAILED',
    `The ${whose} cannot be built again in scratch, so nothing can be compared: ${error.message}`,
    {
      facts: { statement: error.sql, sqlstate: error.code, unmodelled },
      hint: 'Something in it rests on what limbeck does not model. Write revisions by hand meanwhile, and report the statement.',
      cause: error,
    },
  )
}

const isTooOld = (error: unknown): error is LimbeckError =>
  error instanceof LimbeckError && error.code === 'SERVER_TOO_OLD'

/** A scratch database of an older major than that of the database. */
function scratchTooOld({ serverVersion }: DatabaseSchema, error: LimbeckError): LimbeckError {
  return new LimbeckError(
    'CURRENT_NOT_REBUILDABLE',
    `The scratch server is older than the database, which is PostgreSQL ${majorOf(serverVersion)}, and cannot hold a copy of it: ${error.message}`,
    {
      facts: error.facts,
      hint: 'Use a scratch database of the same major: scratch: "server", or a scratchUrl there.',
      cause: error,
    },
  )
}

function namespaces(schema: DatabaseSchema): string[] {
  return [...schema.objects.values()].flatMap(object =>
    object.kind === 'schema' ? [object.name] : [],
  )
}

/**
 * A copy spells SQL in its own way. Where its engine is of another major, other texts may differ too;
 * the copy is then only held to have the same objects.
 */
function uncovered(live: DatabaseSchema, copy: DatabaseSchema): readonly string[] {
  if (majorOf(live.serverVersion) === majorOf(copy.serverVersion)) return unlikeObjects(live, copy)
  return [...live.objects.keys()].filter(id => !copy.objects.has(id))
}
