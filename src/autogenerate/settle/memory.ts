import type { Connection, SchemaReading } from '../../dialects/dialect.ts'
import { hashText } from '../../operations/hash.ts'
import type {
  DatabaseSchema,
  ObjectId,
  QualifiedName,
  SchemaObject,
  UnmodelledObject,
} from '../../schema/index.ts'
import type { SourceContent } from '../../sources/source.ts'
import { version } from '../../version.ts'
import { groundDigest } from './ground.ts'
import { type Keeping, keepingIn } from './keeping.ts'
import { contentDigest, schemaOf, schemaText } from './schema-text.ts'

/** Raised with every change of what is kept, or of how it is found out. */
const format = 1

/** How many databases a target is known to be equal to. */
const mostEquals = 16

/** What there is to be compared. */
export interface Question {
  /** The database as it is. */
  readonly reading: SchemaReading
  /** A text that is equal only where the sources say the same. */
  readonly sources: string
  readonly exclude: readonly QualifiedName[]
}

/** A target as it has settled. */
export interface SettledTarget {
  readonly schema: DatabaseSchema
  /** What it holds that is not modelled. */
  readonly unmodelled: readonly UnmodelledObject[]
}

interface Equality {
  readonly digests: readonly string[]
  readonly unmodelled: readonly UnmodelledObject[]
}

/**
 * What was found out in scratch before, under keys that say everything it depends on: the sources, what
 * the database adds to them, the engine with its settings, and limbeck's own version. A schema that has
 * settled is known by what it says, so that a database that was brought to a target is known at once.
 */
export class Memory {
  readonly #keeping: Keeping
  readonly #ground: string
  readonly #question: Question
  #target: string | undefined
  #live: string | undefined

  private constructor(keeping: Keeping, ground: string, question: Question) {
    this.#keeping = keeping
    this.#ground = ground
    this.#question = question
  }

  /** What the target is made of besides its sources, of which more than the first question is asked. */
  learn(contents: readonly SourceContent[]): void {
    const { sources, exclude, reading } = this.#question
    const given = givenText(reading.schema, contents)
    this.#target = this.#key('target', JSON.stringify([sources, exclude, given]))
  }

  /** `beside`: a session whose engine and settings are those of scratch. */
  static async of(folder: string, question: Question, beside: Connection): Promise<Memory> {
    return new Memory(keepingIn(folder), await groundDigest(beside), question)
  }

  /** What both sides hold that is not modelled, if a database that read just like this one was equal. */
  sameReading(): readonly UnmodelledObject[] | undefined {
    return this.#read<readonly UnmodelledObject[]>(this.#readingKey())
  }

  /** What the target holds that is not modelled, if it is known to be what the database is. */
  equality(): readonly UnmodelledObject[] | undefined {
    const known = this.#read<Equality>(this.#equalKey())
    if (!known?.digests.includes(this.#liveDigest())) return undefined
    this.#rememberReading(known.unmodelled)
    return known.unmodelled
  }

  rememberEquality(unmodelled: readonly UnmodelledObject[]): void {
    this.#addEqual(this.#liveDigest(), unmodelled)
    this.#rememberReading(unmodelled)
  }

  #rememberReading(unmodelled: readonly UnmodelledObject[]): void {
    const all = [...this.#question.reading.schema.unmodelled, ...unmodelled]
    this.#keeping.write(this.#readingKey(), JSON.stringify(all))
  }

  target(): SettledTarget | undefined {
    const known = this.#read<Omit<SettledTarget, 'schema'> & { readonly digest: string }>(
      this.#targetKey(),
    )
    const schema = known && this.#schema(known.digest)
    return schema && { schema, unmodelled: known.unmodelled }
  }

  /** A target that has settled is also what a database settles to that was brought to it. */
  rememberTarget({ schema, unmodelled }: SettledTarget, isSettled: boolean): void {
    const digest = this.#keep(schema)
    this.#keeping.write(this.#targetKey(), JSON.stringify({ digest, unmodelled }))
    if (!isSettled) return
    this.#keeping.write(this.#currentKey(digest), JSON.stringify({ digest }))
    this.#addEqual(digest, unmodelled)
  }

  current(): DatabaseSchema | undefined {
    const known = this.#read<{ readonly digest: string }>(this.#currentKey(this.#liveDigest()))
    return known && this.#schema(known.digest)
  }

  rememberCurrent(schema: DatabaseSchema, isSettled: boolean): void {
    const text = JSON.stringify({ digest: this.#keep(schema) })
    this.#keeping.write(this.#currentKey(this.#liveDigest()), text)
    if (isSettled) this.#keeping.write(this.#currentKey(contentDigest(schema)), text)
  }

  #addEqual(digest: string, unmodelled: readonly UnmodelledObject[]): void {
    const known = this.#read<Equality>(this.#equalKey())?.digests ?? []
    const digests = [digest, ...known.filter(other => other !== digest)].slice(0, mostEquals)
    this.#keeping.write(this.#equalKey(), JSON.stringify({ digests, unmodelled }))
  }

  #read<T>(key: string): T | undefined {
    const text = this.#keeping.read(key)
    return text === undefined ? undefined : JSON.parse(text)
  }

  #keep(schema: DatabaseSchema): string {
    const digest = contentDigest(schema)
    this.#keeping.write(this.#key('schema', digest), schemaText(schema))
    return digest
  }

  #schema(digest: string): DatabaseSchema | undefined {
    const text = this.#keeping.read(this.#key('schema', digest))
    return text === undefined ? undefined : schemaOf(text)
  }

  #liveDigest(): string {
    this.#live ??= contentDigest(this.#question.reading.schema)
    return this.#live
  }

  #targetKey(): string {
    if (this.#target === undefined) throw new TypeError('What the target is made of is not known.')
    return this.#target
  }

  #readingKey(): string {
    const { sources, exclude, reading } = this.#question
    return this.#key('reading', JSON.stringify([sources, exclude, reading.digest]))
  }

  #equalKey = () => this.#key('equal', this.#targetKey())

  #currentKey = (digest: string) => this.#key('current', digest)

  #key(kind: string, text: string): string {
    return hashText(JSON.stringify([format, version, this.#ground, kind, text]))
  }
}

/** What contents say that are there already, but for what they say of names. */
export function textOfContent(content: SourceContent): string {
  const said =
    'ddl' in content
      ? content.ddl.map(({ sql }) => sql)
      : content.operations.map(operation => plainText(operation))
  return JSON.stringify([content.expresses, said])
}

/** What of the live database may be built before the target: schemas, and what no source expresses. */
function givenText(
  { serverVersion, defaultSchema, objects, dependencies }: DatabaseSchema,
  contents: readonly SourceContent[],
): string {
  const expressed = new Set(contents.flatMap(({ expresses }) => expresses))
  const isGiven = ([, { kind }]: readonly [ObjectId, SchemaObject]) =>
    kind === 'schema' || !(expressed.has('all') || expressed.has(kind))
  const given = [...objects]
    .filter(isGiven)
    .map(([id, object]) => plainText([id, object, dependencies.get(id)]))
  return JSON.stringify([serverVersion, defaultSchema, given])
}

/** A bigint is not the string that looks like it. */
function plainText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}n` : part))
  }
}
