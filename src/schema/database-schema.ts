import type { Constraint } from './constraints.ts'
import type { Index } from './indexes.ts'
import type { Extension, Namespace, Publication, Statistics, VerbatimObject } from './others.ts'
import type { Policy } from './policies.ts'
import type { DatabaseRights } from './rights.ts'
import type { Aggregate, Routine } from './routines.ts'
import type { Sequence } from './sequences.ts'
import type { Table } from './tables.ts'
import type { EventTrigger, Rule, Trigger } from './triggers.ts'
import type { Collation, CompositeType, Domain, EnumType, RangeType } from './types.ts'
import type { MaterializedView, View } from './views.ts'

/** Anything a database schema is made of that can be created and dropped by itself. */
export type SchemaObject =
  | Namespace
  | Extension
  | Collation
  | EnumType
  | Domain
  | CompositeType
  | RangeType
  | Sequence
  | Table
  | Constraint
  | Index
  | View
  | MaterializedView
  | Routine
  | Aggregate
  | Trigger
  | Rule
  | Policy
  | Statistics
  | EventTrigger
  | Publication
  | VerbatimObject

export type ObjectKind = SchemaObject['kind']

/** The object of one kind. */
export type ObjectOf<K extends ObjectKind> = Extract<SchemaObject, { kind: K }>

/** Names an object inside one database, stable across databases: `table:public.users`. */
export type ObjectId = string

/** A database as it was read, or as it should be: plain, frozen, comparable. */
export interface DatabaseSchema {
  readonly dialect: string
  /** The server's version as a number: 150018 for PostgreSQL 15.18. */
  readonly serverVersion: number
  /** Where an unqualified name is found; names in objects are always qualified. */
  readonly defaultSchema: string
  /** Every object that limbeck models, by id. */
  readonly objects: ReadonlyMap<ObjectId, SchemaObject>
  /**
   * What an object needs to exist before it, as the database reports it. Beside the ids of
   * objects, `default:schema.table.column` stands for a column's default (or generation
   * expression): as a key for what that expression needs. Where a need is a column, its
   * `column:schema.table.column` stands beside the id of its table: a dependent that names a
   * table and none of its columns is taken to use them all.
   */
  readonly dependencies: ReadonlyMap<ObjectId, readonly ObjectId[]>
  /** What is there and is not modelled, by kind and name: listed, never ignored in silence. */
  readonly unmodelled: readonly UnmodelledObject[]
  /** Owners and grants; absent where nobody has asked for them. */
  readonly rights?: DatabaseRights | undefined
}

export interface UnmodelledObject {
  readonly kind: string
  readonly name: string
}
