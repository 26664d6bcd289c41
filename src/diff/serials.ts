import { serialBase } from '../operations/type-names.ts'
import {
  type Column,
  type DatabaseSchema,
  defaultId,
  type ObjectId,
  objectId,
  quoteIdentifier,
  type SchemaObject,
  type Sequence,
  sequenceNameOf,
  type Table,
} from '../schema/index.ts'

/**
 * A column that becomes `serial` or ends being it is one change of its type, unless the other side
 * already says something of its own about default or sequence. Then both sides are told in the long
 * way, an integer, its sequence, its default, and each of these is compared by itself.
 */
export function expandSerials(
  current: DatabaseSchema,
  target: DatabaseSchema,
): readonly [DatabaseSchema, DatabaseSchema] {
  const columns = [...target.objects].flatMap(([id, table]) => {
    const before = current.objects.get(id)
    if (table.kind !== 'table' || before?.kind !== 'table') return []
    return unlikeSerials(before, table, [current, target])
  })
  if (columns.length === 0) return [current, target]
  return [expand(current, columns), expand(target, columns)]
}

/** A column by its table and name. */
type ColumnOf = readonly [Table, string]

function unlikeSerials(
  current: Table,
  target: Table,
  sides: readonly DatabaseSchema[],
): ColumnOf[] {
  const isSerial = ({ type }: Column) => serialBase(type) !== undefined
  if (!current.columns.some(isSerial) && !target.columns.some(isSerial)) return []
  const before = new Map(current.columns.map(column => [column.name, column]))
  return target.columns
    .filter(column => {
      const pair = [before.get(column.name), column].filter(side => side !== undefined)
      return (
        pair.some(side => serialBase(side.type)) &&
        // Only a sequence that is told by itself can be said to be unlogged, as its table's is.
        (current.unlogged || target.unlogged || pair.some(side => isInTheWay(target, side, sides)))
      )
    })
    .map(column => [target, column.name])
}

function isInTheWay(table: Table, column: Column, sides: readonly DatabaseSchema[]): boolean {
  if (column.default !== undefined) return true
  const id = `sequence:${table.schema ?? ''}.${sequenceNameOf(table.name, column.name)}`
  return sides.some(side => side.objects.has(id))
}

function expand(schema: DatabaseSchema, columns: readonly ColumnOf[]): DatabaseSchema {
  const objects = new Map(schema.objects)
  const dependencies = new Map(schema.dependencies)
  for (const [{ schema: space, name: tableName }, name] of columns) {
    const id = `table:${space ?? ''}.${tableName}`
    const table = objects.get(id) as Table
    const column = table.columns.find(candidate => candidate.name === name)
    const type = column && serialBase(column.type)
    if (!column || !type) continue
    const sequence = sequenceOf(table, name, type, schema.serverVersion)
    objects.set(id, {
      ...table,
      columns: table.columns.map(c => (c === column ? long(c, type, sequence) : c)),
    })
    add(objects, sequence)
    dependencies.set(defaultId(space ?? '', tableName, name), [objectId(sequence)])
  }
  return { ...schema, objects, dependencies }
}

function add(objects: Map<ObjectId, SchemaObject>, object: SchemaObject): void {
  objects.set(objectId(object), object)
}

/** PostgreSQL 15: the sequence of a table that is unlogged is that too. */
function sequenceOf(
  { schema, name: table, unlogged }: Table,
  column: string,
  type: string,
  serverVersion: number,
): Sequence {
  return {
    kind: 'sequence',
    schema,
    ...(unlogged && serverVersion >= 150_000 ? { unlogged } : {}),
    name: sequenceNameOf(table, column),
    ...(type === 'bigint' ? {} : { type: type as 'smallint' | 'integer' }),
    ownedBy: { schema, table, column },
  }
}

function long(column: Column, type: string, { schema, name }: Sequence): Column {
  const path = [...(schema === undefined ? [] : [schema]), name].map(quoteIdentifier).join('.')
  const sql = `nextval('${path.replaceAll("'", "''")}'::regclass)`
  return { ...column, type, default: { sql } }
}
