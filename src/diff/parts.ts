import type { SchemaObject } from '../schema/index.ts'
import { alterationParts, isAlterable } from './alterations.ts'
import { columnChange, columnDown, columnReplace, columnUp } from './columns.ts'
import type { Comparison } from './comparison.ts'
import { constraintDown, constraintUp } from './constraints.ts'
import { defaultParts } from './defaults.ts'
import { columnElement, type ElementId } from './elements.ts'
import { enumChange } from './enums.ts'
import type { Fate } from './fates.ts'
import { indexDown, indexUp } from './indexes.ts'
import { columnOf, parentPairs } from './inheritance.ts'
import type { Subject } from './needs.ts'
import { commentParts, plainDown, plainUp } from './objects.ts'
import type { Part } from './part.ts'
import { comesFromParent } from './partitioned-checks.ts'
import { partitionParts } from './partitions.ts'
import { replicaParts } from './replica-identity.ts'
import { routineChange } from './routines.ts'
import { ownerParts, sequenceChange, sequenceDown, sequenceUp } from './sequences.ts'
import { tableChange, tableDown, tableUp } from './tables.ts'
import { triggerDown, triggerUp } from './triggers.ts'
import { viewChange } from './views.ts'

/** The parts that carry out every fate. */
export function makeParts(comparison: Comparison): Part[] {
  return [...comparison.fates].flatMap(([element, fate]) => partsOf(element, fate, comparison))
}

function partsOf(element: ElementId, fate: Fate, comparison: Comparison): Part[] {
  const subject =
    comparison.current.needs.subject(element) ?? comparison.target.needs.subject(element)
  if (!subject) return []
  return subject.part === 'whole'
    ? objectParts(element, fate, comparison)
    : subjectParts(subject, fate, comparison)
}

function objectParts(id: ElementId, fate: Fate, comparison: Comparison): Part[] {
  const current = comparison.current.schema.objects.get(id)
  const target = comparison.target.schema.objects.get(id)
  if (fate === 'change')
    return current && target ? changeParts(id, current, target, comparison) : []
  return [
    ...(current && fate !== 'create' ? downParts(id, current, comparison) : []),
    ...(target && fate !== 'drop' ? upParts(id, target, comparison) : []),
  ]
}

function upParts(id: ElementId, object: SchemaObject, comparison: Comparison): Part[] {
  switch (object.kind) {
    case 'table':
      return tableUp(id, object, comparison)
    case 'constraint':
      if (comesFromParent(object, comparison.target, comparison)) return []
      return [constraintUp(id, object, comparison)]
    case 'index':
      return [indexUp(id, object, comparison)]
    case 'sequence':
      return sequenceUp(id, object, comparison)
    case 'trigger':
      return [triggerUp(id, object, comparison)]
    default:
      return [plainUp(id, object, comparison)]
  }
}

function downParts(id: ElementId, object: SchemaObject, comparison: Comparison): Part[] {
  switch (object.kind) {
    case 'table':
      return tableDown(id, object, comparison)
    case 'constraint':
      if (comesFromParent(object, comparison.current, comparison)) return []
      return [constraintDown(id, object, comparison)]
    case 'index':
      return [indexDown(id, object, comparison)]
    case 'sequence':
      return sequenceDown(id, object, comparison)
    case 'trigger':
      return [triggerDown(id, object, comparison)]
    default:
      return [plainDown(id, object, comparison)]
  }
}

function changeParts(
  id: ElementId,
  current: SchemaObject,
  target: SchemaObject,
  comparison: Comparison,
): Part[] {
  if (current.kind === 'table' && target.kind === 'table')
    return tableChange(id, { current, target }, comparison)
  const comments = commentParts(id, current, target)
  if (current.kind === 'enum' && target.kind === 'enum') {
    return [...enumChange(id, current, target, comparison), ...comments]
  }
  if (current.kind === 'sequence' && target.kind === 'sequence') {
    return [...sequenceChange(id, current, target), ...comments]
  }
  if (isAlterable(current) && isAlterable(target)) {
    return alterationParts(id, current, target, comparison)
  }
  if (current.kind === 'view' && target.kind === 'view') {
    return viewChange(id, current, target, comparison)
  }
  if (current.kind === 'routine' && target.kind === 'routine') {
    return routineChange(id, current, target, comparison)
  }
  return comments
}

/** The parts of an object that stays; of one that goes or comes they are already there. */
function subjectParts(subject: Subject, fate: Fate, comparison: Comparison): Part[] {
  const { id, column: name = '' } = subject
  const ownFate = comparison.fates.get(id)
  const current = comparison.current.schema.objects.get(id)
  const target = comparison.target.schema.objects.get(id)
  if (!current || !target || ownFate === 'replace') return []
  if (current.kind === 'sequence' && target.kind === 'sequence') {
    return ownerParts(current, target, fate, comparison)
  }
  if (current.kind !== 'table' || target.kind !== 'table') return []
  const pair = { current, target }
  switch (subject.part) {
    case 'column':
      return columnParts(pair, name, fate, comparison)
    case 'default':
      return defaultParts(target, name, fate, comparison)
    case 'replica':
      return replicaParts(pair, fate, comparison)
    default:
      return partitionParts(pair, comparison)
  }
}

/** A column that a parent has as well is taken down and put back there. */
function isDoneByParent(
  pair: Parameters<typeof columnChange>[0],
  name: string,
  { current, target, fates }: Comparison,
): boolean {
  const parents = parentPairs(current.schema, target.schema, pair)
  return parents.some(({ target: parent }) => fates.get(columnElement(parent, name)) === 'replace')
}

function columnParts(
  pair: Parameters<typeof columnChange>[0],
  name: string,
  fate: Fate,
  comparison: Comparison,
): Part[] {
  const [before, after] = [columnOf(pair.current, name), columnOf(pair.target, name)]
  switch (fate) {
    case 'create':
      return after ? columnUp(pair.target, after, comparison) : []
    case 'drop':
      return before ? columnDown(pair.current, before, comparison) : []
    case 'change':
      return columnChange(pair, name, comparison)
    case 'replace':
      return isDoneByParent(pair, name, comparison) ? [] : columnReplace(pair, name, comparison)
  }
}
