import type { QualifiedName, SequenceOptions, SequenceOwner } from '../../schema/index.ts'

export interface AlterSequence extends QualifiedName {
  readonly kind: 'alterSequence'
  readonly changes: SequenceChanges
  readonly existing?: SequenceChanges | undefined
}

/** Each given key is changed; null sets it back to the database's default. */
export type SequenceChanges = {
  readonly [K in keyof SequenceOptions]?: SequenceOptions[K] | null
} & {
  readonly type?: 'smallint' | 'integer' | 'bigint' | null | undefined
  /** null: OWNED BY NONE. */
  readonly ownedBy?: SequenceOwner | null | undefined
}
