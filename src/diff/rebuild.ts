import type { Column, EnumType, IndexElement, Table } from '../schema/index.ts'
import type { Side } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { addedValues } from './enums.ts'
import { isEqual } from './equal.ts'
import type { Fate } from './fates.ts'
import { columnFamily } from './heirs.ts'
import { columnOf, parentIds } from './inheritance.ts'
import type { Subject } from './needs.ts'
import { isPartitionedBy } from './partitioning.ts'
import { isSameFamily } from './type-families.ts'

/**
 * What happens to an element that others use. `dropped`: it goes. `gone`: it is not there for a while.
 * `rebuilt`: a column is dropped and added again. `retyped`: a column has another type, which some
 * dependents do not survive. `parked`: the same, and for a while it has one that less can be done with.
 * `recast`: the same, and its enum is another type for a while.
 */
type Disturbance = 'dropped' | 'gone' | 'rebuilt' | 'retyped' | 'parked' | 'recast'

/**
 * Finds what has to be taken down and put back because something below it goes or changes: marks it
 * `replace` among the fates, and so on with what depends on that.
 */
export function spreadFates(fates: Map<ElementId, Fate>, current: Side, target: Side): void {
  let queue = [...fates.keys()].flatMap(element => disturbances(element, fates, current, target))
  const seen = new Set(queue.map(String))
  while (queue.length > 0) {
    for (const [element, how] of queue) {
      for (const dependent of current.needs.dependents(element)) {
        const next = follow({ dependent, element, how }, fates, current, target)
        if (!next || seen.has(String(next))) continue
        seen.add(String(next))
        queue.push(next)
      }
    }
    queue = caught(fates, current, target)
  }
}

type Disturbed = readonly [ElementId, Disturbance]

function disturbances(
  element: ElementId,
  fates: ReadonlyMap<ElementId, Fate>,
  current: Side,
  target: Side,
): Disturbed[] {
  const fate = fates.get(element)
  const before = current.needs.subject(element)
  if (!before || fate === 'create') return []
  const how = disturbance(fate, before, target.needs.subject(element))
  return how ? inFamily(element, before, current).map(one => [one, how]) : []
}

function disturbance(
  fate: Fate | undefined,
  before: Subject,
  after: Subject | undefined,
): Disturbance | undefined {
  if (fate === 'change') return changeDisturbance(before, after)
  return fate === 'drop' ? 'dropped' : 'gone'
}

/** What happens to a column happens to those that partitions and children have from it. */
function inFamily(element: ElementId, { part, object, column }: Subject, side: Side): ElementId[] {
  const isColumn = part === 'column' && object.kind === 'table' && column !== undefined
  return isColumn ? columnFamily(object, column, [side]) : [element]
}

function changeDisturbance(before: Subject, after: Subject | undefined): Disturbance | undefined {
  if (before.part === 'whole' && before.object.kind === 'enum') {
    return addedValues(before.object, after?.object as EnumType) ? undefined : 'recast'
  }
  const [old, fresh] = [columnIn(before), columnIn(after)]
  if (before.part !== 'column' || !old || !fresh) return undefined
  if (!isEqual(old.generated, fresh.generated)) return 'rebuilt'
  const isRetyped = old.type !== fresh.type || old.collation !== fresh.collation
  return isRetyped ? 'retyped' : undefined
}

/** The column that an element is, or belongs to. */
function columnIn(subject: Subject | undefined): Column | undefined {
  if (subject?.object.kind !== 'table' || subject.column === undefined) return undefined
  return columnOf(subject.object, subject.column)
}

interface Link {
  readonly dependent: ElementId
  readonly element: ElementId
  readonly how: Disturbance
}

/** Marks a dependent where it is disturbed, and says how it disturbs others in turn. */
function follow(
  link: Link,
  fates: Map<ElementId, Fate>,
  current: Side,
  target: Side,
): Disturbed | undefined {
  const { dependent, element, how } = link
  const subject = current.needs.subject(dependent)
  const fate = fates.get(dependent)
  if (!subject || !target.needs.subject(dependent)) return undefined
  if ((fate && fate !== 'change') || goesWithItsObject(subject, fates)) return undefined
  if (how === 'recast' && element.startsWith('enum:') && subject.part === 'column') {
    if (!isPartitionedBy(subject.object as Table, subject.column ?? ''))
      return [dependent, 'recast']
    fates.set(subject.id, 'replace')
    return [subject.id, 'gone']
  }
  if (!isDisturbed(link, subject, fates, current, target)) return undefined
  fates.set(dependent, 'replace')
  const staysInPlace = subject.part === 'column' && !columnIn(subject)?.generated
  return [dependent, staysInPlace ? 'parked' : 'gone']
}

function goesWithItsObject({ part, id }: Subject, fates: ReadonlyMap<ElementId, Fate>): boolean {
  const fate = fates.get(id)
  return part !== 'whole' && fate !== undefined && fate !== 'change'
}

function isDisturbed(
  { dependent, element, how }: Link,
  subject: Subject,
  fates: ReadonlyMap<ElementId, Fate>,
  current: Side,
  target: Side,
): boolean {
  if (subject.part === 'whole' && subject.object.kind === 'table') {
    return (how === 'gone' || how === 'dropped') && parentIds(subject.object).includes(element)
  }
  const isCertain = current.needs.of(dependent).has(element)
  if (subject.part === 'partition' && element.startsWith('column:')) return false
  if (how === 'dropped' && !isCertain) return false
  if (how === 'dropped' || how === 'gone' || how === 'rebuilt') {
    return fates.get(dependent) !== 'change' || target.needs.touches(dependent).has(element)
  }
  if (element.startsWith('enum:')) return isCertain && diesWithEnum(dependent, subject, fates)
  if (how === 'parked' && diesWhenParked(subject)) return true
  return diesWithType(
    subject,
    how === 'retyped' && survivesForeignKeys(element, fates, current, target),
  )
}

/** What the waiting type may have no operators or functions for: only plain keys surely have. */
function diesWhenParked({ part, object }: Subject): boolean {
  if (part !== 'whole') return false
  if (object.kind === 'constraint') return object.type === 'check' || object.type === 'exclude'
  if (object.kind !== 'index') return false
  const isPlain = (element: IndexElement) =>
    element.expression === undefined && element.opclass === undefined
  const isUsual = object.method === undefined && object.where === undefined
  return !(isUsual && object.elements.every(isPlain))
}

/**
 * Marks what can change neither before something goes, since it will rest on what comes in its place,
 * nor after it has come, since it is in the way of its going.
 */
function caught(fates: Map<ElementId, Fate>, current: Side, target: Side): Disturbed[] {
  const elements = [...fates.keys()].filter(element => isCaught(element, fates, current, target))
  for (const element of elements) fates.set(element, 'replace')
  return elements.map(element => [element, 'gone'])
}

function isCaught(
  element: ElementId,
  fates: ReadonlyMap<ElementId, Fate>,
  current: Side,
  target: Side,
): boolean {
  const subject = target.needs.subject(element)
  if (fates.get(element) !== 'change' || !subject || !changesNeeds(subject)) return false
  const goes = below(element, current).filter(isGone(fates))
  if (goes.length === 0) return false
  // Its own change would drop it and add it as well.
  if (subject.part === 'column') return true
  // A view that groups by a key has to go before the columns of that key can change.
  if (subject.object.kind === 'view' && goes.some(one => one.startsWith('constraint:'))) return true
  const comes = new Set(below(element, target).map(spotOf))
  return goes.some(one => comes.has(spotOf(one)))
}

/** Whether a change in place gives it other needs. */
function changesNeeds(subject: Subject): boolean {
  const { part, object } = subject
  if (part === 'column') return columnIn(subject)?.generated !== undefined
  const isText = object.kind === 'routine' || object.kind === 'view'
  return part === 'default' || (part === 'whole' && isText)
}

const isGone = (fates: ReadonlyMap<ElementId, Fate>) => (element: ElementId) => {
  const fate = fates.get(element)
  return fate === 'drop' || fate === 'replace'
}

/** Everything that an element rests on, directly or through others. */
function below(element: ElementId, { needs }: Side): ElementId[] {
  const reached = new Set(needs.of(element))
  for (const need of reached) for (const next of needs.of(need)) reached.add(next)
  return [...reached]
}

/**
 * What there is only one of at a time, or should be: a relation of a name, and a routine, since a call with
 * defaults may mean either of two.
 */
function spotOf(element: ElementId): string {
  const [, kind = '', path = ''] = /^(\w+):(.*)$/s.exec(element) ?? []
  if (['table', 'view', 'materializedView'].includes(kind)) return `relation ${path}`
  if (['routine', 'aggregate'].includes(kind)) return `routine ${path.replace(/\(.*$/s, '')}`
  return element
}

/** A default that stays is taken off and put back by the change of the enum itself. */
function diesWithEnum(
  dependent: ElementId,
  { part }: Subject,
  fates: ReadonlyMap<ElementId, Fate>,
): boolean {
  return part === 'default' ? fates.get(dependent) === 'change' : part === 'whole'
}

/** What PostgreSQL does not rebuild by itself when a column's type changes. */
function diesWithType({ part, object, column }: Subject, keepsForeignKeys: boolean): boolean {
  if (part === 'column') return columnOf(object as Table, column ?? '')?.generated !== undefined
  if (part !== 'whole') return false
  switch (object.kind) {
    case 'constraint':
      return object.type === 'foreignKey' && !keepsForeignKeys
    case 'view':
    case 'materializedView':
    case 'rule':
    case 'policy':
    case 'trigger':
    case 'routine':
    case 'publication':
      return true
    default:
      return false
  }
}

function survivesForeignKeys(
  column: ElementId,
  fates: ReadonlyMap<ElementId, Fate>,
  current: Side,
  target: Side,
): boolean {
  const before = columnIn(current.needs.subject(column))
  const after = columnIn(target.needs.subject(column))
  if (!before || !after || fates.get(column) !== 'change') return false
  return isSameFamily(before.type, after.type)
}
