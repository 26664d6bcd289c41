import type { Backfill, Custom, Execute, Manner, Run } from './kinds/code.ts'
import type { AddColumn, AlterColumn, DropColumn } from './kinds/columns.ts'
import type { CreateConstraint, DropConstraint, ValidateConstraint } from './kinds/constraints.ts'
import type { CreateIndex, DropIndex } from './kinds/indexes.ts'
import type {
  AlterObject,
  CreateOperation,
  DropOperation,
  RenameObject,
  ReplaceOperation,
  SetComment,
} from './kinds/objects.ts'
import type { AlterOwner, Grant, Revoke } from './kinds/rights.ts'
import type { BulkDelete, BulkInsert } from './kinds/rows.ts'
import type { AlterSequence } from './kinds/sequences.ts'
import type {
  AlterTable,
  AlterTableTogether,
  AttachPartition,
  CreateTable,
  DetachPartition,
  DropTable,
  RenameTable,
} from './kinds/tables.ts'
import type { AddEnumValue, RenameEnumValue, ReplaceEnumValues } from './kinds/types.ts'

export type * from './kinds/code.ts'
export type * from './kinds/columns.ts'
export type * from './kinds/constraints.ts'
export type * from './kinds/indexes.ts'
export * from './kinds/objects.ts'
export * from './kinds/rights.ts'
export type * from './kinds/rows.ts'
export type * from './kinds/sequences.ts'
export type * from './kinds/tables.ts'
export type * from './kinds/types.ts'

/** One change to a database, as plain data. */
export type Operation = Manner & Change

type Change =
  | CreateOperation
  | DropOperation
  | ReplaceOperation
  | AlterObject
  | CreateTable
  | DropTable
  | RenameTable
  | AlterTable
  | AttachPartition
  | DetachPartition
  | AddColumn
  | DropColumn
  | AlterColumn
  | CreateConstraint
  | DropConstraint
  | ValidateConstraint
  | CreateIndex
  | DropIndex
  | AlterTableTogether
  | AddEnumValue
  | RenameEnumValue
  | ReplaceEnumValues
  | AlterSequence
  | RenameObject
  | SetComment
  | Grant
  | Revoke
  | AlterOwner
  | Execute
  | BulkInsert
  | BulkDelete
  | Backfill
  | Run
  | Custom

export type OperationKind = Operation['kind']

/** The operation of one kind. */
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>
