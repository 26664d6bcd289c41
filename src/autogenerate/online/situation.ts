import { Names } from '../../operations/describe-names.ts'
import type { OnTable, Operation } from '../../operations/operation.ts'
import {
  type Constraint,
  columnId,
  type DatabaseSchema,
  objectId,
  type PrimaryKey,
  type SchemaObject,
  type Table,
  type UniqueConstraint,
} from '../../schema/index.ts'

/** What the forms of single changes ask about the proposal that these are part of. */
export class Situation {
  readonly target: DatabaseSchema
  readonly names: Names
  readonly #created: ReadonlySet<string>
  readonly #given = new Set<string>()

  constructor(operations: readonly Operation[], target: DatabaseSchema) {
    this.target = target
    this.names = new Names(target.defaultSchema)
    this.#created = new Set(operations.flatMap(createdBy))
  }

  /** Whether the relation is made by the proposal itself, so that nobody waits for it. */
  isFresh({ schema, table }: OnTable): boolean {
    return this.#created.has(relationId({ schema, table }))
  }

  isFreshColumn({ schema, table, column }: OnTable & { readonly column: string }): boolean {
    return this.#created.has(columnId(schema ?? '', table, column))
  }

  /** The table as it will be. */
  table(on: OnTable): Table | undefined {
    const object = this.target.objects.get(`table:${path(on)}`)
    return object?.kind === 'table' ? object : undefined
  }

  isPartitioned(on: OnTable): boolean {
    return this.table(on)?.partitionBy !== undefined
  }

  /** A key that is there before and after, with columns that are never NULL: the primary one, if it is. */
  walkedKey(on: OnTable): PrimaryKey | UniqueConstraint | undefined {
    const keys = [...this.target.objects.values()].filter(
      (object): object is PrimaryKey | UniqueConstraint =>
        isKey(object) && isOn(object, on) && !this.#created.has(objectId(object)),
    )
    const nullable = (column: string) =>
      this.table(on)?.columns.find(({ name }) => name === column)?.notNull !== true
    return (
      keys.find(({ type }) => type === 'primaryKey') ??
      keys.find(
        ({ columns, deferrable }) =>
          !deferrable &&
          !columns.some(column => nullable(column) || this.isFreshColumn({ ...on, column })),
      )
    )
  }

  /** A name for a constraint of the table that none of it has, nor was given here before. */
  freeConstraintName(on: OnTable, wanted: string): string {
    for (let number = 1; ; number++) {
      const name = shortened(wanted, number === 1 ? '' : `_${number}`)
      const id = `constraint:${path(on)}.${name}`
      if (this.target.objects.has(id) || this.#given.has(id)) continue
      this.#given.add(id)
      return name
    }
  }
}

/** A name with its ending, in 63 bytes, of which a character takes up to four. */
function shortened(name: string, ending: string): string {
  const whole = `${name}${ending}`
  return Buffer.byteLength(whole) <= 63 ? whole : `${[...name].slice(-13).join('')}${ending}`
}

function createdBy(operation: Operation): string[] {
  switch (operation.kind) {
    case 'createTable':
      return [objectId(operation.table), ...operation.constraints.map(objectId)]
    case 'createMaterializedView': {
      const { schema, name } = operation.object
      return [relationId({ schema, table: name })]
    }
    case 'createConstraint':
      return [objectId(operation.constraint)]
    case 'addColumn':
      return [columnId(operation.schema ?? '', operation.table, operation.column.name)]
    default:
      return []
  }
}

const path = ({ schema = '', table }: OnTable): string => `${schema}.${table}`

/** Indexes are on tables and on materialized views, which never have the same name. */
function relationId(on: OnTable): string {
  return `table:${path(on)}`
}

const isKey = (object: SchemaObject): object is PrimaryKey | UniqueConstraint =>
  object.kind === 'constraint' && (object.type === 'primaryKey' || object.type === 'unique')

const isOn = (constraint: Constraint, { schema, table }: OnTable): boolean =>
  constraint.schema === schema && constraint.table === table
