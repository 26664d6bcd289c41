import { columnId, defaultId, type ObjectId, type SchemaObject } from '../../../schema/index.ts'
import { type CatalogQuery, firstUserOid } from './catalog-query.ts'
import type { ColumnRow } from './columns.ts'
import { address, type CatalogAddress, type FoundObject } from './found-object.ts'

interface DependencyRow {
  readonly catalog: string
  readonly oid: string
  /** A column's number, 0 for the whole. */
  readonly part: number
  readonly onCatalog: string
  readonly onOid: string
  /** … and of the column that is needed. */
  readonly onPart: number
  /** `i`: a part of what it depends on; `e`: a member of an extension; `a`: dropped with it. */
  readonly type: string
}

/** Of what initdb made only the members of extensions matter: a function needs the one of its language. */
export const dependenciesQuery: CatalogQuery<DependencyRow> = () => `
  select d.classid::regclass as catalog, d.objid as oid, d.objsubid as part,
    d.refclassid::regclass as "onCatalog", d.refobjid as "onOid", d.refobjsubid as "onPart",
    d.deptype as type
  from pg_depend d
  where d.objid >= ${firstUserOid} or d.deptype = 'e'`

export type Needs = ReadonlyMap<ObjectId, readonly ObjectId[]>

/**
 * Translates pg_depend: what each object, and each column's default or generation expression, needs
 * to exist before it. What a part of an object needs, the object needs.
 */
export function readDependencies(
  rows: readonly DependencyRow[],
  found: ReadonlyMap<ObjectId, FoundObject>,
  columns: readonly ColumnRow[],
): Needs {
  const expressions = columnExpressions(found, columns)
  const idOf = identification(rows, found, expressions)
  const columnOf = tableColumns(found, columns)
  const needs = new Map<ObjectId, Set<ObjectId>>()
  for (const [id, { object }] of found) needs.set(id, containingSchema(object, found))
  for (const row of rows) {
    const expression = expressions.byColumn.get(`${row.oid}.${row.part}`)
    const id = isOfGeneration(row) && expression ? expression : idOf(row.catalog, row.oid)
    const whole = idOf(row.onCatalog, row.onOid)
    if (id === undefined || id === whole || isOwnership(row, id)) continue
    const isOther =
      whole !== undefined && found.has(whole) && whole !== expressions.relations.get(id)
    const column = tellsItsColumns(id) ? undefined : columnOf(row)
    const needed = [isOther ? whole : undefined, isOwnColumn(id, column) ? undefined : column]
    for (const each of needed) {
      if (each !== undefined) needs.set(id, (needs.get(id) ?? new Set()).add(each))
    }
  }
  return new Map([...needs].map(([id, set]) => [id, [...set].sort()]))
}

/** An expression goes with its column, whatever it names. */
function isOwnColumn(id: ObjectId, column: ObjectId | undefined): boolean {
  return column?.replace('column:', 'default:') === id
}

function containingSchema(
  object: SchemaObject,
  found: ReadonlyMap<ObjectId, FoundObject>,
): Set<ObjectId> {
  const id = 'schema' in object ? `schema:${object.schema}` : ''
  return new Set(found.has(id) ? [id] : [])
}

/** Keys and indexes name their columns themselves. */
function tellsItsColumns(id: ObjectId): boolean {
  return id.startsWith('constraint:') || id.startsWith('index:')
}

/** The id of the table's column that a row is about. */
function tableColumns(
  found: ReadonlyMap<ObjectId, FoundObject>,
  columns: readonly ColumnRow[],
): (row: DependencyRow) => ObjectId | undefined {
  const owners = byEachAddress(found)
  const ids = new Map<string, ObjectId>()
  for (const { table, number, name } of columns) {
    const object = found.get(owners.get(address('pg_class', table)) ?? '')?.object
    if (object?.kind === 'table') {
      ids.set(`${table}.${number}`, columnId(object.schema ?? '', object.name, name))
    }
  }
  return ({ onCatalog, onOid, onPart }) =>
    onCatalog === 'pg_class' && onPart > 0 ? ids.get(`${onOid}.${onPart}`) : undefined
}

/** A sequence goes with the column that owns it, and yet exists before it. */
function isOwnership({ type }: DependencyRow, id: ObjectId): boolean {
  return type === 'a' && id.startsWith('sequence:')
}

/** Before PostgreSQL 15 the column itself, not its expression, depends on what it is generated from. */
function isOfGeneration({ catalog, part, type }: DependencyRow): boolean {
  return catalog === 'pg_class' && part > 0 && type === 'a'
}

interface ColumnExpressions {
  /** The ids of expressions by column: `oid.number`. */
  readonly byColumn: ReadonlyMap<string, ObjectId>
  /** … and by their row in pg_attrdef. */
  readonly byAddress: ReadonlyMap<CatalogAddress, ObjectId>
  /** The relation that each belongs to, which it need not name. */
  readonly relations: ReadonlyMap<ObjectId, ObjectId>
}

function columnExpressions(
  found: ReadonlyMap<ObjectId, FoundObject>,
  columns: readonly ColumnRow[],
): ColumnExpressions {
  const byColumn = new Map<string, ObjectId>()
  const byAddress = new Map<CatalogAddress, ObjectId>()
  const relations = new Map<ObjectId, ObjectId>()
  const owners = byEachAddress(found)
  for (const column of columns) {
    const relation = owners.get(address('pg_class', column.table))
    const object = relation && found.get(relation)?.object
    if (column.expressionOid === null || !object || !('schema' in object)) continue
    const id = defaultId(object.schema ?? '', object.name ?? '', column.name)
    byColumn.set(`${column.table}.${column.number}`, id)
    byAddress.set(address('pg_attrdef', column.expressionOid), id)
    relations.set(id, relation)
  }
  return { byColumn, byAddress, relations }
}

function byEachAddress(found: ReadonlyMap<ObjectId, FoundObject>): Map<CatalogAddress, ObjectId> {
  return new Map(
    [...found].flatMap(([id, { addresses }]) => addresses.map(place => [place, id] as const)),
  )
}

/**
 * Which id stands for a row of a catalog. What is no object of its own (a row type, an array, the
 * index of a constraint, a view's rule, a member of an extension) belongs to what it is a part of.
 */
function identification(
  rows: readonly DependencyRow[],
  found: ReadonlyMap<ObjectId, FoundObject>,
  expressions: ColumnExpressions,
): (catalog: string, oid: string) => ObjectId | undefined {
  const ids = new Map([...byEachAddress(found), ...expressions.byAddress])
  const wholes = new Map(
    rows
      .filter(isPart)
      .map(row => [address(row.catalog, row.oid), address(row.onCatalog, row.onOid)]),
  )
  return (catalog, oid) => {
    const place = address(catalog, oid)
    for (let at: string | undefined = place, steps = 0; at && steps < 10; steps++) {
      const id = ids.get(at)
      if (id !== undefined) return id
      at = wholes.get(at)
    }
    return undefined
  }
}

/** Operators and functions added to a family by themselves only go with it. */
function isPart({ type, catalog, onCatalog }: DependencyRow): boolean {
  if (type === 'i' || type === 'e') return true
  return ['pg_amop', 'pg_amproc'].includes(catalog) && onCatalog === 'pg_opfamily'
}
