import type { AddEnumValue, EnumUse, ReplaceEnumValues } from '../operations/operation.ts'
import { parseTypeName } from '../operations/type-names.ts'
import {
  type Column,
  type DefaultValue,
  type EnumType,
  isExpression,
  type ObjectId,
  type Table,
} from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { columnElement, defaultElement, type ElementId } from './elements.ts'
import { columnOf } from './inheritance.ts'
import { change, type Part } from './part.ts'
import { placeOf } from './place.ts'
import { typeId } from './type-ids.ts'

/** Gives an enum that stays the target's values: added one by one, or all at once with a new type. */
export function enumChange(
  id: ObjectId,
  current: EnumType,
  target: EnumType,
  comparison: Comparison,
): Part[] {
  if (String(current.values) === String(target.values)) return []
  const uses = enumUses(id, comparison)
  const columns = uses.map(({ use }) => use)
  const elements = [id, ...uses.map(({ element }) => element)]
  const added = addedValues(current, target)
  const operations = added?.map(value => addition(current, target, value, columns)) ?? [
    {
      kind: 'replaceEnumValues' as const,
      schema: target.schema,
      name: target.name,
      values: target.values,
      columns,
      ...placeForMapping(current, target, columns),
      existing: current.values,
      ...commentOf(current),
    },
  ]
  return operations.map((operation, position) =>
    change(step(id, position), {
      operation,
      place: [...placeOf(target), position],
      brings: [...elements, step(id, position)],
      removes: elements,
      needs: [...comparison.target.needs.of(id), step(id, position - 1)],
    }),
  )
}

/** What becomes of values that go has to be said where rows may have them. */
function placeForMapping(
  current: EnumType,
  target: EnumType,
  columns: readonly EnumUse[],
): Pick<ReplaceEnumValues, 'mapping'> {
  const isKept = current.values.every(value => target.values.includes(value))
  return isKept || columns.length === 0 ? {} : { mapping: {} }
}

/** Several values are added one after the other. */
function step(id: ObjectId, position: number): ElementId {
  return `value ${position} ${id}`
}

/** The values that are new, where the old ones stay in their order; undefined where they do not. */
export function addedValues(current: EnumType, target: EnumType): string[] | undefined {
  const before = new Set(current.values)
  const stayed = target.values.filter(value => before.has(value))
  const isKept =
    stayed.length === current.values.length && String(stayed) === String(current.values)
  return isKept ? target.values.filter(value => !before.has(value)) : undefined
}

function addition(
  current: EnumType,
  target: EnumType,
  value: string,
  columns: readonly EnumUse[],
): AddEnumValue {
  const position = target.values.indexOf(value)
  const earlier = new Set(target.values.slice(0, position))
  const before = new Set(current.values)
  const existing = target.values.filter(other => before.has(other) || earlier.has(other))
  const after = target.values[position - 1]
  const place = after === undefined ? { before: existing[0] } : { after }
  const { schema, name } = target
  return {
    kind: 'addEnumValue',
    schema,
    name,
    value,
    ...place,
    existing,
    columns,
    ...commentOf(current),
  }
}

/** A comment that changes does so afterwards. */
function commentOf({ comment }: EnumType): Pick<EnumType, 'comment'> {
  return comment === undefined ? {} : { comment }
}

interface FoundUse {
  readonly element: ElementId
  readonly use: EnumUse
}

/** The columns that have the type before and after; others come later or are gone by then. */
function enumUses(id: ObjectId, comparison: Comparison): FoundUse[] {
  const { current, target } = comparison
  return [...current.schema.objects].flatMap(([tableId, table]) => {
    const after = target.schema.objects.get(tableId)
    if (table.kind !== 'table' || after?.kind !== 'table' || isRebuilt(tableId, comparison))
      return []
    return table.columns
      .filter(column => typeId(current.schema, column.type) === id && !isInherited(table, column))
      .filter(({ name }) => typeId(target.schema, columnOf(after, name)?.type ?? '') === id)
      .map(column => ({
        element: columnElement(table, column.name),
        use: useOf(table, column, comparison),
      }))
  })
}

function isRebuilt(table: ElementId, { fates }: Comparison): boolean {
  return fates.get(table) === 'replace'
}

/** A parent's column takes those of its children with it. */
function isInherited(table: Table, column: Column): boolean {
  return table.partitionOf !== undefined || column.inherited === true
}

function useOf(table: Table, column: Column, { fates }: Comparison): EnumUse {
  const fate = fates.get(defaultElement(table, column.name))
  const stays = column.default && fate !== 'drop' && fate !== 'replace'
  return {
    schema: table.schema,
    table: table.name,
    column: column.name,
    ...(parseTypeName(column.type).array ? { array: true } : {}),
    ...(stays ? { default: spelled(column.default, column.type) } : {}),
  }
}

function spelled(value: DefaultValue, type: string): string {
  if (isExpression(value)) return value.sql
  return `'${String(value.value).replaceAll("'", "''")}'::${type}`
}
