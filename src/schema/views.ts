import type { Column } from './columns.ts'
import type { QualifiedName } from './names.ts'

interface ViewBase extends QualifiedName {
  /** Column names, where the query does not give them. */
  readonly columnNames?: readonly string[] | undefined
  /** The query, without a closing semicolon. */
  readonly definition: string
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly comment?: string | undefined
  readonly columnComments?: Readonly<Record<string, string>> | undefined
}

export interface View extends ViewBase {
  readonly kind: 'view'
  /** As it was read: name, type and collation of each, which another query has to give as well to take its place. */
  readonly columns?: readonly string[] | undefined
  /** Defaults set on the view's columns (`ALTER VIEW … ALTER COLUMN … SET DEFAULT`). */
  readonly columnDefaults?: Readonly<Record<string, string>> | undefined
}

export interface MaterializedView extends ViewBase {
  readonly kind: 'materializedView'
  readonly accessMethod?: string | undefined
  readonly tablespace?: string | undefined
  /** What was chosen for single columns. */
  readonly columnStorage?: Readonly<Record<string, ColumnStorage>> | undefined
}

/** How the values of a column are kept, where that was chosen. */
export type ColumnStorage = Pick<Column, 'storage' | 'compression' | 'statistics'>
