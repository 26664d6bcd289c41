import { compact } from '../../declarations/declaration.ts'
import type { Operation, RenamableObject } from '../operation.ts'
import { identified } from './comments.ts'

/** Kinds of objects as renameObject names them. */
export type RenamableKind = Exclude<RenamableObject['kind'], 'routine'> | 'function' | 'procedure'

/** What is needed to name the object beside its name. */
export interface RenameOptions {
  readonly schema?: string | undefined
  /** Of a constraint, index, trigger, rule or policy. */
  readonly table?: string | undefined
  /** Argument types, of a function, procedure or aggregate. */
  readonly signature?: string | undefined
}

export function renameObject(
  kind: RenamableKind,
  name: string,
  newName: string,
  options: RenameOptions,
): Operation {
  const object = identified(kind, name, options) as RenamableObject
  return compact({ kind: 'renameObject', object, newName })
}
