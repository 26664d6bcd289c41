import type { ObjectIdentity, PlainKind } from '../../operations/operation.ts'
import type { ObjectOf } from '../../schema/index.ts'
import type { Entry, RenderContext } from './context.ts'
import type { Code } from './layout.ts'
import { text } from './literals.ts'

/** How one kind of object is written, in `op.create…`, `op.drop…` and as a declaration. */
export interface PlainKindCode<K extends PlainKind> {
  /** What follows `op.create` and `op.drop`: `View`. */
  readonly word: string | ((type: string | undefined) => string)
  /** The function that declares it: `view`. */
  readonly declaration: string
  /** The arguments before the options. */
  readonly positions: (object: ObjectOf<K>, context: RenderContext) => readonly Code[]
  /** The options but the schema. */
  readonly entries: (object: ObjectOf<K>, context: RenderContext) => readonly Entry[]
  /** Options that only the declaration needs, since the directive's name says them. */
  readonly declarationEntries?: (object: ObjectOf<K>, context: RenderContext) => readonly Entry[]
  /** The arguments of `op.drop…` that name it. */
  readonly identity?: (identity: ObjectIdentity) => readonly Code[]
}

/** The names of an object that stands on a table: its own, then the table's. */
export const onTable = ({
  name,
  table = '',
}: {
  readonly name: string
  readonly table?: string | undefined
}): Code[] => [text(name), text(table)]
