import { type PolicyOptions, policy } from '../../../declarations/policies.ts'
import type { Privilege } from '../../operation.ts'
import {
  type CreateOptions,
  createObject,
  type Declared,
  type DropOptions,
  dropObject,
} from '../objects.ts'
import {
  type AlterOwnerOptions,
  alterOwner,
  type GrantOptions,
  grant,
  type OwnedKind,
  type RevokeOptions,
  revoke,
} from '../privileges.ts'
import { known } from '../takes.ts'
import { ObjectDirectives } from './objects.ts'

type Create = Pick<CreateOptions, 'ifNotExists'>

/** The directives for row security policies, privileges and owners. */
export abstract class RightDirectives extends ObjectDirectives {
  createPolicy(name: string, table: string, options: PolicyOptions & Create = {}): void {
    this.recorder.add(
      createObject(known('createPolicy', [name, table], options), own => policy(name, table, own)),
    )
  }

  dropPolicy(name: string, table: string, options: DropOptions<Declared<'policy'>> = {}): void {
    this.recorder.add(
      dropObject('policy', { name, table }, known('dropPolicy', [name, table], options)),
    )
  }

  /** Gives roles privileges on an object. */
  grant(privileges: Privilege | readonly Privilege[], options: GrantOptions): void {
    this.recorder.add(grant(privileges, known('grant', [privileges], options)))
  }

  /** Takes privileges from roles. */
  revoke(privileges: Privilege | readonly Privilege[], options: RevokeOptions): void {
    this.recorder.add(revoke(privileges, known('revoke', [privileges], options)))
  }

  /** Gives an object to another role; `existing` is the role that it belonged to. */
  alterOwner(kind: OwnedKind, name: string, options: AlterOwnerOptions): void {
    this.recorder.add(alterOwner(kind, name, known('alterOwner', [kind, name], options)))
  }
}
