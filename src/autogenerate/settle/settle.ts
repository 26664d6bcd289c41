import { DatabaseError } from '../../dialects/database-error.ts'
import type { Connection, Dialect } from '../../dialects/dialect.ts'
import type {
  DatabaseSchema,
  ObjectKind,
  SchemaObject,
  UnmodelledObject,
} from '../../schema/index.ts'
import type { ScratchOnDemand } from '../../scratch/on-demand.ts'
import type { ScratchDatabase } from '../../scratch/scratch.ts'
import type { SourceContent } from '../../sources/source.ts'
import { creationOf } from '../build-schema.ts'
import { buildTarget } from '../build-target.ts'
import { type FixedPoint, fixedPoint } from '../fixed-point.ts'
import { unequalObjects, unlikeObjects } from '../schema-equality.ts'
import { canMakeDatabases } from './ground.ts'
import { rebuildInPlace } from './in-place.ts'
import { Memory, type Question, type SettledTarget } from './memory.ts'
import { notRebuildable } from './not-rebuildable.ts'

/** Where what was found out is kept for the next time. */
export interface MemoryPlace {
  readonly folder: string
  /** Scratch is made on the session's own server, if its role may. */
  readonly isBeside: boolean
}

export interface SettleOptions extends Question {
  readonly dialect: Dialect
  /** The session with the live database. */
  readonly connection: Connection
  readonly scratch: ScratchOnDemand
  readonly contents: () => Promise<readonly SourceContent[]>
  /** What an empty scratch database holds. */
  readonly empty: () => Promise<DatabaseSchema>
  /** Absent: everything is found out anew. */
  readonly memory?: MemoryPlace | undefined
  /** Two sides that are known to be equal need not be settled. */
  readonly isQuick?: boolean | undefined
}

/** Both sides, comparable. */
export interface SettledSides {
  readonly current: DatabaseSchema
  readonly target: DatabaseSchema
  /** What the target holds that is not modelled. */
  readonly unmodelled: readonly UnmodelledObject[]
}

/** What two equal sides hold that is not modelled. */
export interface EqualSides {
  readonly isEqual: true
  readonly unmodelled: readonly UnmodelledObject[]
}

/**
 * Makes a database and its target comparable: both are read in scratch and settled there. What is
 * remembered from an earlier time is not done again, and where two sides turn out to be equal before they
 * have settled, they would be equal afterwards.
 */
export async function settleBoth(options: SettleOptions): Promise<SettledSides | EqualSides> {
  const memory = await memoryFor(options)
  const known = options.isQuick ? memory?.sameReading() : undefined
  if (known !== undefined) return { isEqual: true, unmodelled: known }
  const contents = await options.contents()
  memory?.learn(contents)
  return recalled(options, memory) ?? foundOut({ ...options, contents }, memory)
}

async function memoryFor(options: SettleOptions): Promise<Memory | undefined> {
  const { memory, connection, scratch } = options
  if (memory === undefined) return undefined
  const isBeside = memory.isBeside && (await canMakeDatabases(connection))
  return Memory.of(
    memory.folder,
    options,
    isBeside ? connection : (await scratch.open()).connection,
  )
}

function recalled(
  { reading, isQuick }: SettleOptions,
  memory: Memory | undefined,
): SettledSides | EqualSides | undefined {
  const unmodelled = isQuick ? memory?.equality() : undefined
  if (unmodelled !== undefined) return equal(reading.schema, unmodelled)
  const target = memory?.target()
  const current = target && memory?.current()
  return current && { current, target: target.schema, unmodelled: target.unmodelled }
}

const equal = (live: DatabaseSchema, unmodelled: readonly UnmodelledObject[]): EqualSides => ({
  isEqual: true,
  unmodelled: [...live.unmodelled, ...unmodelled],
})

/** With the contents of the sources. */
interface LoadedOptions extends Omit<SettleOptions, 'contents'> {
  readonly contents: readonly SourceContent[]
}

async function foundOut(
  options: LoadedOptions,
  memory: Memory | undefined,
): Promise<SettledSides | EqualSides> {
  const { dialect, isQuick } = options
  const live = options.reading.schema
  const scratch = await options.scratch.open()
  const ground: Ground = { scratch, dialect, empty: await options.empty() }
  const known = memory?.target()
  const built = known ? undefined : await build(options, ground)
  if (isQuick && built?.isEqual) {
    memory?.rememberEquality(built.schema.unmodelled)
    return equal(live, built.schema.unmodelled)
  }
  const target = known ?? (await settledTarget(built!.schema, ground, memory))
  const current = memory?.current() ?? (await settledCurrent(live, ground, memory))
  return { current, target: target.schema, unmodelled: target.unmodelled }
}

interface Ground {
  readonly scratch: ScratchDatabase
  readonly dialect: Dialect
  readonly empty: DatabaseSchema
}

interface Built {
  readonly schema: DatabaseSchema
  /** It means the same as the live database. */
  readonly isEqual: boolean
}

/** The texts of a target that was written by hand settle in so many rounds, nearly always. */
const mostRounds = 2

async function build(options: LoadedOptions, { scratch, dialect, empty }: Ground): Promise<Built> {
  const { contents, exclude, isQuick } = options
  const live = options.reading.schema
  const creation = creationOf(whatMatters(live, contents), empty)
  const target = { dialect, scratch, exclude }
  return buildTarget(target, contents, live, creation, async (connection, schema) => {
    const isEqual =
      isQuick === true && (await comesToEqual(schema, live, { connection, dialect, exclude }))
    const asked = (await dialect.asOnServer?.(schema, live.serverVersion)) ?? schema
    return { schema: asked, isEqual }
  })
}

/** Kinds of which a server has to have something before they can be built, or that sources rest on in silence. */
const foundations: ReadonlySet<ObjectKind> = new Set(['schema', 'extension', 'policy'])

/**
 * What of the live database scratch is given or has to provide for. Making operations of all of it takes
 * long, and is only needed where something is given that rests on more.
 */
function whatMatters(live: DatabaseSchema, contents: readonly SourceContent[]): DatabaseSchema {
  const expressed = new Set(contents.flatMap(({ expresses }) => expresses))
  const isGiven = ({ kind }: SchemaObject) =>
    !expressed.has('all') && !expressed.has(kind) && !foundations.has(kind)
  if ([...live.objects.values()].some(isGiven)) return live
  const objects = [...live.objects].filter(([, { kind }]) => foundations.has(kind))
  return { ...live, objects: new Map(objects) }
}

type Place = Pick<SettleOptions, 'connection' | 'dialect' | 'exclude'>

/**
 * Whether a schema that was just built becomes equal to another as its texts settle. Only where nothing
 * but texts differs is it worth trying.
 */
async function comesToEqual(
  built: DatabaseSchema,
  live: DatabaseSchema,
  { connection, dialect, exclude }: Place,
): Promise<boolean> {
  if (unlikeObjects(built, live).length > 0) return false
  let schema = built
  for (let round = 0; ; round++) {
    const rest = unequalObjects(schema, live)
    if (rest.length === 0) return true
    if (round === mostRounds) return false
    try {
      if (!(await rebuildInPlace(connection, dialect, schema, rest))) return false
    } catch (error) {
      if (error instanceof DatabaseError) return false
      throw error
    }
    schema = await dialect.introspect(connection, { exclude })
  }
}

async function settledTarget(
  built: DatabaseSchema,
  ground: Ground,
  memory: Memory | undefined,
): Promise<SettledTarget> {
  const { schema, isSettled } = await settled(built, 'target', ground)
  const target = { schema, unmodelled: built.unmodelled }
  memory?.rememberTarget(target, isSettled)
  return target
}

async function settledCurrent(
  live: DatabaseSchema,
  ground: Ground,
  memory: Memory | undefined,
): Promise<DatabaseSchema> {
  const { schema, isSettled } = await settled(live, 'database', ground)
  memory?.rememberCurrent(schema, isSettled)
  return schema
}

/** A schema as it reads in scratch. All of it is rebuilt, since what is managed may rest on the rest. */
async function settled(
  schema: DatabaseSchema,
  whose: 'target' | 'database',
  { scratch, dialect, empty }: Ground,
): Promise<FixedPoint> {
  try {
    return await fixedPoint(schema, scratch, dialect, empty)
  } catch (error) {
    throw notRebuildable(schema, whose, error)
  }
}
