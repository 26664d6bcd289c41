import { compact, invalid } from '../../declarations/declaration.ts'
import type { SchemaObject } from '../../schema/index.ts'
import type { ObjectIdentity, Operation } from '../operation.ts'
import { identifyingOption, type NamedKind } from './object-kinds.ts'

/** Kinds of objects as setComment names them. */
export type CommentKind = Exclude<NamedKind, 'table'>

/** What is needed to name the object, and the comment it had. */
export interface SetCommentOptions {
  readonly schema?: string | undefined
  /** Of a constraint, trigger, rule or policy. */
  readonly table?: string | undefined
  /** Argument types, of a function, procedure or aggregate. */
  readonly signature?: string | undefined
  /** The word of COMMENT ON, of a verbatim object. */
  readonly type?: string | undefined
  /** The comment is on this column, of a view or a composite type. */
  readonly column?: string | undefined
  /** The comment is on this check, of a domain. */
  readonly constraint?: string | undefined
  readonly existing?: string | null | undefined
}

export function setComment(
  kind: CommentKind,
  name: string,
  comment: string | null,
  { column, constraint, existing, ...identity }: SetCommentOptions,
): Operation {
  const needed = identifyingOption(kind)
  if (needed !== undefined && identity[needed] === undefined)
    throw invalid(
      `op.setComment of ${kind} ${name}`,
      `its option ${needed} is missing.`,
      `A ${kind} is named by its ${needed}, too.`,
    )
  const object = identified(kind, name, identity)
  return compact({ kind: 'setComment', object, column, constraint, comment, existing })
}

/** An object of which only the identity is read, so that the rest of it is left out. */
export function identified(
  kind: NamedKind,
  name: string,
  identity: Omit<ObjectIdentity, 'name'>,
): SchemaObject {
  return compact({ ...named(kind, name), ...identity }) as unknown as SchemaObject
}

function named(kind: NamedKind, name: string): object {
  if (kind === 'function' || kind === 'procedure') return { kind: 'routine', type: kind, name }
  if (kind === 'verbatim') return { kind, identity: name }
  return { kind, name }
}
