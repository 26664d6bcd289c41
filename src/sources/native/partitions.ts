import type { SchemaObject, Table } from '../../schema/index.ts'

/** What names the table that something stands on. */
export interface OnTable {
  readonly schema?: string | undefined
  readonly table: string
}

/** A table among those of all schemas. */
export const tableKey = ({ schema, table }: OnTable): string => JSON.stringify([schema, table])

/** Which declared tables are partitions, and of what. */
export class Partitions {
  readonly #tables: ReadonlyMap<string, Table>

  constructor(objects: readonly SchemaObject[]) {
    const tables = objects.filter(object => object.kind === 'table')
    this.#tables = new Map(
      tables.map(table => [tableKey({ schema: table.schema, table: table.name }), table]),
    )
  }

  /** Whether what stands on this table stands on its partitions too. */
  areOf(place: OnTable): boolean {
    return this.#tables.get(tableKey(place))?.partitionBy !== undefined
  }

  /** How many tables the one it stands on is inside of. */
  depthOf(place: OnTable): number {
    const parent = this.#tables.get(tableKey(place))?.partitionOf?.parent
    return parent === undefined
      ? 0
      : 1 + this.depthOf({ schema: parent.schema, table: parent.name })
  }
}
