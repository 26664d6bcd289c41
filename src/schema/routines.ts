import type { QualifiedName } from './names.ts'

/** A function, window function or procedure. */
export interface Routine extends QualifiedName {
  readonly kind: 'routine'
  readonly type: 'function' | 'procedure'
  /** Argument types that identify it, as in `DROP FUNCTION name(…)`: `integer, text[]`. */
  readonly signature: string
  /** The whole argument list with names, modes and defaults. */
  readonly arguments: string
  /** What follows RETURNS: `trigger`, `SETOF users`, `TABLE(a integer)`; absent for a procedure. */
  readonly returns?: string | undefined
  readonly language: string
  /** The source text; absent where `sqlBody` or `library` holds it. */
  readonly body?: string | undefined
  /** The SQL-standard body: `BEGIN ATOMIC … END` or `RETURN …`. */
  readonly sqlBody?: string | undefined
  /** Object file and symbol of a C function. */
  readonly library?: { readonly file: string; readonly symbol: string } | undefined
  readonly window?: boolean | undefined
  /** Absent: volatile. */
  readonly volatility?: 'immutable' | 'stable' | undefined
  readonly strict?: boolean | undefined
  readonly securityDefiner?: boolean | undefined
  readonly leakproof?: boolean | undefined
  /** Absent: unsafe. */
  readonly parallel?: 'safe' | 'restricted' | undefined
  readonly cost?: number | undefined
  readonly rows?: number | undefined
  readonly support?: string | undefined
  readonly transformTypes?: readonly string[] | undefined
  /** `SET name TO value`, values spelled as SQL. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  readonly comment?: string | undefined
}

export interface Aggregate extends QualifiedName {
  readonly kind: 'aggregate'
  readonly signature: string
  /** The argument list as CREATE AGGREGATE takes it (`*`, `integer ORDER BY text`). */
  readonly arguments: string
  /** SFUNC, STYPE, INITCOND, …: spelled as SQL, in the database's order. */
  readonly options: Readonly<Record<string, string>>
  readonly comment?: string | undefined
}
