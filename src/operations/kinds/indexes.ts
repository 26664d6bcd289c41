import type { Index } from '../../schema/index.ts'

export interface CreateIndex {
  readonly kind: 'createIndex'
  readonly index: Index
  readonly ifNotExists?: boolean | undefined
}

export interface DropIndex {
  readonly kind: 'dropIndex'
  readonly schema?: string | undefined
  readonly name: string
  /** Until it is recorded: no naming convention changes the name. */
  readonly hasFinalName?: boolean | undefined
  readonly table?: string | undefined
  readonly existing?: Index | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
  readonly concurrently?: boolean | undefined
}
