import { serialBase } from '../operations/type-names.ts'
import {
  type Column,
  type Constraint,
  type QualifiedName,
  type ReplicaIdentity,
  type SchemaObject,
  sequenceNameOf,
  type Table,
} from '../schema/index.ts'
import type { Part } from './part.ts'

/** The names that only one object at a time can have, each with the space it is in. */
export function namesOf(object: SchemaObject): string[] {
  switch (object.kind) {
    case 'table':
      return [
        ...relationAndType(object),
        ...object.columns.flatMap(column => sequenceNames(object, column)),
      ]
    case 'view':
    case 'materializedView':
      return relationAndType(object)
    case 'sequence':
      return [relation(object)]
    case 'index':
      return object.name === undefined ? [] : [relation({ ...object, name: object.name })]
    case 'constraint': {
      const isIndex = object.type !== 'check' && object.type !== 'foreignKey'
      return isIndex && object.name !== undefined
        ? [relation({ ...object, name: object.name })]
        : []
    }
    case 'enum':
    case 'domain':
    case 'rangeType':
      return [type(object)]
    case 'compositeType':
      return relationAndType(object)
    case 'routine':
    case 'aggregate':
      return [`routine ${path(object)}(${object.signature})`]
    default:
      return []
  }
}

/**
 * What partitions of one parent have to agree on. Their ranges must not overlap: one that goes makes
 * room for one that comes. And they have the columns and checks of the parent, so that one goes before either
 * gets others, and comes when both have lost others.
 */
export function partitionNames(table: Table): Pick<Part, 'takes' | 'frees'> {
  if (!table.partitionOf) return { takes: [], frees: [] }
  const parent = path(table.partitionOf.parent)
  const both = [path(table), parent]
  return {
    takes: [
      `range ${parent}`,
      `fewer checks ${parent}`,
      ...both.map(name => `fewer columns ${name}`),
    ],
    frees: [
      `range ${parent}`,
      `more checks ${parent}`,
      ...both.map(name => `more columns ${name}`),
    ],
  }
}

/** The other side of that, for a check that comes or goes. */
export function checkNames({ type, schema, table }: Constraint): Pick<Part, 'takes' | 'frees'> {
  if (type !== 'check') return { takes: [], frees: [] }
  const of = path({ schema, name: table })
  return { takes: [`more checks ${of}`], frees: [`fewer checks ${of}`] }
}

/** The other side of that, for a column that comes or goes. */
export function columnNames(table: Table, column: Column): Pick<Part, 'takes' | 'frees'> {
  const sequences = sequenceNames(table, column)
  return {
    takes: [...sequences, `more columns ${path(table)}`],
    frees: [...sequences, `fewer columns ${path(table)}`],
  }
}

/**
 * The columns of the index that a table is known by are NOT NULL: they come to that before it is named, and lose it
 * after another has taken its place.
 */
export function replicaNames(
  { schema, name }: QualifiedName,
  current: ReplicaIdentity | undefined,
  target: ReplicaIdentity | undefined,
): Pick<Part, 'takes' | 'frees'> {
  const table = path({ schema, name })
  return {
    takes: typeof target === 'object' ? [`columns of replica ${table}`] : [],
    frees: typeof current === 'object' ? [`replica of ${table}`] : [],
  }
}

/** The other side of that, for a column that changes. */
export function nullableNames(
  table: Table,
  before: Column,
  after: Column,
): Pick<Part, 'takes' | 'frees'> {
  if (before.notNull === after.notNull) return { takes: [], frees: [] }
  return after.notNull
    ? { takes: [], frees: [`columns of replica ${path(table)}`] }
    : { takes: [`replica of ${path(table)}`], frees: [] }
}

/**
 * What an extension brings is not known before: it may have the names of routines and types that go,
 * or leave free those of some that come. And while two routines of one name are there, a call with
 * defaults may mean either.
 */
export function possibleNames(object: SchemaObject): Pick<Part, 'mayTake' | 'mayFree'> {
  switch (object.kind) {
    case 'extension': {
      const schema = object.schema ?? 'public'
      return { mayTake: [`member ${schema}`], mayFree: [`extension ${schema}`] }
    }
    case 'routine':
    case 'aggregate': {
      const { mayTake, mayFree } = besideMembers(object)
      const overloads = [`overload ${path(object)}`]
      return { mayTake: [...mayTake, ...overloads], mayFree: [...mayFree, ...overloads] }
    }
    case 'enum':
    case 'domain':
    case 'compositeType':
    case 'rangeType':
      return besideMembers(object)
    default:
      return { mayTake: [], mayFree: [] }
  }
}

function besideMembers({ schema = 'public' }: QualifiedName): Pick<Part, 'mayTake' | 'mayFree'> {
  return { mayTake: [`extension ${schema}`], mayFree: [`member ${schema}`] }
}

/** The sequence that the database makes for a serial or identity column, under the name it chooses. */
export function sequenceNames({ schema, name: table }: Table, column: Column): string[] {
  if (!column.identity && !serialBase(column.type)) return []
  const name = column.identity?.sequenceName ?? sequenceNameOf(table, column.name)
  return [relation({ schema, name })]
}

const path = ({ schema, name }: QualifiedName) => `${schema ?? ''}.${name}`
const relation = (name: QualifiedName) => `relation ${path(name)}`
const type = (name: QualifiedName) => `type ${path(name)}`
const relationAndType = (name: QualifiedName) => [relation(name), type(name)]
