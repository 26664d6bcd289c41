import type { AnyColumn, ColumnRecord, ColumnTypes, InsertMode, NameOf } from './columns.ts'
import type { TableDeclaration } from './tables.ts'

/** The columns of a declared table. */
type ColumnsOf<T> = T extends TableDeclaration<string, infer C> ? C : never

type Read<T extends AnyColumn> = ColumnTypes<T>[2] extends true
  ? ColumnTypes<T>[0] | null
  : ColumnTypes<T>[0]

type Written<T extends AnyColumn> = ColumnTypes<T>[2] extends true
  ? ColumnTypes<T>[1] | null
  : ColumnTypes<T>[1]

type ModeOf<T extends AnyColumn> = ColumnTypes<T>[3]

/** Whether an insert must give a column. */
type IsRequired<T extends AnyColumn> =
  ModeOf<T> extends 0 ? (ColumnTypes<T>[2] extends true ? false : true) : false

/** A row as it is read. */
export type RowOf<T extends TableDeclaration> = RowOfColumns<ColumnsOf<T>>

type RowOfColumns<C extends ColumnRecord> = {
  [K in keyof C as NameOf<K, C[K]> & string]: Read<C[K]>
}

/** A row as it may be inserted: columns with a default may be left out, generated ones are not there. */
export type InsertOf<T extends TableDeclaration> = InsertOfColumns<ColumnsOf<T>>

type InsertOfColumns<C extends ColumnRecord> = {
  [K in keyof C as IsRequired<C[K]> extends true ? NameOf<K, C[K]> & string : never]: Written<C[K]>
} & {
  [K in keyof C as IsOptional<C[K]> extends true ? NameOf<K, C[K]> & string : never]?: Written<C[K]>
}

type IsOptional<T extends AnyColumn> =
  ModeOf<T> extends 2 ? false : IsRequired<T> extends true ? false : true

/** A row as it may be updated. */
export type UpdateOf<T extends TableDeclaration> = UpdateOfColumns<ColumnsOf<T>>

type UpdateOfColumns<C extends ColumnRecord> = {
  [K in keyof C as ModeOf<C[K]> extends 2 ? never : NameOf<K, C[K]> & string]?: Written<C[K]>
}

/** A column as Kysely describes it, in the same shape. */
export interface ColumnType<S, I, U> {
  readonly __select__: S
  readonly __insert__: I
  readonly __update__: U
}

type KyselyColumn<T extends AnyColumn> = ColumnType<
  Read<T>,
  InsertMode extends ModeOf<T>
    ? Written<T> | undefined
    : ModeOf<T> extends 2
      ? never
      : IsRequired<T> extends true
        ? Written<T>
        : Written<T> | undefined,
  ModeOf<T> extends 2 ? never : Written<T>
>

type KyselyTable<C extends ColumnRecord> = {
  [K in keyof C as NameOf<K, C[K]> & string]: KyselyColumn<C[K]>
}

type TableNameOf<T> = T extends TableDeclaration<infer N, ColumnRecord> ? N : never

/**
 * The database that a module of declarations describes, as Kysely's interface: tables by name,
 * those of another schema as `schema.name`. `new Kysely<Database<typeof models>>(…)`.
 */
export type Database<M> = {
  [K in keyof M as TableNameOf<M[K]>]: KyselyTable<ColumnsOf<M[K]>>
}
