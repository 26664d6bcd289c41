import type { NamingConvention } from '../config/config.ts'
import type { DialectName } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import type { RenameWords } from '../operations/rename-words.ts'
import type { ObjectKind, RightsWord } from '../schema/index.ts'

/** Where a target schema comes from: models, SQL files, another database. */
export interface SchemaSource {
  /** For messages: `native models`, `schema.sql`. */
  readonly name: string
  load(context: SourceContext): Promise<SourceContent>
  /** A text that is equal where `load` gives the same; absent where that is not cheaper to have. */
  text?(context: SourceContext): Promise<string>
}

export interface SourceContext {
  readonly dialect: DialectName
  /** The folder that relative paths start from. */
  readonly directory: string
  /** How indexes and constraints are called that the source gives no name. */
  readonly namingConvention?: NamingConvention | undefined
  /** What is compared of rights; absent: nothing. */
  readonly rights?: readonly RightsWord[] | undefined
}

/** What a source says the schema should be: either SQL in its order, or operations in any order. */
export type SourceContent = (
  | { readonly ddl: readonly SourceStatement[] }
  | { readonly operations: readonly Operation[] }
) & {
  /** What this source is able to say; the diff never removes anything of another kind. `all`: everything. */
  readonly expresses: 'all' | readonly ObjectKind[]
  /** Whether it is able to say who owns objects, and what is granted on them; absent: neither. */
  readonly expressesRights?: readonly RightsWord[] | undefined
  /** What has to be in the server before the source can be built there. */
  readonly requires?: SourceRequirements | undefined
  /** What it says of names beside the schema; it makes no difference of its own. */
  readonly hints?: SourceHints | undefined
}

/** What a source says of names. */
export interface SourceHints {
  /** What was called otherwise before. One whose old name is gone is passed over. */
  readonly renames?: readonly RenameWords[] | undefined
  /** The names of constraints and indexes that its author has chosen; absent: all of them. */
  readonly chosenNames?: readonly string[] | undefined
}

export interface SourceStatement {
  readonly sql: string
  /** Where it stands: file and 1-based line. */
  readonly file: string
  readonly line: number
}

/** Cluster-wide things that a schema needs and a database cannot hold. */
export interface SourceRequirements {
  readonly roles?: readonly string[]
  readonly extensions?: readonly string[]
}
