import type { ConstraintName } from '../../../declarations/final-name.ts'
import type { IndexElementInput } from '../../../declarations/indexes.ts'
import * as indexes from '../indexes.ts'
import { known } from '../takes.ts'
import { RowDirectives } from './rows.ts'

/** The directives for indexes. */
export abstract class IndexDirectives extends RowDirectives {
  /** CREATE INDEX on columns, expressions, or `{ column, order, nulls, opclass }`. */
  createIndex(
    name: ConstraintName | null,
    table: string,
    elements: readonly IndexElementInput[],
    options: indexes.CreateIndexOptions = {},
  ): void {
    this.recorder.add(
      indexes.createIndex(
        name,
        table,
        elements,
        known('createIndex', [name, table, elements], options),
      ),
    )
  }

  /** DROP INDEX; `table` says whose it is, `existing` is the `index(…)` that comes back. */
  dropIndex(name: ConstraintName, options: indexes.DropIndexOptions = {}): void {
    this.recorder.add(indexes.dropIndex(name, known('dropIndex', [name], options)))
  }
}
