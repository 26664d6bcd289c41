import type { Privilege, QualifiedName, SchemaObject } from '../../schema/index.ts'

export { type Privilege, privilegeWords } from '../../schema/index.ts'

/** What privileges are on; `table` stands for views too, and `allTablesIn` names a schema. */
export const grantableKinds = [
  'table',
  'sequence',
  'schema',
  'database',
  'function',
  'procedure',
  'type',
  'domain',
  'language',
  'foreignServer',
  'foreignDataWrapper',
  'tablespace',
  'allTablesIn',
  'allSequencesIn',
  'allRoutinesIn',
] as const

export type GrantableKind = (typeof grantableKinds)[number]

export interface PrivilegeTarget extends QualifiedName {
  readonly kind: GrantableKind
  readonly signature?: string | undefined
}

/** What grant and revoke both say. */
interface Privileges {
  readonly privileges: readonly Privilege[]
  readonly on: PrivilegeTarget
  readonly columns?: readonly string[] | undefined
}

/** Gives roles privileges; `public` is everybody. */
export interface Grant extends Privileges {
  readonly kind: 'grant'
  readonly to: readonly string[]
  readonly withGrantOption?: boolean | undefined
}

/** Takes privileges from roles. */
export interface Revoke extends Privileges {
  readonly kind: 'revoke'
  readonly from: readonly string[]
  /** They stay, and are no longer given on. */
  readonly grantOptionOnly?: boolean | undefined
  readonly cascade?: boolean | undefined
  /** They were given with the right to give them on, for the reverse. */
  readonly withGrantOption?: boolean | undefined
}

/** Anything that has an owner of its own. */
export type OwnedObject = Exclude<
  SchemaObject,
  { kind: 'constraint' | 'index' | 'trigger' | 'rule' | 'policy' | 'extension' | 'verbatim' }
>

/** Gives an object to another role. */
export interface AlterOwner {
  readonly kind: 'alterOwner'
  /** Only its identity is read. */
  readonly object: OwnedObject
  readonly to: string
  readonly existing?: string | undefined
}
