import type { ExcludeInput } from '../../../declarations/constraints.ts'
import type { ConstraintName } from '../../../declarations/final-name.ts'
import type { SqlText } from '../../../declarations/sql.ts'
import * as constraints from '../constraints.ts'
import type { InSchema } from '../objects.ts'
import { known } from '../takes.ts'
import { IndexDirectives } from './indexes.ts'

/** The directives for constraints. */
export abstract class ConstraintDirectives extends IndexDirectives {
  /** Adds a primary key. */
  createPrimaryKey(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options: constraints.PrimaryKeyOptions = {},
  ): void {
    this.recorder.add(
      constraints.createKey(
        'primaryKey',
        name,
        table,
        columns,
        known('createPrimaryKey', [name, table, columns], options),
      ),
    )
  }

  /** Adds a unique constraint. */
  createUniqueConstraint(
    name: ConstraintName | null,
    table: string,
    columns: readonly string[],
    options: constraints.UniqueOptions = {},
  ): void {
    this.recorder.add(
      constraints.createKey(
        'unique',
        name,
        table,
        columns,
        known('createUniqueConstraint', [name, table, columns], options),
      ),
    )
  }

  /** Adds a foreign key; with no `referredColumns`, to the primary key of the other table. */
  createForeignKey(
    name: ConstraintName | null,
    table: string,
    referredTable: string,
    columns: readonly string[],
    referredColumns: readonly string[],
    options: constraints.CreateForeignKeyOptions = {},
  ): void {
    this.recorder.add(
      constraints.createForeignKey(
        name,
        table,
        referredTable,
        columns,
        referredColumns,
        known('createForeignKey', [name, table, referredTable, columns, referredColumns], options),
      ),
    )
  }

  /** Adds a check. */
  createCheckConstraint(
    name: ConstraintName | null,
    table: string,
    condition: SqlText,
    options: constraints.CreateCheckOptions = {},
  ): void {
    this.recorder.add(
      constraints.createCheckConstraint(
        name,
        table,
        condition,
        known('createCheckConstraint', [name, table, condition], options),
      ),
    )
  }

  /** Adds an exclusion constraint. */
  createExcludeConstraint(
    name: ConstraintName | null,
    table: string,
    elements: readonly ExcludeInput[],
    options: constraints.CreateExcludeOptions = {},
  ): void {
    this.recorder.add(
      constraints.createExcludeConstraint(
        name,
        table,
        elements,
        known('createExcludeConstraint', [name, table, elements], options),
      ),
    )
  }

  /** Drops a constraint of any type; `existing` is its `unique(…)`, `check(…)`, … */
  dropConstraint(
    name: ConstraintName,
    table: string,
    options: constraints.DropConstraintOptions = {},
  ): void {
    this.recorder.add(
      constraints.dropConstraint(name, table, known('dropConstraint', [name, table], options)),
    )
  }

  /** Checks the rows that were there before a constraint that is NOT VALID. */
  validateConstraint(name: string, table: string, options: InSchema = {}): void {
    this.recorder.add(
      constraints.validateConstraint(
        name,
        table,
        known('validateConstraint', [name, table], options),
      ),
    )
  }
}
