import { compact, invalid, whatIs } from '../../declarations/declaration.ts'
import {
  type GrantableKind,
  grantableKinds,
  type Operation,
  type OwnedObject,
  type Privilege,
  type PrivilegeTarget,
} from '../operation.ts'
import { identified } from './comments.ts'

/** What a privilege is on, by its kind: `{ table: 'users' }`, `{ allTablesIn: 'auth' }`. */
export type GrantTarget = { [K in GrantableKind]: { readonly [P in K]: string } }[GrantableKind]

interface PrivilegeOptions {
  readonly on: GrantTarget
  readonly schema?: string | undefined
  /** Argument types, of a function or procedure. */
  readonly signature?: string | undefined
  /** Only these columns of the table. */
  readonly columns?: readonly string[] | undefined
  /** Who has them may give them on; for the reverse of revoke: might. */
  readonly withGrantOption?: boolean | undefined
}

export interface GrantOptions extends PrivilegeOptions {
  /** Roles, or `public` for everybody. */
  readonly to: string | readonly string[]
}

export interface RevokeOptions extends PrivilegeOptions {
  /** Roles, or `public` for everybody. */
  readonly from: string | readonly string[]
  /** The privileges stay, and are no longer given on. */
  readonly grantOptionOnly?: boolean | undefined
  readonly cascade?: boolean | undefined
}

export function grant(
  privileges: Privilege | readonly Privilege[],
  { to, ...options }: GrantOptions,
): Operation {
  const { columns, withGrantOption } = options
  return compact({
    kind: 'grant',
    privileges: [privileges].flat(),
    on: target(options, 'op.grant'),
    to: [to].flat(),
    columns,
    withGrantOption,
  })
}

export function revoke(
  privileges: Privilege | readonly Privilege[],
  { from, ...options }: RevokeOptions,
): Operation {
  const { columns, withGrantOption, grantOptionOnly, cascade } = options
  return compact({
    kind: 'revoke',
    privileges: [privileges].flat(),
    on: target(options, 'op.revoke'),
    from: [from].flat(),
    columns,
    withGrantOption,
    grantOptionOnly,
    cascade,
  })
}

/** Kinds of objects as alterOwner names them. */
export type OwnedKind = Exclude<OwnedObject['kind'], 'routine'> | 'function' | 'procedure'

export interface AlterOwnerOptions {
  /** The role that it belongs to from now on. */
  readonly to: string
  /** The role that it belonged to. */
  readonly existing?: string | undefined
  readonly schema?: string | undefined
  /** Argument types, of a function, procedure or aggregate. */
  readonly signature?: string | undefined
}

export function alterOwner(
  kind: OwnedKind,
  name: string,
  { to, existing, schema, signature }: AlterOwnerOptions,
): Operation {
  const object = identified(kind, name, { schema, signature }) as OwnedObject
  return compact({ kind: 'alterOwner', object, to, existing })
}

function target({ on, schema, signature }: PrivilegeOptions, place: string): PrivilegeTarget {
  const entries = Object.entries(on ?? {})
  const [kind, name] = entries[0] ?? []
  if (entries.length !== 1 || !grantableKinds.includes(kind as GrantableKind))
    throw invalid(
      place,
      `\`on\` names one thing by its kind, and is ${entries.length === 0 ? whatIs(on) : `{ ${entries.map(([key]) => key).join(', ')} }`}.`,
      `Write { table: 'users' }; the kinds are ${grantableKinds.join(', ')}. The schema is an option beside \`on\`.`,
    )
  if (typeof name !== 'string' || name === '')
    throw invalid(place, `the name of the ${kind} is ${whatIs(name)}, not a name.`)
  return compact({ kind: kind as GrantableKind, schema, name, signature })
}
