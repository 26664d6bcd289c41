import type { DatabaseSchema, SchemaObject, Statistics, Table, View } from '../schema/index.ts'
import { canAlter } from './alterable.ts'
import { ownColumnChanges } from './column-changes.ts'
import { withoutComments } from './comments.ts'
import type { Side } from './comparison.ts'
import {
  columnElement,
  defaultElement,
  type ElementId,
  ownerElement,
  partitionElement,
  replicaElement,
} from './elements.ts'
import { isEqual } from './equal.ts'
import { heirsOf, isDefaultApart } from './heirs.ts'
import { asPassed, type ColumnPair, columnPairs, parentPairs } from './inheritance.ts'
import { changesPartitioning } from './partitioning.ts'

/** What becomes of an element that does not stay as it is; `replace`: taken down and put back. */
export type Fate = 'create' | 'drop' | 'change' | 'replace'

/** What becomes of every element for its own sake; dependents come later. */
export function compare(current: DatabaseSchema, target: DatabaseSchema): Map<ElementId, Fate> {
  const fates = new Map<ElementId, Fate>()
  for (const [id, object] of target.objects) {
    const before = current.objects.get(id)
    if (!before) fates.set(id, 'create')
    else if (!isEqual(before, object)) {
      const stays =
        canChange(before, object) ||
        isOnlyAttached(before, object, current, target) ||
        canAlter(before, object, [current, target])
      fates.set(id, stays ? 'change' : 'replace')
    }
  }
  for (const id of current.objects.keys()) {
    if (!target.objects.has(id)) fates.set(id, 'drop')
  }
  return fates
}

type Fates = Map<ElementId, Fate>

/** Whether one form of an object can become the other in place. */
function canChange(current: SchemaObject, target: SchemaObject): boolean {
  switch (current.kind) {
    case 'enum':
      return true
    case 'table':
      return (
        agree(current, target, 'partitionBy', 'inherits', 'ofType', 'accessMethod') &&
        !changesPartitioning(current, target as Table)
      )
    case 'sequence':
      return agree(current, target, 'unlogged')
    case 'view':
      return isReplaceable(current, target as View)
    case 'routine':
      return agree(current, target, 'type', 'arguments', 'returns', 'window')
    case 'statistics':
      // The server lists columns by their place in the table, which is no difference.
      return isEqual(inAnyOrder(current), inAnyOrder(target as Statistics))
    default:
      return isEqual(withoutComments(current), withoutComments(target))
  }
}

/** CREATE OR REPLACE takes a query that gives the same columns, and leads back as well. */
function isReplaceable(current: View, target: View): boolean {
  if (!agree(current, target, 'columnNames', 'columnDefaults')) return false
  const hasSameColumns = current.columns !== undefined && agree(current, target, 'columns')
  return hasSameColumns || current.definition === target.definition
}

/** An index or key that differs by its parent alone finds that when its table is attached or detached. */
function isOnlyAttached(
  before: SchemaObject,
  after: SchemaObject,
  current: DatabaseSchema,
  target: DatabaseSchema,
): boolean {
  if (before.kind !== 'index' && before.kind !== 'constraint') return false
  const id = `table:${before.schema ?? ''}.${before.table}`
  const [from, to] = [current, target].map(({ objects }) => objects.get(id) as Table | undefined)
  if (isEqual(from?.partitionOf, to?.partitionOf)) return false
  const own = (object: SchemaObject) => ({ ...withoutComments(object), attachedTo: undefined })
  return isEqual(own(before), own(after))
}

function inAnyOrder(statistics: Statistics): object {
  return { ...withoutComments(statistics), expressions: statistics.expressions.toSorted() }
}

/** Whether two objects of a kind say the same under each of these keys. */
function agree<T extends SchemaObject>(
  current: T,
  target: SchemaObject,
  ...keys: (keyof T & string)[]
): boolean {
  return keys.every(key => isEqual(current[key], (target as T)[key]))
}

/** What becomes of the parts of the objects that are changed in place. */
export function compareParts(fates: Fates, current: Side, target: Side): void {
  const sides = [current, target]
  for (const [id, fate] of withHeirs(fates, sides)) {
    if (fate !== 'change') continue
    const before = current.schema.objects.get(id)
    const after = target.schema.objects.get(id)
    if (before?.kind === 'sequence' && after?.kind === 'sequence') {
      set(fates, ownerElement(after), before.ownedBy, after.ownedBy)
    }
    if (before?.kind === 'table' && after?.kind === 'table') {
      const parents = parentPairs(current.schema, target.schema, { current: before, target: after })
      compareColumns(fates, before, after, name => ({
        pairs: columnPairs(parents, name),
        passDefault: !parents.some(parent => isDefaultApart(parent.target, name, sides)),
      }))
      set(fates, replicaElement(after), before.replicaIdentity, after.replicaIdentity)
      set(fates, partitionElement(after), before.partitionOf, after.partitionOf)
    }
  }
}

/** Heirs of a changed table may have to say that they keep what it does not pass on. */
function withHeirs(fates: Fates, sides: readonly Side[]): [ElementId, Fate][] {
  const changed = [...fates].filter(([, fate]) => fate === 'change')
  const heirs = changed
    .filter(([id]) => id.startsWith('table:'))
    .flatMap(([id]) => sides.flatMap(side => heirsOf(id, side)))
    .map(({ schema, name }) => `table:${schema ?? ''}.${name}`)
    .filter(id => !fates.has(id) && sides.every(side => side.schema.objects.has(id)))
  return [...changed, ...[...new Set(heirs)].map((id): [ElementId, Fate] => [id, 'change'])]
}

/** The same column of the table's parents, and whether they pass changes of its default on. */
interface ParentColumns {
  readonly pairs: readonly ColumnPair[]
  readonly passDefault: boolean
}

function compareColumns(
  fates: Fates,
  current: Table,
  target: Table,
  parentsOf: (column: string) => ParentColumns,
): void {
  const before = new Map(current.columns.map(column => [column.name, column]))
  for (const column of target.columns) {
    compareColumn(fates, target, { current: before.get(column.name), target: column }, parentsOf)
    before.delete(column.name)
  }
  for (const column of before.values()) {
    compareColumn(fates, target, { current: column, target: undefined }, parentsOf)
  }
}

function compareColumn(
  fates: Fates,
  table: Table,
  { current, target }: ColumnPair,
  parentsOf: (column: string) => ParentColumns,
): void {
  const name = (target ?? current)?.name ?? ''
  const { pairs, passDefault } = parentsOf(name)
  const element = columnElement(table, name)
  const own = defaultElement(table, name)
  if (!current || !target) {
    const parent = pairs.find(pair => !pair.current === !current && !pair.target === !target)
    if (!parent) fates.set(element, current ? 'drop' : 'create')
    else comparePassedColumn(fates, table, { current, target }, parent)
    return
  }
  if (Object.keys(ownColumnChanges(current, target, pairs)).length > 0) {
    fates.set(element, 'change')
  }
  const isPassed = pairs.some(parent => !isEqual(parent.current?.default, parent.target?.default))
  if (!(isPassed && passDefault)) set(fates, own, current.default, target.default)
}

/** A column that comes or goes with its parent's, and has something of its own. */
function comparePassedColumn(
  fates: Fates,
  table: Table,
  { current, target }: ColumnPair,
  parent: ColumnPair,
): void {
  const own = target ?? current
  const passed = asPassed(own, target ? parent.target : parent.current)
  if (!own || !passed) return
  const isOwn = own.notNull !== passed.notNull || own.comment !== undefined
  if (isOwn) fates.set(columnElement(table, own.name), 'change')
  const [from, to] = target ? [passed, own] : [own, passed]
  set(fates, defaultElement(table, own.name), from.default, to.default)
}

function set(fates: Fates, element: ElementId, current: unknown, target: unknown): void {
  if (isEqual(current, target)) return
  if (current === undefined) fates.set(element, 'create')
  else fates.set(element, target === undefined ? 'drop' : 'change')
}
