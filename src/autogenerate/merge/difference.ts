import { diff } from '../../diff/diff.ts'
import { LimbeckError } from '../../errors.ts'
import { describeAll } from '../../operations/describe.ts'
import { Names } from '../../operations/describe-names.ts'
import {
  type DatabaseSchema,
  type ObjectId,
  type SchemaObject,
  spokenId,
} from '../../schema/index.ts'
import { unequalObjects } from '../schema-equality.ts'

/** Where two schemas are not the same. */
export interface Difference {
  readonly objects: readonly ObjectId[]
  /** What leads from the one to the other, in lines; else the objects themselves. */
  readonly lines: readonly string[]
}

/**
 * Where two schemas differ; undefined where they are the same. The order of a table's columns is no
 * difference: nothing but a new table could change it.
 */
export function differenceBetween(a: DatabaseSchema, b: DatabaseSchema): Difference | undefined {
  const objects = unequalObjects(withSortedColumns(a), withSortedColumns(b))
  const strangers = unlikeStrangers(a, b)
  if (objects.length + strangers.length === 0) return undefined
  const named = objects.map(id => `~ ${spokenId(id, a.defaultSchema)}`)
  const changes = objects.length === 0 ? [] : changesBetween(a, b)
  return {
    objects: [...objects, ...strangers],
    lines: [...(changes.length === 0 ? named : changes), ...strangers.map(name => `~ ${name}`)],
  }
}

/** Tables that do not have their columns in one and the same order, by name. */
export function tablesInOtherOrder(schemas: readonly DatabaseSchema[]): string[] {
  const [first, ...others] = schemas
  const names = new Names(first!.defaultSchema)
  return [...first!.objects].flatMap(([id, table]) => {
    const order = columnsOf(table)
    const isSame = others.every(({ objects }) => columnsOf(objects.get(id)) === order)
    if (isSame || table.kind !== 'table') return []
    return [names.of(table)]
  })
}

const columnsOf = (object: SchemaObject | undefined): string =>
  object?.kind === 'table' ? JSON.stringify(object.columns.map(({ name }) => name)) : ''

function withSortedColumns(schema: DatabaseSchema): DatabaseSchema {
  const objects = [...schema.objects].map(([id, object]): [ObjectId, SchemaObject] =>
    object.kind === 'table'
      ? [id, { ...object, columns: object.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }]
      : [id, object],
  )
  return { ...schema, objects: new Map(objects) }
}

/** Objects that are not modelled, and are not in both schemas. */
function unlikeStrangers(a: DatabaseSchema, b: DatabaseSchema): string[] {
  const [ours, theirs] = [a, b].map(({ unmodelled }) =>
    unmodelled.map(({ kind, name }) => `${kind} ${name}`),
  )
  return [
    ...ours!.filter(name => !theirs!.includes(name)),
    ...theirs!.filter(name => !ours!.includes(name)),
  ]
}

/** What would turn the one into the other; nothing where no order of statements could. */
function changesBetween(a: DatabaseSchema, b: DatabaseSchema): string[] {
  try {
    return describeAll(diff(a, b).operations, b.defaultSchema)
  } catch (error) {
    if (error instanceof LimbeckError) return []
    throw error
  }
}
