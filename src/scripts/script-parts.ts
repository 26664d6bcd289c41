import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { NewRevision } from '../revisions/new-revision.ts'
import type { FileNameConfig } from './file-names.ts'

/** What a new revision file is made of. */
export interface ScriptParts {
  /** Its place in the graph. */
  readonly revision: NewRevision
  readonly message: string
  /** When it is made. */
  readonly date: Date
  readonly config: FileNameConfig & Pick<ResolvedConfig, 'scriptLocation'>
  /** The version location that the file is for. */
  readonly folder: string
  /** Variables of the template that the project adds. */
  readonly templateArgs?: Readonly<Record<string, string>> | undefined
  /** The variables of the template that get the code; `upgrades` and `downgrades` by default. */
  readonly tokens?: { readonly upgrade: string; readonly downgrade: string } | undefined
  readonly downgradeLabel?: string | undefined
  /** Code of the file, as it is rendered; nothing by default. */
  readonly imports?: string | undefined
  readonly upgrades?: string | undefined
  readonly downgrades?: string | undefined
}
