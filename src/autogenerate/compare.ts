import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Connection, Dialect, SchemaReading } from '../dialects/dialect.ts'
import { type Diff, diff } from '../diff/diff.ts'
import type { RenameWords } from '../operations/rename-words.ts'
import type { ComparisonSettings } from '../runtime/comparison-options.ts'
import type { DatabaseSchema, ObjectId, QualifiedName, UnmodelledObject } from '../schema/index.ts'
import type { ScratchOnDemand } from '../scratch/on-demand.ts'
import { majorOf } from '../scratch/used-scratch.ts'
import type { SchemaSource, SourceContent } from '../sources/source.ts'
import { filterTarget, isFiltering } from './filter/filter-target.ts'
import { type Managed, managedBy } from './managed.ts'
import { readingRights, rightsNotes, unsaidRights, withInexpressible } from './managed-rights.ts'
import type { FoundRename, RenameAnswers } from './renames/answers.ts'
import { hintsOf } from './renames/hints.ts'
import { renameFirst } from './renames/rename-first.ts'
import { unlikeObjects } from './schema-equality.ts'
import { textOfContent } from './settle/memory.ts'
import { contentDigest } from './settle/schema-text.ts'
import {
  type EqualSides,
  type MemoryPlace,
  type SettledSides,
  settleBoth,
} from './settle/settle.ts'

export interface CompareOptions {
  readonly dialect: Dialect
  /** The database as it is. */
  readonly connection: Connection
  /** They are loaded while the database is read. */
  readonly sources: () => Promise<readonly SchemaSource[]>
  readonly scratch: ScratchOnDemand
  readonly config: Pick<
    ResolvedConfig,
    'manage' | 'manageRights' | 'schemas' | 'dropUnknown' | 'directory' | 'namingConvention'
  >
  /** limbeck's own tables. */
  readonly exclude: readonly QualifiedName[]
  /** Schemas that the revisions name; asked for only where it matters. */
  readonly historySchemas: () => Promise<Iterable<string>>
  /** What env.ts says of comparing. */
  readonly settings: ComparisonSettings
  /** What is said of renames. */
  readonly renames?: RenameAnswers | undefined
  /** Where what scratch has shown is kept for the next time. */
  readonly memory?: MemoryPlace | undefined
  /** Nobody goes on with sides that are equal: they need not have settled. */
  readonly isQuick?: boolean | undefined
}

/** Current and target, both read in the same engine and settled, and what lies between them. */
export interface Comparison {
  /** Reads in scratch what was compared. */
  readonly dialect: Dialect
  /** What an empty scratch database holds. */
  readonly empty: () => Promise<DatabaseSchema>
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
  /** What the target says of old names, whether it led to a rename or not. */
  readonly hints: readonly RenameWords[]
  /** What the database and the target hold that is not modelled. */
  readonly unmodelled: readonly UnmodelledObject[]
  /** Ids of objects of the live database that its copy in scratch does not reproduce. */
  readonly uncovered: readonly string[]
}

/** Compares a database with what its sources say it should be, in the database's own words. */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { connection, scratch, config, exclude, memory } = options
  const [sources, reading] = await whileDatabaseAnswers(options)
  const dialect = readingRights(options.dialect, config.manageRights, () => reading.schema)
  const empty = once(async () => dialect.introspect((await scratch.open()).connection))
  const place = { dialect, connection, scratch, empty, memory, isQuick: isQuick(options) }
  const loaded = { sources: sources.text, contents: sources.contents }
  const sides = await settleBoth({ reading, exclude, ...loaded, ...place })
  const ground = { reading, empty, dialect }
  if ('isEqual' in sides) return equalSides(options, { ...ground, ...sides })
  return unequalSides(options, { ...ground, ...sides, contents: await sources.contents() })
}

interface Unequal extends SettledSides, Pick<Comparison, 'empty' | 'dialect'> {
  readonly reading: SchemaReading
  readonly contents: readonly SourceContent[]
}

/** What lies between a database and its target, the renames first. */
async function unequalSides(options: CompareOptions, sides: Unequal): Promise<Comparison> {
  const { scratch, config, settings } = options
  const { reading, current, contents, dialect, empty } = sides
  const live = reading.schema
  const unsaid = unsaidRights(config.manageRights, contents)
  const target = withInexpressible(sides.target, current, unsaid)
  const managed = await whatIsManaged(options, target, sides)
  const { kinds: managedKinds, schemas: managedSchemas } = managed
  const renamed = await renameFirst({
    current,
    ...filterTarget({ current, target }, settings),
    difference: (before, after, kept) =>
      diff(before, after, { managedKinds, managedSchemas, dropUnknown: config.dropUnknown, kept }),
    contents,
    answers: options.renames ?? {},
    dialect,
    openScratch: () => scratch.open(),
    empty,
  })
  return {
    dialect,
    hints: hintsOf(contents),
    empty,
    current,
    afterRenames: renamed.current,
    target: renamed.target,
    kept: renamed.kept,
    isFiltered: isFiltering(settings),
    managed,
    dropUnknown: config.dropUnknown,
    diff: {
      ...renamed.diff,
      operations: [...renamed.operations, ...renamed.diff.operations],
      notes: [...renamed.diff.notes, ...rightsNotes(unsaid)],
    },
    renames: renamed.renames,
    unmodelled: [...live.unmodelled, ...sides.unmodelled],
    uncovered: uncovered(live, current),
  }
}

/** The schemas of the history only matter where the database has some that the target does not. */
async function whatIsManaged(
  { config, historySchemas, settings }: CompareOptions,
  target: DatabaseSchema,
  { reading, contents }: Unequal,
): Promise<Managed> {
  const isOther = (name: string) => !target.objects.has(`schema:${name}`)
  const history = namespaces(reading.schema).some(isOther) ? await historySchemas() : []
  return managedBy(target, contents, config, history, settings)
}

/** Sources of which it is known what they say; what that means may take longer. */
interface ReadSources {
  readonly text: string
  readonly contents: () => Promise<readonly SourceContent[]>
}

async function readSources({ sources, dialect, config }: CompareOptions): Promise<ReadSources> {
  const { directory, namingConvention } = config
  const rights = config.manageRights
  const context = { dialect: dialect.name, directory, namingConvention, rights }
  const list = await sources()
  const contents = once(() => Promise.all(list.map(source => source.load(context))))
  if (!list.every(source => source.text)) await contents()
  const texts = list.map(async (source, place) =>
    source.text ? source.text(context) : textOfContent((await contents())[place]!),
  )
  return { text: JSON.stringify([rights, ...(await Promise.all(texts))]), contents }
}

/** Loading models keeps this process busy, so it begins when the database is. */
async function whileDatabaseAnswers(
  options: CompareOptions,
): Promise<readonly [ReadSources, SchemaReading]> {
  let hasAsked = () => {}
  const asked = new Promise<void>(resolve => {
    hasAsked = resolve
  })
  const reading = readLive(options, hasAsked)
  // A reading that fails is told after what is wrong with the target.
  const isOver = reading.catch(() => undefined)
  await Promise.race([asked, isOver])
  const sources = await readSources(options).finally(() => isOver)
  return [sources, await reading]
}

async function readLive(
  { dialect, connection, exclude, config }: CompareOptions,
  onAsked: () => void,
): Promise<SchemaReading> {
  const words = config.manageRights
  const asked = { exclude, onAsked, ...(words.length > 0 && { rights: { words } }) }
  const reading = await dialect.readSchema?.(connection, asked)
  if (reading !== undefined) return reading
  const schema = await dialect.introspect(connection, asked)
  return { digest: contentDigest(schema), defaultSchema: schema.defaultSchema, schema }
}

/** What filters say, and what is said of renames, is looked at even where nothing has changed. */
function isQuick({ isQuick = false, renames, settings }: CompareOptions): boolean {
  return isQuick && (renames?.given ?? []).length === 0 && !isFiltering(settings)
}

interface Equal extends EqualSides, Pick<Comparison, 'empty' | 'dialect'> {
  readonly reading: SchemaReading
}

/** A database that is what its target says; most of it is only looked at where something has changed. */
function equalSides(
  { config }: CompareOptions,
  { reading, empty, dialect, unmodelled }: Equal,
): Comparison {
  return {
    dialect,
    hints: [],
    empty,
    get current() {
      return reading.schema
    },
    get afterRenames() {
      return reading.schema
    },
    get target() {
      return reading.schema
    },
    kept: new Set(),
    isFiltered: false,
    managed: { kinds: 'all', schemas: 'all' },
    dropUnknown: config.dropUnknown,
    diff: { operations: [], notes: [], unmodelled: { current: [], target: [] } },
    renames: [],
    unmodelled,
    uncovered: [],
  }
}

/** Asks once, and then knows. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => (answer ??= ask())
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
  if (live === copy) return []
  if (majorOf(live.serverVersion) === majorOf(copy.serverVersion)) return unlikeObjects(live, copy)
  return [...live.objects.keys()].filter(id => !copy.objects.has(id))
}
