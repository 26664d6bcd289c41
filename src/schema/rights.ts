import type { DatabaseSchema, ObjectId } from './database-schema.ts'

/** The words of privileges; `all` is every one that the kind of object has. */
export const privilegeWords = [
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
  'references',
  'trigger',
  'maintain',
  'usage',
  'execute',
  'create',
  'connect',
  'temporary',
  'all',
] as const

export type Privilege = (typeof privilegeWords)[number]

/** What the config can ask for of rights. */
export type RightsWord = 'owners' | 'grants'

/** Who owns the objects of a database, and who else may use them; read on request. */
export interface DatabaseRights {
  /** Who limbeck is connected as: the owner of everything that names no other. */
  readonly role: string
  /** Only objects whose rights are not the usual ones. */
  readonly of: ReadonlyMap<ObjectId, ObjectRights>
}

export interface ObjectRights {
  /** Absent: whoever limbeck connects as; of `public`, the one that a database is born with. */
  readonly owner?: string | undefined
  /** Everything that is granted; absent: what every new object of the kind grants. */
  readonly grants?: readonly ObjectGrant[] | undefined
  /** A sequence that the type of this column stands for: no object of its own. */
  readonly sequence?: ColumnSequence | undefined
}

/** Privileges that one role has, on the whole object or on one column. */
export interface ObjectGrant {
  /** `public` is everybody; absent: the owner. */
  readonly to?: string | undefined
  readonly column?: string | undefined
  /** Sorted. */
  readonly privileges: readonly Privilege[]
  readonly withGrantOption?: true | undefined
}

export interface ColumnSequence {
  readonly schema: string
  readonly name: string
  readonly table: string
  readonly column: string
}

/** What a new object of a kind grants: everything to its owner, and a little to everybody. */
export function usualGrants(id: ObjectId, serverVersion: number): readonly ObjectGrant[] {
  const own: ObjectGrant = { privileges: ['all'] }
  const kind = id.slice(0, id.indexOf(':'))
  if (id === 'schema:public')
    return [own, { to: 'public', privileges: [serverVersion >= 150_000 ? 'usage' : 'all'] }]
  if (kind === 'routine' || kind === 'aggregate')
    return [{ privileges: ['execute'] }, { to: 'public', privileges: ['execute'] }]
  if (/^(enum|domain|compositeType|rangeType)$/.test(kind))
    return [{ privileges: ['usage'] }, { to: 'public', privileges: ['usage'] }]
  return [own]
}

/** Whoever is connected, as operations call them. */
export const whoever = 'current_user'

/** Who owns a new object; `public` is born with an owner of its own. */
export function usualOwner(id: ObjectId, serverVersion: number): string {
  return id === 'schema:public' && serverVersion >= 150_000 ? 'pg_database_owner' : whoever
}

/** A schema in which some objects have the rights that another schema gives them. */
export function withRightsOf(
  schema: DatabaseSchema,
  other: DatabaseSchema,
  ids: Iterable<ObjectId>,
): DatabaseSchema {
  if (schema.rights === undefined) return schema
  const of = new Map(schema.rights.of)
  for (const id of ids) {
    const rights = other.rights?.of.get(id)
    if (rights === undefined) of.delete(id)
    else of.set(id, rights)
  }
  return { ...schema, rights: { ...schema.rights, of } }
}
