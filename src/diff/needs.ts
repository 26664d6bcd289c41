import {
  type Column,
  columnId,
  type DatabaseSchema,
  type ObjectId,
  type SchemaObject,
  type Sequence,
  type Table,
  type View,
} from '../schema/index.ts'
import {
  columnElement,
  defaultElement,
  type ElementId,
  ownerElement,
  partitionElement,
  relationIds,
  replicaElement,
} from './elements.ts'
import { existing, spokenNeeds } from './spoken-needs.ts'
import { collationId, typeId } from './type-ids.ts'

/** What each element of one schema needs to exist before it, and what needs it in turn. */
export interface Needs {
  /** What an element surely needs. */
  of(element: ElementId): ReadonlySet<ElementId>
  /** That, and what it may be using: every column of a table of which it names none. */
  touches(element: ElementId): ReadonlySet<ElementId>
  /** The elements that touch this one. */
  dependents(element: ElementId): readonly ElementId[]
  /** What an element is; undefined where it is not there. */
  subject(element: ElementId): Subject | undefined
}

/** An object, or one of its parts that comes and goes by itself. */
export interface Subject {
  readonly part: 'whole' | 'column' | 'default' | 'owner' | 'replica' | 'partition'
  readonly id: ObjectId
  readonly object: SchemaObject
  /** The name of the column, for a column or a default. */
  readonly column?: string | undefined
}

/** Reads the needs that a schema reports, and those that its objects' own words tell. */
export function readNeeds(schema: DatabaseSchema): Needs {
  const of = new Map<ElementId, ReadonlySet<ElementId>>()
  const touches = new Map<ElementId, ReadonlySet<ElementId>>()
  const dependents = new Map<ElementId, ElementId[]>()
  const subjects = new Map<ElementId, Subject>()
  const columns = columnsByTable(schema)
  for (const [id, object] of schema.objects) {
    for (const entry of elementsOf(schema, id, object)) {
      const needs = new Set(entry.needs.filter(other => other !== entry.element))
      const touched = entry.varies ? withColumns(needs, columns) : needs
      subjects.set(entry.element, { part: 'whole', id, object, ...entry.subject })
      of.set(entry.element, needs)
      touches.set(entry.element, touched)
      for (const other of touched) {
        const list = dependents.get(other)
        if (list) list.push(entry.element)
        else dependents.set(other, [entry.element])
      }
    }
  }
  return {
    of: element => of.get(element) ?? nothing,
    touches: element => touches.get(element) ?? nothing,
    dependents: element => dependents.get(element) ?? [],
    subject: element => subjects.get(element),
  }
}

const nothing: ReadonlySet<ElementId> = new Set()

/**
 * `varies`: which columns it is about is not all told. They may stand in its expression, or they are
 * all that a parent has.
 */
interface Entry {
  readonly element: ElementId
  readonly needs: readonly ElementId[]
  readonly varies?: boolean
  readonly subject?: Pick<Subject, 'part' | 'column'>
}

function elementsOf(schema: DatabaseSchema, id: ElementId, object: SchemaObject): Entry[] {
  const needs = [...(schema.dependencies.get(id) ?? []), ...spokenNeeds(schema, object)]
  switch (object.kind) {
    case 'table':
      return tableEntries(schema, id, object, needs)
    case 'sequence':
      return sequenceEntries(id, object, needs)
    case 'view':
      return [{ element: id, needs: [...needs, ...viewDefaults(schema, object)], varies: true }]
    default:
      return [{ element: id, needs, varies: varies(object) }]
  }
}

function varies(object: SchemaObject): boolean {
  switch (object.kind) {
    case 'constraint':
      return object.type === 'check' || object.type === 'exclude'
    case 'trigger':
      return object.when !== undefined
    case 'routine':
      return object.sqlBody !== undefined
    case 'materializedView':
    case 'rule':
    case 'policy':
    case 'publication':
    case 'statistics':
    case 'index':
      return true
    default:
      return false
  }
}

function tableEntries(
  schema: DatabaseSchema,
  id: ElementId,
  table: Table,
  needs: readonly ElementId[],
): Entry[] {
  const types = table.columns.map(({ type, collation }) =>
    [typeId(schema, type), collationId(schema, collation)].filter(id => id !== undefined),
  )
  const known = new Set<ElementId>([...types.flat(), ...spokenNeeds(schema, table)])
  const shared = [id, ...needs.filter(need => !known.has(need))]
  return [
    { element: id, needs, varies: table.partitionOf !== undefined || table.inherits !== undefined },
    ...table.columns.flatMap((column, position) =>
      columnEntries(schema, table, column, [...shared, ...(types[position] ?? [])]),
    ),
    ...partitionEntries(schema, id, table),
    ...replicaEntries(schema, id, table),
  ]
}

/** A generation expression is part of its column; a default comes and goes by itself. */
function columnEntries(
  schema: DatabaseSchema,
  table: Table,
  column: Column,
  needs: readonly ElementId[],
): Entry[] {
  const element = columnElement(table, column.name)
  const expression = defaultElement(table, column.name)
  const reported = schema.dependencies.get(expression) ?? []
  const subject = { part: 'column', column: column.name } as const
  if (column.generated) return [{ element, needs: [...needs, ...reported], varies: true, subject }]
  if (column.default === undefined) return [{ element, needs, subject }]
  return [
    { element, needs, subject },
    {
      element: expression,
      needs: [element, ...reported],
      subject: { part: 'default', column: column.name },
    },
  ]
}

function partitionEntries(schema: DatabaseSchema, id: ElementId, table: Table): Entry[] {
  if (!table.partitionOf) return []
  const parent = existing(schema, relationIds(table.partitionOf.parent))
  const element = partitionElement(table)
  return [{ element, needs: [id, ...parent], varies: true, subject: { part: 'partition' } }]
}

function replicaEntries(schema: DatabaseSchema, id: ElementId, table: Table): Entry[] {
  const { replicaIdentity: identity } = table
  if (identity === undefined) return []
  const named = typeof identity === 'object' ? identity.index : undefined
  const candidates = [
    `index:${table.schema ?? ''}.${named}`,
    `constraint:${table.schema ?? ''}.${table.name}.${named}`,
  ]
  const needs = [id, ...(named === undefined ? [] : existing(schema, candidates))]
  return [{ element: replicaElement(table), needs, subject: { part: 'replica' } }]
}

/** Being owned comes and goes by itself: column, default and sequence are a circle otherwise. */
function sequenceEntries(id: ElementId, sequence: Sequence, needs: readonly ElementId[]): Entry[] {
  const { ownedBy } = sequence
  if (!ownedBy) return [{ element: id, needs }]
  const table = `table:${ownedBy.schema ?? ''}.${ownedBy.table}`
  const column = columnId(ownedBy.schema ?? '', ownedBy.table, ownedBy.column)
  return [
    { element: id, needs: needs.filter(need => need !== table && need !== column) },
    { element: ownerElement(sequence), needs: [id, table, column], subject: { part: 'owner' } },
  ]
}

function viewDefaults(schema: DatabaseSchema, view: View): ElementId[] {
  return Object.keys(view.columnDefaults ?? {}).flatMap(
    column => schema.dependencies.get(`default:${view.schema ?? ''}.${view.name}.${column}`) ?? [],
  )
}

interface TableColumns {
  readonly of: ReadonlyMap<ElementId, readonly ElementId[]>
  readonly tableOf: ReadonlyMap<ElementId, ElementId>
}

function columnsByTable(schema: DatabaseSchema): TableColumns {
  const of = new Map<ElementId, readonly ElementId[]>()
  const tableOf = new Map<ElementId, ElementId>()
  for (const [id, object] of schema.objects) {
    if (object.kind !== 'table') continue
    const columns = object.columns.map(column => columnElement(object, column.name))
    of.set(id, columns)
    for (const column of columns) tableOf.set(column, id)
  }
  return { of, tableOf }
}

function withColumns(needs: ReadonlySet<ElementId>, columns: TableColumns): ReadonlySet<ElementId> {
  const named = new Set([...needs].map(need => columns.tableOf.get(need)))
  const unnamed = [...needs]
    .filter(need => !named.has(need))
    .flatMap(need => columns.of.get(need) ?? [])
  return unnamed.length === 0 ? needs : new Set([...needs, ...unnamed])
}
