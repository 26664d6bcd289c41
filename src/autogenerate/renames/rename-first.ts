import { DatabaseError } from '../../dialects/database-error.ts'
import type { Dialect } from '../../dialects/dialect.ts'
import type { Diff } from '../../diff/diff.ts'
import { changesOf } from '../../diff/renames/changes.ts'
import { withKeptChecks, withKeptNames } from '../../diff/renames/kept-names.ts'
import { movedIds } from '../../diff/renames/moved-ids.ts'
import { renameOperations } from '../../diff/renames/operations.ts'
import { type Pairs, pairsOf } from '../../diff/renames/pairs.ts'
import { stepsOf } from '../../diff/renames/steps.ts'
import { LimbeckError } from '../../errors.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Rename, RenameKind, RenameWords } from '../../operations/rename-words.ts'
import { renameWords } from '../../operations/rename-words.ts'
import type { DatabaseSchema, ObjectId } from '../../schema/index.ts'
import type { ScratchDatabase } from '../../scratch/scratch.ts'
import type { SourceContent } from '../../sources/source.ts'
import { applyOperations, buildSchema } from '../build-schema.ts'
import type { FoundRename, RenameAnswers } from './answers.ts'
import {
  type DecidedRename,
  decideCandidates,
  decideGiven,
  decideHints,
  type Stage,
} from './decide.ts'
import { meansNothing, noneWord, readGiven } from './given.ts'
import { hintsOf, isChosenName } from './hints.ts'

/** What lies between two schemas, and what is said of renames. */
export interface RenameFirstOptions {
  readonly current: DatabaseSchema
  readonly target: DatabaseSchema
  /** What only the database has and is to keep. */
  readonly kept: ReadonlySet<ObjectId>
  readonly difference: (
    current: DatabaseSchema,
    target: DatabaseSchema,
    kept: ReadonlySet<ObjectId>,
  ) => Diff
  readonly contents: readonly SourceContent[]
  readonly answers: RenameAnswers
  readonly dialect: Dialect
  /** Opens scratch, which is needed only where something is renamed. */
  readonly openScratch: () => Promise<Pick<ScratchDatabase, 'rehearse'>>
  /** What an empty scratch database holds. */
  readonly empty: () => Promise<DatabaseSchema>
}

/** A comparison that begins with renames. */
export interface Renamed {
  /** The renames, in an order that works. */
  readonly operations: readonly Operation[]
  /** What the database says after them. */
  readonly current: DatabaseSchema
  /** With the names that are there, where its own are of nobody's choice. */
  readonly target: DatabaseSchema
  readonly kept: ReadonlySet<ObjectId>
  /** What is left to do after them. */
  readonly diff: Diff
  /** Those that were decided, and those that nobody has decided. */
  readonly renames: readonly FoundRename[]
}

/** What is asked about in which order: a column only when its table has its name. */
const stages: readonly (readonly RenameKind[])[] = [
  ['schema'],
  ['table', 'enum', 'domain', 'compositeType', 'rangeType'],
  ['column', 'enumValue', 'view', 'materializedView', 'sequence', 'routine'],
  // Of these nobody is asked: what has the same definition is the same.
  ['constraint', 'index'],
]

/**
 * Finds what is the same under another name, and renames it before anything is compared. After each stage
 * of decisions the database is asked what it has become: it rewrites the texts of checks, views, indexes
 * and policies itself.
 */
export function renameFirst(options: RenameFirstOptions): Promise<Renamed> {
  return new Renamer(options).run()
}

class Renamer {
  readonly #options: RenameFirstOptions
  readonly #hints: readonly RenameWords[]
  readonly #operations: Operation[] = []
  readonly #steps: Rename[] = []
  readonly #found: FoundRename[] = []
  #given: readonly RenameWords[]
  #current: DatabaseSchema
  #target: DatabaseSchema
  #kept: ReadonlySet<ObjectId>
  #diff: Diff

  constructor(options: RenameFirstOptions) {
    const { current, target, kept, contents, answers } = options
    this.#options = options
    this.#current = current
    this.#target = target
    this.#kept = kept
    this.#given = readGiven(answers.given ?? [])
    this.#hints = hintsOf(contents)
    this.#diff = options.difference(current, target, kept)
  }

  async run(): Promise<Renamed> {
    const kinds = new Set<RenameKind>()
    for (const asked of stages) {
      for (const kind of asked) kinds.add(kind)
      if (this.#isSettled()) break
      await this.#decide(new Set(asked), kinds)
    }
    const [unused] = this.#given
    if (unused !== undefined) throw meansNothing(unused, this.#sides(), this.#nowCalled)
    return {
      operations: this.#operations,
      current: this.#current,
      target: this.#target,
      kept: this.#kept,
      diff: this.#diff,
      renames: this.#found,
    }
  }

  #isSettled(): boolean {
    return this.#diff.operations.length === 0 && this.#given.length === 0
  }

  #sides() {
    return { current: this.#current, target: this.#target }
  }

  async #decide(asked: ReadonlySet<RenameKind>, kinds: ReadonlySet<RenameKind>): Promise<void> {
    const { given = [], mapped = [], ask } = this.#options.answers
    const changes = changesOf(this.#diff.operations, this.#current, this.#target)
    const stage: Stage = {
      ...this.#sides(),
      asked,
      kinds,
      changes,
      nowCalled: this.#nowCalled,
      given: this.#given,
      hints: this.#hints,
      ask,
      mapped,
    }
    const { decided, left } = decideGiven(stage)
    this.#given = left
    const hinted = decideHints(stage, decided)
    const known = [...decided, ...hinted]
    const isPaired = asked.has('constraint')
    const candidates =
      isPaired || given.includes(noneWord) ? [] : await decideCandidates(stage, known)
    this.#tell([...known, ...candidates])
    await this.#rename([...known, ...candidates].filter(({ decision }) => decision !== 'open'))
    if (isPaired) await this.#pair()
  }

  /** Does what nobody has to be asked about; where the database refuses it, the parts are made anew. */
  async #pair(): Promise<void> {
    const changes = changesOf(this.#diff.operations, this.#current, this.#target)
    const isChosen = isChosenName(this.#options.contents)
    const pairs: Pairs = pairsOf(changes, this.#current, this.#target, isChosen)
    const paired = pairs.renames.map(
      (rename): DecidedRename => ({ rename, reasons: ['the same definition'], decision: 'pair' }),
    )
    const before = this.#target
    const kept = withKeptNames(before, pairs.kept)
    this.#target = withKeptChecks(kept, this.#current, isChosen)
    if (this.#target !== before) this.#compare()
    await this.#rename(paired).then(
      () => this.#tell(paired),
      error => {
        if (!(error instanceof LimbeckError) || error.code !== 'RENAME_FAILED') throw error
      },
    )
  }

  async #rename(decided: readonly DecidedRename[]): Promise<void> {
    const renames = decided.map(({ rename }) => rename)
    const { steps } = stepsOf(renames, this.#current)
    if (steps.length === 0) return
    const operations = renameOperations(steps, this.#current, this.#target)
    const renamed = await this.#rehearse([...this.#operations, ...operations], decided)
    this.#operations.push(...operations)
    this.#steps.push(...steps)
    this.#kept = movedIds(this.#kept, this.#current, steps)
    this.#current = renamed
    this.#compare()
  }

  #compare(): void {
    this.#diff = this.#options.difference(this.#current, this.#target, this.#kept)
  }

  /** What the database says once the renames were run in it. */
  async #rehearse(
    operations: readonly Operation[],
    decided: readonly DecidedRename[],
  ): Promise<DatabaseSchema> {
    const { openScratch, dialect, current } = this.#options
    const scratch = await openScratch()
    const empty = await this.#options.empty()
    return scratch.rehearse(async connection => {
      await buildSchema(connection, dialect, current, empty)
      try {
        await applyOperations(connection, dialect, operations)
      } catch (error) {
        throw error instanceof DatabaseError ? this.#refused(decided, error) : error
      }
      return dialect.introspect(connection)
    })
  }

  #refused(decided: readonly DecidedRename[], error: DatabaseError): LimbeckError {
    const words = decided.map(({ rename }) => renameWords(rename, this.#current.defaultSchema))
    return new LimbeckError(
      'RENAME_FAILED',
      `The database refuses to rename ${words.join(', ')}: ${error.message}`,
      {
        facts: { renames: words, statement: error.sql, sqlstate: error.code },
        hint: 'Take the rename back (`--rename none`, or the hint out of the target), or write the revision by hand.',
        cause: error,
      },
    )
  }

  #tell(decided: readonly DecidedRename[]): void {
    const { defaultSchema } = this.#current
    for (const { rename, reasons, decision } of decided) {
      const words = renameWords(rename, defaultSchema)
      const { kind, toSchema } = rename
      const to = toSchema === undefined ? rename.to : `${toSchema}.${rename.to}`
      this.#found.push({
        kind,
        from: words.slice(0, words.lastIndexOf('=')),
        to,
        words,
        reasons,
        decision,
      })
    }
  }

  /** What a table, an enum or a schema of the database has become. */
  readonly #nowCalled = (
    { kind, schema }: { kind: RenameKind; schema?: string | undefined },
    name: string,
  ): string => {
    const { objects } = this.#current
    if (objects.has(kind === 'schema' ? `schema:${name}` : `${kind}:${schema ?? ''}.${name}`))
      return name
    const own = this.#steps.filter(step => step.kind === kind && step.schema === schema)
    return own.reduce((at, step) => (step.from === at ? step.to : at), name)
  }
}
