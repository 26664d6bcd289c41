import { columnId, defaultId, type ObjectId, type SchemaObject } from '../../../schema/index.ts'
import { type CatalogQuery, firstUserOid } from './catalog-query.ts'
import type { ColumnsByTable } from './columns.ts'
import type { FoundObject } from './found-object.ts'

/** Rows of pg_depend that are about the same catalogs, column by column: there are many. */
interface DependencyRows {
  readonly catalog: string
  readonly onCatalog: string
  /** `i`: a part of what it depends on; `e`: a member of an extension; `a`: dropped with it. */
  readonly type: string
  readonly oids: readonly number[]
  /** Numbers of columns, 0 for the whole. */
  readonly parts: readonly number[]
  readonly onOids: readonly number[]
  /** … and of the columns that are needed. */
  readonly onParts: readonly number[]
}

/** Of what initdb made only the members of extensions matter: a function needs the one of its language. */
export const dependenciesQuery: CatalogQuery<DependencyRows> = () => `
  select d.classid::regclass as catalog, d.refclassid::regclass as "onCatalog", d.deptype as type,
    array_agg(d.objid::bigint) as oids, array_agg(d.objsubid) as parts,
    array_agg(d.refobjid::bigint) as "onOids", array_agg(d.refobjsubid) as "onParts"
  from pg_depend d
  where d.objid >= ${firstUserOid} or d.deptype = 'e'
  group by d.classid, d.refclassid, d.deptype`

export type Needs = ReadonlyMap<ObjectId, readonly ObjectId[]>

/**
 * Translates pg_depend: what each object, and each column's default or generation expression, needs
 * to exist before it. What a part of an object needs, the object needs.
 */
export function readDependencies(
  groups: readonly DependencyRows[],
  found: ReadonlyMap<ObjectId, FoundObject>,
  columns: ColumnsByTable,
): Needs {
  const owners = byEachAddress(found)
  const expressions = columnExpressions(found, owners, columns)
  const idOf = identification(groups, owners, expressions)
  const columnOf = tableColumns(found, owners, columns)
  const needs = new Map<ObjectId, ObjectId[]>()
  for (const [id, { object }] of found) needs.set(id, containingSchema(object, found))
  const add = (id: ObjectId, need: ObjectId) => {
    const own = needs.get(id)
    if (own) own.push(need)
    else needs.set(id, [need])
  }
  for (const group of groups) {
    const { catalog, onCatalog, type, oids, parts, onOids, onParts } = group
    const ofColumns = expressionsOfColumns(group, expressions)
    for (const [place, oid] of oids.entries()) {
      const id = ofColumns?.(oid, parts[place]!) ?? idOf(catalog, oid)
      if (id === undefined || isOwnership(type, id)) continue
      const whole = idOf(onCatalog, onOids[place]!)
      if (id === whole) continue
      const isThere = whole !== undefined && found.has(whole)
      if (isThere && whole !== expressions.relations.get(id)) add(id, whole)
      if (onCatalog !== 'pg_class' || onParts[place] === 0 || tellsItsColumns(id)) continue
      const column = columnOf(onOids[place]!, onParts[place]!)
      if (column !== undefined && !isOwnColumn(id, column)) add(id, column)
    }
  }
  for (const [id, list] of needs) if (list.length > 1) needs.set(id, sortedOnce(list))
  return needs
}

/** In order, each one once. */
function sortedOnce(ids: ObjectId[]): ObjectId[] {
  return ids.sort().filter((id, place) => id !== ids[place - 1])
}

/** An expression goes with its column, whatever it names. */
function isOwnColumn(id: ObjectId, column: ObjectId): boolean {
  return id.startsWith('default:') && column.slice('column'.length) === id.slice('default'.length)
}

function containingSchema(
  object: SchemaObject,
  found: ReadonlyMap<ObjectId, FoundObject>,
): ObjectId[] {
  const id = 'schema' in object ? `schema:${object.schema}` : ''
  return found.has(id) ? [id] : []
}

/** Keys and indexes name their columns themselves. */
function tellsItsColumns(id: ObjectId): boolean {
  return id.startsWith('constraint:') || id.startsWith('index:')
}

/** The id of a table's column. */
function tableColumns(
  found: ReadonlyMap<ObjectId, FoundObject>,
  owners: AddressMap<ObjectId>,
  columns: ColumnsByTable,
): (table: number, number: number) => ObjectId | undefined {
  return (table, number) => {
    const object = found.get(owners.get('pg_class', table) ?? '')?.object
    if (object?.kind !== 'table') return undefined
    const column = columns.numbered(String(table), number)
    return column && columnId(object.schema ?? '', object.name, column.name)
  }
}

/** A sequence goes with the column that owns it, and yet exists before it. */
function isOwnership(type: string, id: ObjectId): boolean {
  return type === 'a' && id.startsWith('sequence:')
}

/** Before PostgreSQL 15 the column itself, not its expression, depends on what it is generated from. */
function expressionsOfColumns(
  { catalog, type }: DependencyRows,
  { byColumn }: ColumnExpressions,
): ((table: number, number: number) => ObjectId | undefined) | undefined {
  if (catalog !== 'pg_class' || type !== 'a') return undefined
  return (table, number) => (number > 0 ? byColumn.get(`${table}.${number}`) : undefined)
}

interface ColumnExpressions {
  /** The ids of expressions by column: `oid.number`. */
  readonly byColumn: ReadonlyMap<string, ObjectId>
  /** … and by their row in pg_attrdef. */
  readonly byAddress: AddressMap<ObjectId>
  /** The relation that each belongs to, which it need not name. */
  readonly relations: ReadonlyMap<ObjectId, ObjectId>
}

function columnExpressions(
  found: ReadonlyMap<ObjectId, FoundObject>,
  owners: AddressMap<ObjectId>,
  columns: ColumnsByTable,
): ColumnExpressions {
  const byColumn = new Map<string, ObjectId>()
  const byAddress = new AddressMap<ObjectId>()
  const relations = new Map<ObjectId, ObjectId>()
  for (const column of columns.all) {
    if (column.expressionOid === null) continue
    const relation = owners.get('pg_class', Number(column.table))
    const object = relation && found.get(relation)?.object
    if (!object || !('schema' in object)) continue
    const id = defaultId(object.schema ?? '', object.name ?? '', column.name)
    byColumn.set(`${column.table}.${column.number}`, id)
    byAddress.set('pg_attrdef', Number(column.expressionOid), id)
    relations.set(id, relation)
  }
  return { byColumn, byAddress, relations }
}

/** What belongs to rows of catalogs. */
class AddressMap<V> {
  readonly #catalogs = new Map<string, Map<number, V>>()

  get(catalog: string, oid: number): V | undefined {
    return this.#catalogs.get(catalog)?.get(oid)
  }

  set(catalog: string, oid: number, value: V): void {
    const rows = this.#catalogs.get(catalog)
    if (rows) rows.set(oid, value)
    else this.#catalogs.set(catalog, new Map([[oid, value]]))
  }
}

function byEachAddress(found: ReadonlyMap<ObjectId, FoundObject>): AddressMap<ObjectId> {
  const ids = new AddressMap<ObjectId>()
  for (const [id, { addresses }] of found)
    for (const { catalog, oid } of addresses) ids.set(catalog, Number(oid), id)
  return ids
}

/** A part of something, and where that is. */
interface Whole {
  readonly catalog: string
  readonly oid: number
}

/**
 * Which id stands for a row of a catalog. What is no object of its own (a row type, an array, the
 * index of a constraint, a view's rule, a member of an extension) belongs to what it is a part of.
 */
function identification(
  groups: readonly DependencyRows[],
  owners: AddressMap<ObjectId>,
  { byAddress }: ColumnExpressions,
): (catalog: string, oid: number) => ObjectId | undefined {
  const wholes = new AddressMap<Whole>()
  for (const group of groups.filter(isOfParts))
    for (const [place, oid] of group.oids.entries())
      wholes.set(group.catalog, oid, { catalog: group.onCatalog, oid: group.onOids[place]! })
  return (catalog, oid) => {
    let at: Whole | undefined = { catalog, oid }
    for (let steps = 0; at && steps < 10; steps++) {
      const id = byAddress.get(at.catalog, at.oid) ?? owners.get(at.catalog, at.oid)
      if (id !== undefined) return id
      at = wholes.get(at.catalog, at.oid)
    }
    return undefined
  }
}

/** Operators and functions added to a family by themselves only go with it. */
function isOfParts({ type, catalog, onCatalog }: DependencyRows): boolean {
  if (type === 'i' || type === 'e') return true
  return ['pg_amop', 'pg_amproc'].includes(catalog) && onCatalog === 'pg_opfamily'
}
