import type { ObjectKind } from '../../schema/index.ts'

/** Kinds of objects that can be found again under another name. */
export const renamableObjects = [
  'schema',
  'table',
  'view',
  'materializedView',
  'sequence',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'routine',
  'constraint',
  'index',
] as const satisfies readonly ObjectKind[]

/** What a rename is about. */
export type RenameKind = (typeof renamableObjects)[number] | 'column' | 'enumValue'

/** One and the same thing under two names. */
export interface Rename {
  readonly kind: RenameKind
  /** Absent for a schema itself. */
  readonly schema?: string | undefined
  /** The table or the enum that it belongs to. */
  readonly of?: string | undefined
  /** Argument types of a routine. */
  readonly signature?: string | undefined
  readonly from: string
  readonly to: string
}

/** A rename that may be meant, with what speaks for it. */
export interface RenameCandidate {
  readonly rename: Rename
  /** From 0 to 1: how much alike the two are. */
  readonly likeness: number
  /** In a few words each: `the same type`, `the names are close`. */
  readonly reasons: readonly string[]
}
