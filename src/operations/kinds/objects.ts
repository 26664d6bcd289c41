import type { ObjectKind, ObjectOf, QualifiedName, SchemaObject } from '../../schema/index.ts'

/** Kinds that are created and dropped by the plain pair of operations below. */
export type PlainKind = Exclude<ObjectKind, 'table' | 'constraint' | 'index'>

/** `createView`, `createEnum`, …: brings an object into being. */
export interface CreateObject<K extends PlainKind> {
  readonly kind: `create${Capitalize<K>}`
  readonly object: ObjectOf<K>
  readonly ifNotExists?: boolean | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
  /** It gets the owner and the privileges back that its drop has kept. */
  readonly keepRights?: boolean | undefined
}

/** `dropView`, `dropEnum`, …: removes an object; `existing` is what comes back on reverse. */
export interface DropObject<K extends PlainKind> {
  readonly kind: `drop${Capitalize<K>}`
  readonly object: ObjectIdentity
  readonly existing?: ObjectOf<K> | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
  /** Its owner and its privileges are kept for it to come back, in this session. */
  readonly keepRights?: boolean | undefined
}

/** Kinds that have an owner and privileges of their own, and come back when they have to make way. */
export const keepingKinds = [
  'domain',
  'compositeType',
  'rangeType',
  'sequence',
  'view',
  'materializedView',
  'routine',
  'aggregate',
] as const

/** Enough to name an object in DROP: `signature` for routines, `table` for triggers, rules and policies. */
export interface ObjectIdentity extends QualifiedName {
  readonly table?: string | undefined
  readonly signature?: string | undefined
  /** A procedure needs another word than a function; a verbatim object brings its own. */
  readonly type?: string | undefined
}

/** `replaceView`, `replaceRoutine`: CREATE OR REPLACE; `existing` is what it replaces. */
export interface ReplaceObject<K extends 'view' | 'routine'> {
  readonly kind: `replace${Capitalize<K>}`
  readonly object: ObjectOf<K>
  readonly existing?: ObjectOf<K> | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
}

/** Any `create…` of a plain kind. */
export type CreateOperation = { [K in PlainKind]: CreateObject<K> }[PlainKind]
/** Any `drop…` of a plain kind. */
export type DropOperation = { [K in PlainKind]: DropObject<K> }[PlainKind]
/** Any `replace…`. */
export type ReplaceOperation = ReplaceObject<'view'> | ReplaceObject<'routine'>

/** Kinds of which a database can change some things while the object stays. */
export const alterableKinds = [
  'domain',
  'compositeType',
  'policy',
  'publication',
  'statistics',
  'trigger',
  'rule',
  'eventTrigger',
] as const

export type AlterableObject = ObjectOf<(typeof alterableKinds)[number]>

/** Makes an object what it is to be, in place: `existing` is what it was, both are whole. */
export interface AlterObject {
  readonly kind: 'alterObject'
  readonly object: AlterableObject
  readonly existing: AlterableObject
}

/** Whatever can be given another name by itself; tables, columns and enum values have operations of their own. */
export type RenamableObject = Exclude<SchemaObject, { kind: 'table' | 'extension' | 'verbatim' }>

/** Gives an object another name; it stays where it is. */
export interface RenameObject {
  readonly kind: 'renameObject'
  /** Only its identity is read. */
  readonly object: RenamableObject
  readonly newName: string
}

/** Sets or removes (null) the comment of any object but tables and columns, which carry their own. */
export interface SetComment {
  readonly kind: 'setComment'
  /** The object, described well enough to be named: only its identity is read. */
  readonly object: SchemaObject
  /** The comment is on this column of it: of a view or a composite type. */
  readonly column?: string | undefined
  /** The comment is on this check of it: of a domain. */
  readonly constraint?: string | undefined
  readonly comment: string | null
  readonly existing?: string | null | undefined
}
