import type { SequenceOptions } from './columns.ts'
import type { QualifiedName } from './names.ts'

/** A sequence that is neither an identity's nor folded into a `serial` column. */
export interface Sequence extends QualifiedName, SequenceOptions {
  readonly kind: 'sequence'
  /** Absent: bigint. */
  readonly type?: 'smallint' | 'integer' | 'bigint' | undefined
  readonly unlogged?: boolean | undefined
  readonly ownedBy?: SequenceOwner | undefined
  readonly comment?: string | undefined
}

export interface SequenceOwner {
  readonly schema?: string | undefined
  readonly table: string
  readonly column: string
}
