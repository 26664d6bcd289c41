import { compileWhole } from '../dialects/compile-whole.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { typeId } from '../diff/type-ids.ts'
import { LimbeckError } from '../errors.ts'
import { Names } from '../operations/describe-names.ts'
import { FormerNames } from '../operations/former-names.ts'
import { destroys, type Loss } from '../operations/loss.ts'
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
import { mappedColumns, RowReader } from './row-reader.ts'
import { insertSampleRows } from './sample-rows.ts'

/** What happened to generated rows on the way up and down again. */
export interface RowCheck {
  /** Tables whose rows came back unchanged, but for what the proposal is known to lose. */
  readonly unchanged: readonly string[]
  /** Tables that could not be filled or followed, with the reason. */
  readonly unchecked: readonly { readonly table: string; readonly reason: string }[]
  /** Tables with rows that the database refuses the change with, and what it said. */
  readonly refused: readonly RefusedRows[]
  /** What the database said when the upgrade met rows, and nobody can tell which; absent where it went through. */
  readonly refusal: string | undefined
}

export interface RefusedRows {
  readonly table: string
  /** What may not be NULL and is; absent for any other reason. */
  readonly empty?: string | undefined
  readonly message: string
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
  const { scratch, dialect, comparison } = rehearsal
  const { connection } = scratch
  const { current } = comparison
  const touched = tablesOf(touchedTables(proposal.upgrade, current), current)
  if (touched.length === 0) return undefined
  const own = tablesOf(proposal.upgrade.filter(isInsert), current)
  const lost = [...loses.map(({ what }) => what), ...columnsThatShrink(proposal.upgrade, current)]
  const mapped = mappedColumns(proposal.upgrade, current.defaultSchema)
  const rows = new RowReader({ connection, dialect, lost, mapped, schema: current })
  await applyOperations(connection, dialect, proposal.downgrade)
  const sampled = await insertSampleRows(connection, dialect, current, touched, own)
  const unchecked = [...sampled.empty]
    .filter(([table]) => touched.includes(table))
    .map(([table, reason]) => ({ table: rows.nameOf(table), reason }))
  const filled = sampled.filled.filter(table => touched.includes(table) && !rows.isLost(table))
  const followed = await follow(filled, rows, proposal, rehearsal)
  const { changed, unchanged, refused, refusal } = followed
  if (changed.length > 0) throw rowsChanged(changed, proofHint(rehearsal))
  return { unchanged, unchecked, refused, refusal }
}

interface Followed extends Pick<RowCheck, 'unchanged' | 'refused' | 'refusal'> {
  readonly changed: readonly string[]
}

/** Runs the proposal up and down over rows, again without those that it is refused with, as long as it is. */
async function follow(
  tables: readonly Table[],
  rows: RowReader,
  proposal: RecordedProposal,
  { scratch: { connection }, dialect, comparison: { current } }: Rehearsal,
): Promise<Followed> {
  const refused: RefusedRows[] = []
  for (let followed = tables; ; ) {
    const before = await rows.read(followed)
    const refusal = await upAndDown(connection, dialect, proposal)
    if (refusal === undefined) {
      const after = await rows.read(followed)
      const names = (isWanted: (position: number) => boolean) =>
        followed.filter((_, position) => isWanted(position)).map(table => rows.nameOf(table))
      const isSame = (position: number) => before[position] === after[position]
      return { changed: names(at => !isSame(at)), unchanged: names(isSame), refused, refusal }
    }
    const { message, code, operation } = refusal
    const culprits = operation === undefined ? [] : refusers(operation, proposal.upgrade, current)
    const full = culprits.filter(table => followed.includes(table))
    if (full.length === 0) return { changed: [], unchanged: [], refused, refusal: message }
    const empty = code === notNullViolation ? columnOf(proposal.upgrade[operation!]) : undefined
    refused.push(...full.map(table => ({ table: rows.nameOf(table), empty, message })))
    followed = await rows.empty(full, followed)
  }
}

/** The tables whose rows an operation of the list met. */
function refusers(
  position: number,
  operations: readonly Operation[],
  current: DatabaseSchema,
): Table[] {
  const before = touchedTables(operations.slice(0, position), current).length
  return tablesOf(touchedTables(operations.slice(0, position + 1), current).slice(before), current)
}

function columnOf(operation: Operation | undefined): string | undefined {
  if (operation?.kind === 'alterColumn') return operation.column
  return operation?.kind === 'addColumn' ? operation.column.name : undefined
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

const notNullViolation = '23502'

interface Refusal {
  readonly message: string
  readonly code?: string | undefined
  /** The place of the operation that was refused; absent where the rows are not as they were. */
  readonly operation: number | undefined
}

/** The database's refusal, if the proposal does not go through with rows there. */
async function upAndDown(
  connection: Connection,
  dialect: Dialect,
  { upgrade, downgrade }: RecordedProposal,
): Promise<Refusal | undefined> {
  try {
    await applyOperations(connection, dialect, upgrade)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const { message, code, sql } = error
    return { message, code, operation: refusedOperation(upgrade, sql, connection, dialect) }
  }
  try {
    await applyOperations(connection, dialect, downgrade)
    return undefined
  } catch (error) {
    if (error instanceof DatabaseError) return { message: error.message, operation: undefined }
    throw error
  }
}

/** What was one transaction is undone; of anything else nobody knows how far it has come. */
function refusedOperation(
  operations: readonly Operation[],
  sql: string | undefined,
  { serverVersion }: Connection,
  dialect: Dialect,
): number | undefined {
  const compiled = operations.map(operation => compileWhole(operation, dialect, { serverVersion }))
  if (!compiled.flat().every(statement => statement.transactional)) return undefined
  const position = compiled.findIndex(own => own.some(statement => statement.sql === sql))
  return position < 0 ? undefined : position
}

function rowsChanged(tables: readonly string[], hint: string): LimbeckError {
  return new LimbeckError(
    'PROOF_FAILED',
    `The proposal was not written: in scratch, rows of ${tables.join(', ')} are not the same after its upgrade and downgrade.`,
    { facts: { stage: 'rows', tables }, hint },
  )
}
