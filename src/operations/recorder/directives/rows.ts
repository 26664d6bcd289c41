import type { TableDeclaration } from '../../../declarations/tables.ts'
import type { PlainRow } from '../../operation.ts'
import {
  bulkDelete,
  bulkInsert,
  type NamedRowsOptions,
  type RowFor,
  type RowsOptions,
} from '../rows.ts'
import { known } from '../takes.ts'
import { TypeDirectives } from './types.ts'

/** The directives for rows. */
export abstract class RowDirectives extends TypeDirectives {
  /**
   * INSERTs rows, given by the names of their columns: values, or sql`…`. A column that a row leaves out
   * gets its default. `key` names the columns by which the rows are deleted on reverse.
   */
  bulkInsert<T extends TableDeclaration>(
    table: T,
    rows: readonly RowFor<T>[],
    options?: RowsOptions,
  ): void
  bulkInsert(table: string, rows: readonly PlainRow[], options?: NamedRowsOptions): void
  bulkInsert(
    table: string | TableDeclaration,
    rows: readonly PlainRow[],
    options: NamedRowsOptions = {},
  ): void {
    this.recorder.add(bulkInsert(table, rows, known('bulkInsert', [table, rows], options)))
  }

  /** DELETEs rows by their `key`; what else a row says comes back on reverse. */
  bulkDelete(
    table: string | TableDeclaration,
    rows: readonly PlainRow[],
    options: NamedRowsOptions & Required<Pick<RowsOptions, 'key'>>,
  ): void {
    this.recorder.add(bulkDelete(table, rows, known('bulkDelete', [table, rows], options)))
  }
}
