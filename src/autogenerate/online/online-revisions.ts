import { readNeeds } from '../../diff/needs.ts'
import type { CreateConstraint, CreateIndex, Operation } from '../../operations/operation.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import { addedColumnForm, alteredColumnForm } from './column-forms.ts'
import { changedKeyForm, constraintForm } from './constraint-forms.ts'
import { type Footprint, footprintOf } from './footprint.ts'
import { changedIndexForm, indexDropForm, indexForm } from './index-forms.ts'
import { inRounds } from './levels.ts'
import { Situation } from './situation.ts'
import { type OnlineForm, plain, type Step } from './step.ts'

/** One revision of several that make a proposal together. */
export interface OnlineRevision {
  readonly operations: readonly Operation[]
  /** Its part in a few words: `not valid`, `backfill`, `validate`. */
  readonly part: string
}

export interface OnlineRevisions {
  readonly revisions: readonly OnlineRevision[]
  /** What keeps its plain form and why, in sentences. */
  readonly notes: readonly string[]
}

/**
 * The operations of a proposal in forms that keep nobody out of a table for long, in as many revisions
 * as that takes: what is done at once, what fills columns, and what reads whole tables. They end where
 * the operations end.
 */
export function onlineRevisions(
  operations: readonly Operation[],
  sides: { readonly current: DatabaseSchema; readonly target: DatabaseSchema },
): OnlineRevisions {
  const situation = new Situation(operations, sides.target)
  const needs = [readNeeds(sides.current), readNeeds(sides.target)]
  const changes = paired(
    operations.map(operation => ({ operation, footprint: footprintOf(operation, needs) })),
    situation,
  )
  const planned = changes.map((change, position) => ({
    ...change,
    form: formOf(change, isInTheWay(change, changes.slice(position + 1)), situation),
    isStrict: isStrict(change),
  }))
  return {
    revisions: inRounds(planned).map(round => ({
      operations: round.map(({ operation }) => operation),
      part: partOf(round),
    })),
    notes: planned.flatMap(({ form }) => form.note ?? []),
  }
}

/** An operation, and the drop that it replaces where both are one change. */
interface Change {
  readonly operation: Operation
  readonly footprint: Footprint
  readonly dropped?: Operation | undefined
}

/** Joins what is dropped and created under the same name, where nothing between them minds. */
function paired(changes: readonly Change[], situation: Situation): Change[] {
  const joined = [...changes]
  for (const change of changes) {
    const name = rebuiltName(change.operation, situation)
    if (name === undefined) continue
    const to = joined.indexOf(change)
    const from = joined.findIndex(
      ({ operation }, position) => position < to && droppedName(operation) === name,
    )
    const dropped = joined[from]
    if (dropped === undefined) continue
    const between = joined.slice(from + 1, to).filter(isNoticedByIndexes)
    if (between.some(other => meets(dropped, other) || meets(change, other))) continue
    const footprint = {
      ...change.footprint,
      needs: [...change.footprint.needs, ...dropped.footprint.needs],
    }
    joined[to] = { ...change, footprint, dropped: dropped.operation }
    joined.splice(from, 1)
  }
  return joined
}

/** The name under which an index or a unique constraint of a table in use is built. */
function rebuiltName(operation: Operation, situation: Situation): string | undefined {
  if (operation.kind === 'createIndex') {
    const { index } = operation
    const isOwn = !situation.isPartitioned(index) && !index.attachedTo && !operation.ifNotExists
    return isOwn && !situation.isFresh(index) ? `index ${index.table}.${index.name}` : undefined
  }
  if (operation.kind !== 'createConstraint') return undefined
  const { constraint } = operation
  const isOwn = constraint.type === 'unique' && !constraint.attachedTo
  const isPlain = constraint.type === 'unique' && !constraint.withoutOverlaps
  if (!isOwn || !isPlain || situation.isFresh(constraint) || situation.isPartitioned(constraint))
    return undefined
  return `unique ${constraint.table}.${constraint.name}`
}

function droppedName(operation: Operation): string | undefined {
  if (operation.kind === 'dropIndex') return `index ${operation.table}.${operation.name}`
  if (operation.kind !== 'dropConstraint' || operation.existing?.type !== 'unique') return undefined
  return `unique ${operation.table}.${operation.name}`
}

function meets({ footprint: a }: Change, { footprint: b }: Change): boolean {
  if (a.isOpaque || b.isOpaque) return true
  const [mine, theirs] = [new Set(a.changes), new Set(b.changes)]
  return (
    b.changes.some(id => mine.has(id)) ||
    b.needs.some(id => mine.has(id)) ||
    a.needs.some(id => theirs.has(id))
  )
}

function isInTheWay({ operation, footprint }: Change, later: readonly Change[]): boolean {
  if (operation.kind !== 'dropIndex') return false
  const change = { operation, footprint }
  return later
    .filter(isNoticedByIndexes)
    .some(other => !other.operation.kind.endsWith('Index') && meets(change, other))
}

const unnoticed = new Set(['notNull', 'default', 'comment', 'storage', 'statistics'])

/** Indexes of a column stay as they are where it becomes NOT NULL, or gets another default. */
function isNoticedByIndexes({ operation }: Change): boolean {
  if (operation.kind !== 'alterColumn') return true
  // An index that is a replica identity keeps its columns NOT NULL.
  return (
    operation.changes.notNull === false ||
    Object.keys(operation.changes).some(change => !unnoticed.has(change))
  )
}

function formOf(
  { operation, dropped }: Change,
  inTheWay: boolean,
  situation: Situation,
): OnlineForm {
  if (dropped?.kind === 'dropIndex') return changedIndexForm(dropped, operation as CreateIndex)
  if (dropped?.kind === 'dropConstraint')
    return changedKeyForm(dropped, operation as CreateConstraint)
  switch (operation.kind) {
    case 'createConstraint':
      return situation.isFresh(operation.constraint)
        ? plain(operation)
        : constraintForm(operation, situation)
    case 'createIndex':
      return situation.isFresh(operation.index) ? plain(operation) : indexForm(operation, situation)
    case 'dropIndex':
      return indexDropForm(operation, inTheWay, situation)
    case 'addColumn':
      return situation.isFresh(operation) ? plain(operation) : addedColumnForm(operation, situation)
    case 'alterColumn':
      return situation.isFresh(operation) || situation.isFreshColumn(operation)
        ? plain(operation)
        : alteredColumnForm(operation, situation)
    case 'replaceEnumValues':
      return plain(
        operation,
        operation.columns.length === 0
          ? undefined
          : `the columns of enum ${situation.names.of(operation)} move to a new type: PostgreSQL rewrites their tables while they are locked`,
      )
    default:
      return plain(operation)
  }
}

/** A primary key, an identity and a replica identity want columns that are NOT NULL by then. */
function isStrict({ operation }: Change): boolean {
  if (operation.kind === 'createConstraint') return operation.constraint.type === 'primaryKey'
  return operation.kind === 'alterTable'
}

/** What a revision is about, in the order of its steps. */
function partOf(round: readonly Step[]): string {
  const words = new Set(round.flatMap(({ about }) => about ?? []))
  return words.size === 0 ? 'changes' : [...words].join(', ')
}
