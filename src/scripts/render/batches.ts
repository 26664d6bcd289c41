import type { AddColumn, AlterTableTogether, TableOperation } from '../../operations/operation.ts'
import { columnsCode } from './columns.ts'
import { createConstraintCall } from './constraints.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { array, block, type Code, call, calledAs, object } from './layout.ts'
import { text } from './literals.ts'
import { modelCode } from './objects.ts'
import { placeConstraints } from './place-constraints.ts'
import { tableCode } from './tables.ts'

/** How an operation is written as a call of `op`. */
type OperationCode = (operation: TableOperation, context: RenderContext) => Code

/** `op.batchAlterTable(…)`, with its changes as calls of `batch`, which knows the table. */
export function batchCall(
  operation: AlterTableTogether,
  context: RenderContext,
  operationCode: OperationCode,
): Code {
  const { schema, table, changes, existing, rebuild, columnOrder } = operation
  const entries: Entry[] = [
    ...context.entries({ schema: context.schema(schema), rebuild, columnOrder }),
    // A rebuild needs it, so that it is said also where nothing will be reversed.
    ...(existing ? [['existing', tableCode(existing, context)] as const] : []),
    ...triggerEntries(existing?.triggers ?? [], context),
  ]
  const calls = changes.flatMap(change => changeCalls(change, context, operationCode))
  return call('op.batchAlterTable', text(table), object(entries), ['batch => ', block(calls)])
}

function triggerEntries(
  triggers: NonNullable<NonNullable<AlterTableTogether['existing']>['triggers']>,
  context: RenderContext,
): Entry[] {
  if (triggers.length === 0) return []
  return [['triggers', array(triggers.map(trigger => modelCode(trigger, context)))]]
}

function changeCalls(
  change: TableOperation,
  context: RenderContext,
  operationCode: OperationCode,
): Code[] {
  if (change.kind === 'addColumn') return addColumnCalls(change, context)
  const own = withoutTable(change)
  return [calledAs(operationCode(own, context), ofBatch, tablePlaces[change.kind])]
}

const ofBatch = (name: string): string => name.replace('op.', 'batch.')

/** Which argument names the table; of an index that is dropped it is an option. */
const tablePlaces: { readonly [K in Exclude<TableOperation['kind'], 'addColumn'>]: number } = {
  alterTable: 0,
  dropColumn: 0,
  alterColumn: 0,
  createConstraint: 1,
  dropConstraint: 1,
  createIndex: 1,
  dropIndex: -1,
}

/** The schema, which `batch` knows, and the option that names the table of an index. */
function withoutTable(change: TableOperation): TableOperation {
  switch (change.kind) {
    case 'createConstraint':
      return { ...change, constraint: { ...change.constraint, schema: undefined } }
    case 'createIndex':
      return { ...change, index: { ...change.index, schema: undefined } }
    case 'dropIndex':
      return { ...change, schema: undefined, table: undefined }
    default:
      return { ...change, schema: undefined }
  }
}

/** The constraints of a column are written on it; what that cannot say follows. */
function addColumnCalls(
  { column, constraints = [], place, ifNotExists }: AddColumn,
  context: RenderContext,
): Code[] {
  const table = { kind: 'table', name: '', columns: [column] } as const
  const { onColumns, beside } = placeConstraints(table, constraints)
  const entries = context.entries({ ...place, ifNotExists })
  const added = columnsCode([column], onColumns, context, false)
  return [
    call('batch.addColumn', added, ...options(entries)),
    ...beside.map(constraint => {
      const own = {
        kind: 'createConstraint',
        constraint: { ...constraint, schema: undefined },
      } as const
      return calledAs(createConstraintCall(own, context), ofBatch, 1)
    }),
  ]
}
