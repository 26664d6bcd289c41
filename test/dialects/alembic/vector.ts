import type { DialectName } from '../../../src/dialects/dialect.ts'
import type { Directive } from './directives.ts'
import type { Args } from './parts.ts'

/** A directive with the SQL that Alembic 1.19.2 wrote for it, as a line of `ddl.jsonl` tells it. */
export interface DdlVector extends Directive {
  readonly name: string
  readonly dialect: DialectName
  readonly given?: readonly Directive[]
  readonly sql: readonly string[]
  readonly alternatives?: readonly { readonly sql: readonly string[] }[]
  /** What another version of SQLAlchemy wrote. */
  readonly otherwise?: { readonly sql: readonly string[] }
  readonly error?: { readonly category: string; readonly message: string }
  readonly executes?: { readonly on: string; readonly ok: boolean; readonly error?: string }
  readonly mode?: 'online'
  readonly context?: Args
}
