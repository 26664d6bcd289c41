import type { Column } from './columns.ts'
import type { QualifiedName } from './names.ts'

/** A table without its constraints, indexes, triggers and policies: those are objects of their own. */
export interface Table extends QualifiedName {
  readonly kind: 'table'
  readonly columns: readonly Column[]
  readonly comment?: string | undefined
  readonly unlogged?: boolean | undefined
  /** It goes with the session, so that no introspected table is. */
  readonly temporary?: boolean | undefined
  /** Storage parameters as the database lists them: `fillfactor` → `70`; `toast.…` for the TOAST table. */
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly accessMethod?: string | undefined
  readonly tablespace?: string | undefined
  /** The typed table's composite type (`CREATE TABLE … OF type`). */
  readonly ofType?: string | undefined
  /** What follows PARTITION BY: `RANGE (created_at)`. */
  readonly partitionBy?: string | undefined
  readonly partitionOf?: PartitionOf | undefined
  readonly inherits?: readonly QualifiedName[] | undefined
  readonly rowSecurity?: RowSecurity | undefined
  readonly replicaIdentity?: ReplicaIdentity | undefined
}

export interface PartitionOf {
  readonly parent: QualifiedName
  /** `FOR VALUES …` or `DEFAULT`, as the database deparses it. */
  readonly bounds: string
}

export interface RowSecurity {
  readonly enabled: boolean
  readonly forced: boolean
}

/** What logical replication sends for an old row; absent: the primary key. */
export type ReplicaIdentity = 'nothing' | 'full' | { readonly index: string }
