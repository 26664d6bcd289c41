import type {
  Constraint,
  Firing,
  Index,
  QualifiedName,
  ReplicaIdentity,
  RowSecurity,
  Table,
  Trigger,
} from '../../schema/index.ts'
import type { AddColumn, AlterColumn, DropColumn } from './columns.ts'
import type { CreateConstraint, DropConstraint } from './constraints.ts'
import type { CreateIndex, DropIndex } from './indexes.ts'

export interface CreateTable {
  readonly kind: 'createTable'
  readonly table: Table
  /** Written inside CREATE TABLE; their `schema` and `table` are the table's. */
  readonly constraints: readonly Constraint[]
  readonly ifNotExists?: boolean | undefined
}

export interface DropTable extends QualifiedName {
  readonly kind: 'dropTable'
  readonly existing?: ExistingTable | undefined
  readonly ifExists?: boolean | undefined
  readonly cascade?: boolean | undefined
}

/** What a dropped table was: reversed, it becomes one createTable and a createIndex for each index. */
export interface ExistingTable {
  readonly table: Table
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
}

export interface RenameTable extends QualifiedName {
  readonly kind: 'renameTable'
  readonly newName: string
  /** The schema that it moves to; absent: it stays in its own. */
  readonly newSchema?: string | undefined
}

/** Names a table inside an operation. */
export interface OnTable {
  readonly schema?: string | undefined
  readonly table: string
}

/** Changes of a table's own properties; each given key is changed, `undefined` inside sets it back. */
export interface AlterTable extends OnTable {
  readonly kind: 'alterTable'
  readonly changes: TableChanges
  readonly existing?: TableChanges | undefined
}

export interface TableChanges {
  readonly comment?: string | null
  readonly unlogged?: boolean
  /** Storage parameters to set; null resets one. */
  readonly options?: Readonly<Record<string, string | null>>
  readonly rowSecurity?: RowSecurity
  readonly replicaIdentity?: ReplicaIdentity | 'default'
  readonly tablespace?: string | null
  /** When triggers fire, by their names. */
  readonly triggers?: Readonly<Record<string, Firing>>
}

/** Makes a table a partition (and back). */
export interface AttachPartition extends OnTable {
  readonly kind: 'attachPartition'
  readonly partition: QualifiedName
  readonly bounds: string
}

export interface DetachPartition extends OnTable {
  readonly kind: 'detachPartition'
  readonly partition: QualifiedName
  /** The bounds it had, for the reverse. */
  readonly bounds?: string | undefined
}

/** A change of one table that can be made together with others of the same table. */
export type TableOperation =
  | AlterTable
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateConstraint
  | DropConstraint
  | CreateIndex
  | DropIndex

/** A table with all that goes with it when it is built anew. */
export interface WholeTable extends ExistingTable {
  readonly triggers?: readonly Trigger[] | undefined
}

/**
 * Changes of one table, made in order. Where ALTER TABLE has no words for one of them the table is
 * built anew and its rows are copied, once for all of them.
 */
export interface AlterTableTogether extends OnTable {
  readonly kind: 'alterTableTogether'
  readonly changes: readonly TableOperation[]
  /** The whole table as it was: what a rebuild keeps, and what the reverse restores. */
  readonly existing?: WholeTable | undefined
  /** Absent: where a change needs it. */
  readonly rebuild?: 'always' | 'never' | undefined
  /** The order of its columns afterwards, where that matters; only a rebuild can give it. */
  readonly columnOrder?: readonly string[] | undefined
}
