import type { QualifiedName } from './names.ts'

/** An index that no constraint owns. It lives in its table's schema. */
export interface Index {
  readonly kind: 'index'
  readonly schema?: string | undefined
  readonly table: string
  /** Absent: the database chooses. */
  readonly name?: string | undefined
  /** Of a declaration alone: no naming convention changes its name. */
  readonly hasFinalName?: boolean | undefined
  readonly elements: readonly IndexElement[]
  readonly unique?: boolean | undefined
  /** Absent: btree. */
  readonly method?: string | undefined
  readonly include?: readonly string[] | undefined
  readonly where?: string | undefined
  readonly nullsNotDistinct?: boolean | undefined
  /** Storage parameters: WITH (fillfactor = 70). */
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly tablespace?: string | undefined
  readonly comment?: string | undefined
  /** Only on the partitioned parent; partitions' indexes are attached one by one. */
  readonly only?: boolean | undefined
  /** Parent index that this one is attached to (partitions). */
  readonly attachedTo?: QualifiedName | undefined
  readonly clustered?: boolean | undefined
  /** Statistics targets of expression columns: 1-based position → target. */
  readonly statistics?: Readonly<Record<number, number>> | undefined
  /** Built without blocking writes; never true of an introspected index. */
  readonly concurrently?: boolean | undefined
}

/** One key of an index: exactly one of `column` and `expression`. */
export interface IndexElement {
  readonly column?: string | undefined
  readonly expression?: string | undefined
  /** MySQL: only so many of its first characters. */
  readonly prefix?: number | undefined
  readonly opclass?: string | undefined
  readonly opclassOptions?: Readonly<Record<string, string>> | undefined
  readonly collation?: string | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly nulls?: 'first' | 'last' | undefined
}
