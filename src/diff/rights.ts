import { isCreate, isDrop, kindOfDropped } from '../operations/identity.ts'
import type {
  Grant,
  Operation,
  OwnedObject,
  PrivilegeTarget,
  Revoke,
} from '../operations/operation.ts'
import {
  columnId,
  type DatabaseSchema,
  type ObjectGrant,
  type ObjectId,
  type ObjectRights,
  objectId,
  type QualifiedName,
  type SchemaObject,
  usualGrants,
  usualOwner,
} from '../schema/index.ts'
import { type GrantChange, grantChanges } from './grant-changes.ts'

/**
 * The operations with those around them that bring owners and grants to what the target says. What is
 * dropped, or taken down and put back, loses its rights first, by operations: their reverse gives them back.
 */
export function withRights(
  operations: readonly Operation[],
  current: DatabaseSchema,
  target: DatabaseSchema,
): readonly Operation[] {
  if (current.rights === undefined || target.rights === undefined) return operations
  const changes = new RightsChanges(current, target, movedIn(operations, current))
  return [...changes.before(), ...operations, ...changes.after()]
}

type RightsOperation = Extract<Operation, { kind: 'grant' | 'revoke' | 'alterOwner' }>

class RightsChanges {
  readonly #current: DatabaseSchema
  readonly #target: DatabaseSchema
  readonly #moved: ReadonlySet<ObjectId>
  readonly #ids: readonly ObjectId[]

  constructor(current: DatabaseSchema, target: DatabaseSchema, moved: ReadonlySet<ObjectId>) {
    this.#current = current
    this.#target = target
    this.#moved = moved
    const ids = new Set([...(current.rights?.of.keys() ?? []), ...(target.rights?.of.keys() ?? [])])
    this.#ids = [...ids].sort()
  }

  /** What goes gives its rights back. */
  before(): RightsOperation[] {
    return this.#ids.flatMap(id => {
      const own = this.#on(this.#current, id)
      if (own === undefined) return []
      const rest = this.#stays(id) ? this.#withoutMovedColumns(own) : this.#usual(own)
      return this.#between(own, rest)
    })
  }

  after(): RightsOperation[] {
    return this.#ids.flatMap(id => {
      const wanted = this.#on(this.#target, id)
      if (wanted === undefined) return []
      const own = this.#stays(id) ? this.#on(this.#current, id) : undefined
      const start = own ? this.#withoutMovedColumns(own) : this.#usual(wanted)
      return this.#between(start, wanted)
    })
  }

  #stays(id: ObjectId): boolean {
    const sides = [this.#on(this.#current, id), this.#on(this.#target, id)]
    return sides.every(
      side => side !== undefined && !side.hosts.some(host => this.#moved.has(host)),
    )
  }

  /** The rights of an object; undefined where it is not there. */
  #on(schema: DatabaseSchema, id: ObjectId): Rights | undefined {
    const { serverVersion, rights } = schema
    const sequence = (this.#current.rights?.of.get(id) ?? this.#target.rights?.of.get(id))?.sequence
    const object = schema.objects.get(id) ?? (sequence && columnSequence(schema, sequence))
    if (object === undefined) return undefined
    const { owner, grants = usualGrants(id, serverVersion) } = rights?.of.get(id) ?? {}
    return { object, owner, grants, hosts: hostsOf(id, sequence) }
  }

  #usual(rights: Rights): Rights {
    const { serverVersion } = this.#target
    return {
      ...rights,
      owner: undefined,
      grants: usualGrants(objectId(rights.object), serverVersion),
    }
  }

  /** A column that is dropped and added has nothing granted on it any more. */
  #withoutMovedColumns(rights: Rights): Rights {
    const { schema = '', name } = rights.object as QualifiedName
    const isMoved = (column: string) => this.#moved.has(columnId(schema, name, column))
    const grants = rights.grants.filter(({ column }) => column === undefined || !isMoved(column))
    return grants.length === rights.grants.length ? rights : { ...rights, grants }
  }

  #owner({ object, owner }: Rights): string {
    return owner ?? usualOwner(objectId(object), this.#target.serverVersion)
  }

  #between(from: Rights, to: Rights): RightsOperation[] {
    const change = grantChanges(from, to)
    const on = privilegeTarget(to.object)
    return [
      ...change.gone.map(gone => revoke(gone, on, this.#owner(from))),
      ...(from.owner === to.owner
        ? []
        : [alterOwner(to.object, this.#owner(to), this.#owner(from))]),
      ...change.come.map(come => grant(come, on, this.#owner(to))),
    ]
  }
}

interface Rights {
  readonly object: SchemaObject
  readonly owner: string | undefined
  readonly grants: readonly ObjectGrant[]
  /** What takes it along when it goes: itself, or the column that a sequence belongs to. */
  readonly hosts: readonly ObjectId[]
}

function alterOwner(object: SchemaObject, to: string, existing: string): RightsOperation {
  return { kind: 'alterOwner', object: object as OwnedObject, to, existing }
}

function grant(change: GrantChange, on: PrivilegeTarget, owner: string): Grant {
  const { privileges, columns, withGrantOption } = change
  return { kind: 'grant', privileges, on, columns, to: holders(change, owner), withGrantOption }
}

function revoke(change: GrantChange, on: PrivilegeTarget, owner: string): Revoke {
  const { privileges, columns, withGrantOption } = change
  return { kind: 'revoke', privileges, on, columns, from: holders(change, owner), withGrantOption }
}

const holders = ({ roles }: GrantChange, owner: string): string[] =>
  roles.map(role => role ?? owner)

function privilegeTarget(object: SchemaObject): PrivilegeTarget {
  const { schema, name } = object as { readonly schema?: string; readonly name: string }
  switch (object.kind) {
    case 'view':
    case 'materializedView':
      return { kind: 'table', schema, name }
    case 'enum':
    case 'compositeType':
    case 'rangeType':
      return { kind: 'type', schema, name }
    case 'routine':
      return { kind: object.type, schema, name, signature: object.signature }
    case 'aggregate':
      return { kind: 'function', schema, name, signature: object.signature }
    case 'schema':
      return { kind: 'schema', name }
    default:
      return { kind: object.kind as 'table' | 'sequence' | 'domain', schema, name }
  }
}

type ColumnSequence = NonNullable<ObjectRights['sequence']>

/** A sequence that a column's type stands for is there when the column is, and numbers itself. */
function columnSequence(
  { objects }: DatabaseSchema,
  { schema, name, table, column }: ColumnSequence,
): SchemaObject | undefined {
  const host = objects.get(`table:${schema}.${table}`)
  const own = host?.kind === 'table' ? host.columns.find(one => one.name === column) : undefined
  const isNumbered = own !== undefined && (own.identity !== undefined || /serial$/.test(own.type))
  return isNumbered ? { kind: 'sequence', schema, name } : undefined
}

function hostsOf(id: ObjectId, sequence: ColumnSequence | undefined): ObjectId[] {
  if (sequence === undefined) return [id]
  const { schema, table, column } = sequence
  return [id, `table:${schema}.${table}`, columnId(schema, table, column)]
}

/** Everything that is dropped or created by operations that do not keep its rights. */
function movedIn(
  operations: readonly Operation[],
  { defaultSchema }: DatabaseSchema,
): Set<ObjectId> {
  return new Set(operations.flatMap(operation => movedBy(operation, defaultSchema)))
}

function movedBy(operation: Operation, defaultSchema: string): ObjectId[] {
  const { schema = defaultSchema } = operation as { readonly schema?: string | undefined }
  switch (operation.kind) {
    case 'createTable':
      return [objectId(operation.table)]
    case 'dropTable':
      return [`table:${schema}.${operation.name}`]
    case 'addColumn':
      return [columnId(schema, operation.table, operation.column.name)]
    case 'dropColumn':
      return [columnId(schema, operation.table, operation.column)]
    case 'replaceEnumValues':
      return [`enum:${schema}.${operation.name}`]
    case 'alterTableTogether':
      return operation.changes.flatMap(change => movedBy(change, defaultSchema))
    default:
      if (isCreate(operation)) return operation.keepRights ? [] : [objectId(operation.object)]
      if (!isDrop(operation) || operation.keepRights) return []
      return [objectId({ kind: kindOfDropped(operation), ...operation.object } as SchemaObject)]
  }
}
