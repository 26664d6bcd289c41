import { compact, invalid } from '../../declarations/declaration.ts'
import type { ObjectKind, ObjectOf, SchemaObject } from '../../schema/index.ts'
import { capitalized } from '../identity.ts'
import type { DropObject, ObjectIdentity, Operation, PlainKind } from '../operation.ts'

/** What every directive that creates may be told. */
export interface CreateOptions {
  readonly ifNotExists?: boolean | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
}

/** The same of what has an owner and privileges of its own. */
export interface CreateKeptOptions extends CreateOptions {
  /** It gets the owner and the privileges back that its drop has kept. */
  readonly keepRights?: boolean | undefined
}

/** What the directives that replace may be told; `existing` describes what goes, for the reverse. */
export interface ReplaceOptions<K extends ObjectKind> {
  readonly existing?: Declared<K> | undefined
  /** Routines: leave the body unchecked, since what it names may come later. */
  readonly uncheckedBody?: boolean | undefined
}

/** The one option of directives that need no other. */
export type InSchema = { readonly schema?: string | undefined }

/** What every directive that drops may be told; `existing` describes what goes, for the reverse. */
export interface DropOptions<E> {
  readonly schema?: string | undefined
  readonly existing?: E | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** The same of what has an owner and privileges of its own. */
export interface DropKeptOptions<E> extends DropOptions<E> {
  /** Its owner and its privileges are kept for it to come back, in this session. */
  readonly keepRights?: boolean | undefined
}

/** A declaration of one kind of object, whatever else it is. */
export type Declared<K extends ObjectKind> = { readonly object: ObjectOf<K> }

/** Refuses an alteration that names nothing to alter. */
export function requireChange(changes: object, place: string): void {
  if (Object.values(changes).some(change => change !== undefined)) return
  throw invalid(place, 'it names no change.', 'Say what becomes different, or leave it out.')
}

/** `createView`, `createEnum`, …: the options less the directive's own are the declaration's. */
export function createObject<O extends object>(
  options: O,
  declare: (own: Omit<O, keyof CreateKeptOptions>) => Declared<PlainKind>,
): Operation {
  const { ifNotExists, uncheckedBody, keepRights, ...own }: O & CreateKeptOptions = options
  const { object } = declare(own)
  const kind = `create${capitalized(object.kind)}` as const
  return compact({ kind, object, ifNotExists, uncheckedBody, keepRights }) as Operation
}

/** `replaceView`, `replaceRoutine`: `existing` is what the object takes the place of. */
export function replaceObject<O extends object>(
  options: O,
  declare: (own: Omit<O, keyof ReplaceOptions<'routine'>>) => Declared<'view' | 'routine'>,
): Operation {
  const { existing, uncheckedBody, ...own }: O & ReplaceOptions<'view' | 'routine'> = options
  const { object } = declare(own)
  return compact({
    kind: `replace${capitalized(object.kind)}`,
    object,
    existing: existing && describedAs(existing.object, object, object.kind),
    uncheckedBody,
  }) as Operation
}

/** `dropView`, `dropEnum`, … of a named object. */
export function dropObject<K extends PlainKind>(
  kind: K,
  named: ObjectIdentity,
  { schema, existing, ifExists, cascade, keepRights }: DropKeptOptions<Declared<K>>,
): Operation {
  const identity = compact({ schema, ...named })
  return compact({
    kind: `drop${capitalized(kind)}`,
    object: identity,
    existing: existing && describedAs(existing.object, identity, kind),
    ifExists,
    cascade,
    keepRights,
  }) as DropObject<K> as Operation
}

/** The object that `existing` describes: its schema may be left to the directive, its name may not differ. */
export function describedAs<O extends SchemaObject>(
  object: O,
  identity: ObjectIdentity,
  kind: ObjectKind,
): O {
  const place = `existing of ${kind} ${identity.name}`
  if (object?.kind !== kind) throw invalid(place, `it does not describe a ${kind}.`)
  const described = 'name' in object ? object.name : identity.name
  if (described !== identity.name) throw invalid(place, `it describes ${described}.`)
  return withSchema(object, identity.schema)
}

/** An object in a schema, unless it names its own. */
export function withSchema<O extends SchemaObject>(object: O, schema: string | undefined): O {
  const own = 'schema' in object ? object.schema : undefined
  if (schema === undefined || own !== undefined) return object
  return { ...object, schema }
}
