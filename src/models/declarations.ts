import type {
  Constraint,
  Index,
  MaterializedView,
  ObjectKind,
  QualifiedName,
  SchemaObject,
  Table,
} from '../schema/index.ts'

/** An object that a constant of its own declares. */
export type Declared = Exclude<SchemaObject, Constraint | Index>

/** A declaration with what is written inside it. */
export interface Declaration {
  readonly object: Declared
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
}

/** The order of declarations in a module: types before the columns that are built from them. */
const order: readonly ObjectKind[] = [
  'schema',
  'extension',
  'collation',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'sequence',
  'table',
  'view',
  'materializedView',
  'routine',
  'aggregate',
  'rule',
  'trigger',
  'policy',
  'statistics',
  'eventTrigger',
  'publication',
  'verbatim',
]

/** The declarations that say everything about some objects, in the order of a module. */
export function declarationsOf(objects: readonly SchemaObject[]): Declaration[] {
  const parts = new Map<string, (Constraint | Index)[]>()
  for (const object of objects) {
    if (!isPart(object)) continue
    const host = relationKey({ schema: object.schema, name: object.table })
    parts.set(host, [...(parts.get(host) ?? []), object])
  }
  const declared = objects.filter(isDeclared).sort(byKindAndName)
  return declared.map(object => {
    const own = hasParts(object) ? (parts.get(relationKey(object)) ?? []) : []
    return { object, constraints: own.filter(isConstraint), indexes: own.filter(isIndex) }
  })
}

const isConstraint = (object: SchemaObject): object is Constraint => object.kind === 'constraint'
const isIndex = (object: SchemaObject): object is Index => object.kind === 'index'

const isPart = (object: SchemaObject): object is Constraint | Index =>
  isConstraint(object) || isIndex(object)

const isDeclared = (object: SchemaObject): object is Declared => !isPart(object)

const hasParts = (object: Declared): object is Table | MaterializedView =>
  object.kind === 'table' || object.kind === 'materializedView'

/** A relation among those of all schemas. */
export const relationKey = ({ schema, name }: QualifiedName): string =>
  JSON.stringify([schema, name])

function byKindAndName(a: Declared, b: Declared): number {
  const difference = order.indexOf(a.kind) - order.indexOf(b.kind)
  return difference !== 0 ? difference : compareText(sortKey(a), sortKey(b))
}

function sortKey(object: Declared): string {
  if (object.kind === 'verbatim') return `${object.type} ${object.identity}`
  const table = 'table' in object && typeof object.table === 'string' ? object.table : ''
  return `${table}.${object.name}`
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
