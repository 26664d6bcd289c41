import type { AnyColumn, ColumnRecord } from '../../../declarations/columns.ts'
import * as columns from '../columns.ts'
import type { DropOptions } from '../objects.ts'
import { known } from '../takes.ts'
import { ConstraintDirectives } from './constraints.ts'

/** The directives for columns. */
export abstract class ColumnDirectives extends ConstraintDirectives {
  /** Adds one or more columns, each with the constraints written on it. */
  addColumn(table: string, added: ColumnRecord, options: columns.AddColumnOptions = {}): void {
    for (const operation of columns.addColumn(
      table,
      added,
      known('addColumn', [table, added], options),
    ))
      this.recorder.add(operation)
  }

  /** Drops a column; `existing` is the builder that describes it. */
  dropColumn(table: string, column: string, options: DropOptions<AnyColumn> = {}): void {
    this.recorder.add(
      columns.dropColumn(table, column, known('dropColumn', [table, column], options)),
    )
  }

  /** Changes the aspects of a column that are named: type, nullable, default, newName, … */
  alterColumn(table: string, column: string, changes: columns.AlterColumnOptions): void {
    this.recorder.add(
      columns.alterColumn(table, column, known('alterColumn', [table, column], changes)),
    )
  }
}
