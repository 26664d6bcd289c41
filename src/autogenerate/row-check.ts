import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { typeId } from '../diff/type-ids.ts'
import { LimbeckError } from '../errors.ts'
import { Names } from '../operations/describe-names.ts'
import { FormerNames } from '../operations/former-names.ts'
import { destroys, type Loss } from '../operations/loss.ts'
import { comesBack } from '../operations/mapping-back.ts'
import type { OnTable, Operation, OperationOf } from '../operations/operation.ts'
import {
  type DatabaseSchema,
  objectId,
  type QualifiedName,
  type SchemaObject,
  type Table,
} from '../schema/index.ts'
import { applyOperations } from './build-schema.ts'
import { proofHint, type RecordedProposal, type Rehearsal } from './rehearsal.ts'
import { insertSampleRows } from './sample-rows.ts'

/** What happened to generated rows on the way up and down again. */
export interface RowCheck {
  /** Tables whose rows came back unchanged, but for what the proposal is known to lose. */
  readonly unchanged: readonly string[]
  /** Tables that could not be filled or followed, with the reason. */
  readonly unchecked: readonly { readonly table: string; readonly reason: string }[]
  /** What the database said when the upgrade met rows; absent where it went through. */
  readonly refusal: string | undefined
}

/**
 * Goes back to the start from where the schema's proof has ended, fills the tables that the proposal
 * touches, runs it up and down, and compares the rows. Rows that changed, beyond the losses derived
 * from the operations, are a failed proof.
 */
export async function rehearseRows(
  proposal: RecordedProposal,
  loses: readonly Loss[],
  rehearsal: Rehearsal,
): Promise<RowCheck | undefined> {
  const {
    scratch: { connection },
    dialect,
    comparison: { current },
  } = rehearsal
  const touched = tablesOf(touchedTables(proposal.upgrade, current), current)
  if (touched.length === 0) return undefined
  const own = tablesOf(proposal.upgrade.filter(isInsert), current)
  const lost = [
    ...loses.map(({ what }) => what),
    ...mappedColumns(proposal.upgrade, current.defaultSchema),
    ...columnsThatShrink(proposal.upgrade, current),
  ]
  const rows = new RowReader(connection, dialect, lost, current)
  await applyOperations(connection, dialect, proposal.downgrade)
  const sampled = await insertSampleRows(connection, dialect, current, touched, own)
  const unchecked = [...sampled.empty]
    .filter(([table]) => touched.includes(table))
    .map(([table, reason]) => ({ table: rows.nameOf(table), reason }))
  const followed = sampled.filled.filter(table => touched.includes(table) && !rows.isLost(table))
  const before = await rows.read(followed)
  const refusal = await upAndDown(connection, dialect, proposal)
  if (refusal !== undefined) return { unchanged: [], unchecked, refusal }
  const after = await rows.read(followed)
  const changed = followed.filter((_, position) => before[position] !== after[position])
  if (changed.length > 0) {
    throw rowsChanged(
      changed.map(table => rows.nameOf(table)),
      proofHint(rehearsal),
    )
  }
  return { unchanged: followed.map(table => rows.nameOf(table)), unchecked, refusal }
}

/** Columns in which values become others that are there already: nothing tells them apart on the way back. */
function mappedColumns(operations: readonly Operation[], defaultSchema: string): string[] {
  const names = new FormerNames(defaultSchema)
  return operations.flatMap(operation => {
    const isMapped =
      operation.kind === 'replaceEnumValues' &&
      Object.keys(operation.mapping ?? {}).some(value => !comesBack(operation, value))
    const mapped = isMapped ? operation.columns.map(use => names.column(use, use.column)) : []
    names.follow(operation)
    return mapped
  })
}

/** Columns whose composite type loses attributes, and those that a table has from it. */
function columnsThatShrink(operations: readonly Operation[], current: DatabaseSchema): string[] {
  const names = new Names(current.defaultSchema)
  const types = new Set(
    operations.flatMap(operation => {
      if (operation.kind !== 'alterObject' || destroys([operation], '').length === 0) return []
      const { existing } = operation
      const schema = 'schema' in existing ? existing.schema : undefined
      return objectId({ ...existing, schema: schema ?? current.defaultSchema } as SchemaObject)
    }),
  )
  return [...current.objects.values()].flatMap(table => {
    if (table.kind !== 'table') return []
    const isMadeOfIt = types.has(typeId(current, table.ofType ?? '') ?? '')
    return table.columns
      .filter(({ type }) => isMadeOfIt || types.has(typeId(current, type) ?? ''))
      .map(({ name }) => names.column({ schema: table.schema, table: table.name }, name))
  })
}

/** The tables of the current schema that are named. */
function tablesOf(named: readonly OnTable[], current: DatabaseSchema): Table[] {
  const ids = named.map(({ schema = current.defaultSchema, table }) =>
    objectId({ kind: 'table', schema, name: table, columns: [] }),
  )
  return [...new Set(ids)]
    .map(id => current.objects.get(id))
    .filter(object => object?.kind === 'table')
}

/** Rows of its own, beside which generated ones would only be in the way. */
const isInsert = (operation: Operation): operation is OperationOf<'bulkInsert'> =>
  operation.kind === 'bulkInsert'

/** The tables whose rows operations may change, under the names that they have before. */
function touchedTables(operations: readonly Operation[], current: DatabaseSchema): OnTable[] {
  const names = new FormerNames(current.defaultSchema)
  return operations.flatMap(operation => {
    const touched =
      operation.kind === 'renameEnumValue'
        ? tablesWith(names.onEnum(operation), current)
        : touchedBy(operation).map(on => names.onTable(on))
    names.follow(operation)
    return touched
  })
}

/** The tables that have columns of an enum. */
function tablesWith({ schema, name }: QualifiedName, current: DatabaseSchema): OnTable[] {
  const id = objectId({
    kind: 'enum',
    schema: schema ?? current.defaultSchema,
    name,
    values: [],
  })
  return [...current.objects.values()].flatMap(object =>
    object.kind === 'table' && object.columns.some(({ type }) => typeId(current, type) === id)
      ? [{ schema: object.schema, table: object.name }]
      : [],
  )
}

/** The tables whose rows an operation may change, as it names them. */
function touchedBy(operation: Operation): readonly OnTable[] {
  switch (operation.kind) {
    case 'createConstraint': {
      const { constraint } = operation
      // Rows refer to rows of the same number, which have to be there.
      return constraint.type === 'foreignKey' ? [constraint, constraint.references] : [constraint]
    }
    case 'createIndex':
      return [operation.index]
    case 'renameTable':
      return [{ schema: operation.schema, table: operation.name }]
    case 'addEnumValue':
    case 'replaceEnumValues':
      return operation.columns ?? []
    case 'attachPartition':
    case 'detachPartition': {
      const { schema, name } = operation.partition
      return [operation, { schema, table: name }]
    }
    case 'addColumn':
    case 'dropColumn':
    case 'alterColumn':
    case 'dropConstraint':
    case 'validateConstraint':
    case 'backfill':
      return [operation]
    default:
      return []
  }
}

/** The database's refusal, if the upgrade does not go through with rows there. */
async function upAndDown(
  connection: Connection,
  dialect: Dialect,
  { upgrade, downgrade }: RecordedProposal,
): Promise<string | undefined> {
  try {
    await applyOperations(connection, dialect, upgrade)
    await applyOperations(connection, dialect, downgrade)
    return undefined
  } catch (error) {
    if (error instanceof DatabaseError) return error.message
    throw error
  }
}

/** Reads the rows of tables, without the columns that are known to be lost. */
class RowReader {
  readonly #connection: Connection
  readonly #dialect: Dialect
  readonly #lost: ReadonlySet<string>
  readonly #schema: DatabaseSchema
  readonly #names: Names

  constructor(
    connection: Connection,
    dialect: Dialect,
    lost: readonly string[],
    schema: DatabaseSchema,
  ) {
    this.#connection = connection
    this.#dialect = dialect
    this.#lost = new Set(lost)
    this.#schema = schema
    this.#names = new Names(schema.defaultSchema)
  }

  nameOf(table: Table): string {
    return this.#names.of(table)
  }

  /** Whether rows of a table go: its own, or those of a partition or a child. */
  isLost(table: Table): boolean {
    const isOwn = this.#lost.has(this.nameOf(table))
    return isOwn || this.#tables(part => isPartOf(part, table)).some(part => this.isLost(part))
  }

  /** A column that is lost in a parent is lost in its partitions and children. */
  #isLostColumn(table: Table, column: string): boolean {
    const isOwn = this.#lost.has(`${this.nameOf(table)}.${column}`)
    const parents = this.#tables(parent => isPartOf(table, parent))
    return isOwn || parents.some(parent => this.#isLostColumn(parent, column))
  }

  #tables(isWanted: (table: Table) => boolean): Table[] {
    return [...this.#schema.objects.values()].filter(
      (object): object is Table => object.kind === 'table' && isWanted(object),
    )
  }

  /** All rows of each table as one text; what is generated follows from the rest. */
  async read(tables: readonly Table[]): Promise<unknown[]> {
    const results = await this.#connection.queryAll(tables.map(table => this.#query(table)))
    return results.map(({ rows }) => rows[0]?.rows)
  }

  #query(table: Table): string {
    const columns = table.columns
      .filter(({ name, generated }) => !generated && !this.#isLostColumn(table, name))
      .map(column => this.#dialect.quote(column.name))
    return (
      `SELECT string_agg(r::text, E'\\n' ORDER BY r::text) AS rows ` +
      `FROM (SELECT ${columns.join(', ')} FROM ${this.#dialect.quoteQualified(table)}) r`
    )
  }
}

function isPartOf({ partitionOf, inherits = [] }: Table, parent: Table): boolean {
  const parents = partitionOf ? [partitionOf.parent, ...inherits] : inherits
  return parents.some(({ schema, name }) => schema === parent.schema && name === parent.name)
}

function rowsChanged(tables: readonly string[], hint: string): LimbeckError {
  return new LimbeckError(
    'PROOF_FAILED',
    `The proposal was not written: in scratch, rows of ${tables.join(', ')} are not the same after its upgrade and downgrade.`,
    { facts: { stage: 'rows', tables }, hint },
  )
}
