import type { QualifiedName } from './names.ts'

/** A namespace (`CREATE SCHEMA`). */
export interface Namespace {
  readonly kind: 'schema'
  readonly name: string
  readonly comment?: string | undefined
}

export interface Extension {
  readonly kind: 'extension'
  readonly name: string
  /** Where its objects live; absent: the default schema. */
  readonly schema?: string | undefined
  /** Only when the source names one: introspection leaves it out. */
  readonly version?: string | undefined
  readonly comment?: string | undefined
}

/** A publication for logical replication. */
export interface Publication {
  readonly kind: 'publication'
  readonly name: string
  /** What follows FOR: `ALL TABLES`, `TABLE a (x) WHERE …, TABLES IN SCHEMA s`; absent: nothing. */
  readonly objects?: string | undefined
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly comment?: string | undefined
}

/** Extended statistics (`CREATE STATISTICS`). */
export interface Statistics extends QualifiedName {
  readonly kind: 'statistics'
  /** ndistinct, dependencies, mcv; empty: all. */
  readonly kinds: readonly string[]
  /** Columns and expressions, spelled as SQL. */
  readonly expressions: readonly string[]
  readonly table: QualifiedName
  readonly target?: number | undefined
  readonly comment?: string | undefined
}

/**
 * An object that limbeck creates and drops by its whole text: operators, casts, text search objects
 * and other rare kinds. `type` and `identity` are the words of `DROP` and `COMMENT ON`
 * (`OPERATOR`, `public.=== (integer, integer)`).
 */
export interface VerbatimObject {
  readonly kind: 'verbatim'
  readonly type: string
  readonly identity: string
  /** One or more complete statements, without closing semicolons. */
  readonly statements: readonly string[]
  /** Only DROP … CASCADE removes it: a base type and its functions need each other. */
  readonly cascade?: boolean | undefined
  readonly comment?: string | undefined
}
