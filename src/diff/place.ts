import type {
  ConstraintType,
  ObjectKind,
  QualifiedName,
  SchemaObject,
  Table,
} from '../schema/index.ts'
import { hostRelation } from './elements.ts'

/** Where an operation stands among those that the dependencies leave free; compared key by key. */
export type Place = readonly (string | number)[]

const kinds: readonly ObjectKind[] = [
  'schema',
  'extension',
  'collation',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'sequence',
  'table',
  'constraint',
  'index',
  'statistics',
  'view',
  'materializedView',
  'routine',
  'aggregate',
  'verbatim',
  'rule',
  'trigger',
  'policy',
  'eventTrigger',
  'publication',
]

const ranks = new Map(kinds.map((kind, position) => [kind, position]))

/** Within one table: itself, its columns, what they own, what is left. */
export const withinTable = { table: 0, column: 1, owner: 2, last: 3 }

const constraintTypes: readonly ConstraintType[] = [
  'primaryKey',
  'unique',
  'exclude',
  'check',
  'foreignKey',
]

/** The place of an object, and of a change to it. */
export function placeOf(object: SchemaObject): Place {
  const name = object.kind === 'verbatim' ? object.identity : (object.name ?? '')
  switch (object.kind) {
    case 'constraint': {
      const type = constraintTypes.indexOf(object.type)
      return [rankOf('constraint'), object.schema ?? '', object.table, type, name]
    }
    case 'table':
      return [...tablePlace(object.schema, name), withinTable.table]
    case 'routine':
    case 'aggregate':
      return [rankOf(object.kind), object.schema ?? '', name, object.signature]
    default: {
      const host = hostRelation(object)
      const space = 'schema' in object ? (object.schema ?? '') : ''
      return [rankOf(object.kind), host?.schema ?? space, host?.name ?? name, name]
    }
  }
}

/** The place of everything that belongs to one table. */
export function tablePlace(schema: string | undefined, table: string): Place {
  return [rankOf('table'), schema ?? '', table]
}

/** The place of a column among those of its table. */
export function columnPlace({ schema, name, columns }: Table, column: string): Place {
  const position = columns.findIndex(candidate => candidate.name === column)
  return [...tablePlace(schema, name), withinTable.column, position]
}

/** The place of what is said of a table when all else of it is there. */
export function lastPlace({ schema, name }: QualifiedName): Place {
  return [...tablePlace(schema, name), withinTable.last]
}

/** What stands on or looks into tables is dropped before anything comes; data goes last. */
export function isEarlyDrop([rank]: Place): boolean {
  return Number(rank) > rankOf('table')
}

function rankOf(kind: ObjectKind): number {
  return ranks.get(kind) ?? kinds.length
}

/** Whether the first place comes before the second (negative), after it, or is the same. */
export function comparePlaces(a: Place, b: Place): number {
  for (const [position, left] of a.entries()) {
    const right = b[position]
    if (right === undefined) return 1
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}
