import type { NamingConvention } from '../config/config.ts'
import type { DialectName } from '../dialects/dialect.ts'
import { Naming } from '../operations/naming.ts'
import type { ContextConfig } from './context-config.ts'
import type { RunArguments } from './version-apply.ts'

/** What `upgrade` and `downgrade` are given beside `op`: why and where they run. */
export interface ScriptContext {
  /** What `env.ts` gave `runMigrations`. */
  readonly args: RunArguments
  /** SQL is written instead of run (`--sql`). */
  readonly isOffline: boolean
  /** The kind of database. */
  readonly dialect: DialectName
  /** The `-x key=value` arguments. */
  readonly xArguments: Readonly<Record<string, string>>
  /** `--tag`. */
  readonly tag: string | undefined
  /** The config, its options and what the caller gave as `attributes`. */
  readonly config: ContextConfig
  /** How indexes and constraints are called that are given no name. */
  readonly namingConvention: NamingConvention
}

/** What names the indexes and constraints of a script. */
export function namingOf({ namingConvention, dialect }: ScriptContext): Naming {
  return new Naming(namingConvention, dialect)
}
