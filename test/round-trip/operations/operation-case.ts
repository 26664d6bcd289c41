import type { Op } from '../../../src/index.ts'

/** One behaviour of directives: what is there before, and what an upgrade records. */
export interface OperationCase {
  /** SQL that makes the schema that the upgrade begins with. */
  readonly before?: string
  readonly upgrade: (op: Op) => void
  /** The oldest PostgreSQL that has what it uses, where that is not every one. */
  readonly requires?: number
  /** It makes what stands in no schema, and so takes a database of its own. */
  readonly isAlone?: boolean
}

/** The cases of one kind of object, by what they do. */
export type OperationCases = Readonly<Record<string, OperationCase>>
