import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { Loss } from '../operations/loss.ts'
import type { Operation } from '../operations/operation.ts'
import { displayName, objectId, type Table } from '../schema/index.ts'
import { applyOperations, inTransaction } from './build-schema.ts'
import type { ProveOptions, RecordedProposal } from './proof.ts'
import { insertSampleRows, qualified } from './sample-rows.ts'

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
  { scratch, dialect, comparison: { current } }: ProveOptions,
): Promise<RowCheck | undefined> {
  const touched = [...touchedTables(proposal.upgrade)]
    .map(id => current.objects.get(id))
    .filter(object => object?.kind === 'table')
  if (touched.length === 0) return undefined
  const { connection } = scratch
  await run(connection, dialect, proposal.downgrade)
  const sampled = await insertSampleRows(connection, dialect, current, touched)
  const unchecked = [...sampled.empty]
    .filter(([table]) => touched.includes(table))
    .map(([table, reason]) => ({ table: nameOf(table), reason }))
  const followed = sampled.filled.filter(table => touched.includes(table) && !isLost(table, loses))
  const before = await snapshots(connection, dialect, followed, loses)
  const refusal = await upAndDown(connection, dialect, proposal)
  if (refusal !== undefined) return { unchanged: [], unchecked, refusal }
  const after = await snapshots(connection, dialect, followed, loses)
  const changed = followed.filter((_, position) => before[position] !== after[position])
  if (changed.length > 0) throw rowsChanged(changed)
  return { unchanged: followed.map(nameOf), unchecked, refusal }
}

/** Ids of the tables that operations change, create things on, or drop. */
function touchedTables(operations: readonly Operation[]): Set<string> {
  const id = (schema: string | undefined, name: string) =>
    objectId({ kind: 'table', schema: schema ?? 'public', name, columns: [] })
  return new Set(
    operations.flatMap(operation => {
      switch (operation.kind) {
        case 'createConstraint':
          return [id(operation.constraint.schema, operation.constraint.table)]
        case 'createIndex':
          return [id(operation.index.schema, operation.index.table)]
        case 'renameTable':
          return [id(operation.schema, operation.name)]
        case 'replaceEnumValues':
          return operation.columns.map(use => id(use.schema, use.table))
        case 'addColumn':
        case 'dropColumn':
        case 'alterColumn':
        case 'dropConstraint':
          return [id(operation.schema, operation.table)]
        default:
          return []
      }
    }),
  )
}

/** The database's refusal, if the upgrade does not go through with rows there. */
async function upAndDown(
  connection: Connection,
  dialect: Dialect,
  { upgrade, downgrade }: RecordedProposal,
): Promise<string | undefined> {
  try {
    await run(connection, dialect, upgrade)
    await run(connection, dialect, downgrade)
    return undefined
  } catch (error) {
    if (error instanceof DatabaseError) return error.message
    throw error
  }
}

function run(
  connection: Connection,
  dialect: Dialect,
  operations: readonly Operation[],
): Promise<void> {
  return inTransaction(connection, () => applyOperations(connection, dialect, operations))
}

/** Each table's rows as one text, without the columns that are known to be lost. */
async function snapshots(
  connection: Connection,
  dialect: Dialect,
  tables: readonly Table[],
  loses: readonly Loss[],
): Promise<unknown[]> {
  const results = await connection.queryAll(
    tables.map(table => snapshotQuery(dialect, table, loses)),
  )
  return results.map(({ rows }) => rows[0]?.rows)
}

function snapshotQuery(dialect: Dialect, table: Table, loses: readonly Loss[]): string {
  const lost = new Set(loses.map(loss => loss.what))
  const columns = table.columns
    .filter(column => !lost.has(`${nameOf(table)}.${column.name}`))
    .map(column => dialect.quote(column.name))
  return (
    `SELECT string_agg(r::text, E'\\n' ORDER BY r::text) AS rows ` +
    `FROM (SELECT ${columns.join(', ')} FROM ${qualified(dialect, table)}) r`
  )
}

const nameOf = (table: Table) => displayName(withoutDefault(table))

const withoutDefault = ({ schema, name }: Table) => ({
  schema: schema === 'public' ? undefined : schema,
  name,
})

const isLost = (table: Table, loses: readonly Loss[]) =>
  loses.some(loss => loss.what === nameOf(table))

function rowsChanged(tables: readonly Table[]): LimbeckError {
  const names = tables.map(nameOf)
  return new LimbeckError(
    'PROOF_FAILED',
    `The proposal was not written: in scratch, rows of ${names.join(', ')} are not the same after its upgrade and downgrade.`,
    {
      facts: { stage: 'rows', tables: names },
      hint: 'This is a defect of limbeck. Write this revision by hand (`limbeck revision -m …`), and report the two schemas.',
    },
  )
}
