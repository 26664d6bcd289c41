import type { RowSecurityInput } from '../../declarations/tables.ts'
import type { TableChanges } from '../../operations/operation.ts'
import type { Constraint, Index, RowSecurity, Table } from '../../schema/index.ts'
import { columnKeys, columnsCode } from './columns.ts'
import { constraintCode } from './constraints.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { indexCode } from './indexes.ts'
import { array, type Code, object } from './layout.ts'
import { text } from './literals.ts'
import { parameterValues } from './parameters.ts'
import { placeConstraints } from './place-constraints.ts'

/** A table with everything that is written inside its declaration. */
export interface WholeTable {
  readonly table: Table
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
}

/** The arguments of `op.createTable(…)`. */
export function createTableArguments(
  whole: WholeTable,
  ifNotExists: boolean | undefined,
  context: RenderContext,
): Code[] {
  const schema = context.schema(whole.table.schema)
  const entries = [
    ...context.entries({ schema }),
    ...tableEntries(whole.table, context),
    ...context.entries({ ifNotExists }),
  ]
  return [...contentArguments(whole, context), ...options(entries)]
}

/** `table(…)` as `existing` holds it: its schema is that of the directive. */
export function tableCode(whole: WholeTable, context: RenderContext): Code {
  const own = options(tableEntries(whole.table, context))
  return context.call('table', ...contentArguments(whole, context), ...own)
}

/** `table(…)` as models hold it, with its schema. */
export function tableModel(whole: WholeTable, context: RenderContext): Code {
  const schema = context.entries({ schema: context.schema(whole.table.schema) })
  const own = options([...schema, ...tableEntries(whole.table, context)])
  return context.call('table', ...contentArguments(whole, context), ...own)
}

function contentArguments(
  { table, constraints, indexes }: WholeTable,
  context: RenderContext,
): Code[] {
  const { onColumns, beside } = placeConstraints(table, constraints)
  const inTable = context.inTable(columnKeys(table.columns))
  const elements = [
    ...beside.map(constraint => constraintCode(constraint, inTable)),
    ...indexes.map(index => indexCode(index, inTable)),
  ]
  const columns = columnsCode(table.columns, onColumns, context)
  const extra = elements.length === 0 ? [] : [['t => ', array(elements)]]
  return [text(table.name), columns, ...extra]
}

function tableEntries(table: Table, context: RenderContext): Entry[] {
  const { comment, unlogged, temporary, partitionBy, partitionOf, inherits, ofType } = table
  const { rowSecurity, replicaIdentity, accessMethod, tablespace } = table
  return [
    ...context.entries({ comment, unlogged, temporary, partitionBy }),
    ...partitionEntries(partitionOf, context),
    ...inheritsEntries(inherits, context),
    ...context.entries({
      ofType,
      rowSecurity: rowSecurity && rowSecurityWord(rowSecurity),
      replicaIdentity,
      options: parameterValues(table.options),
      accessMethod,
      tablespace,
    }),
  ]
}

function partitionEntries(partitionOf: Table['partitionOf'], context: RenderContext): Entry[] {
  if (partitionOf === undefined) return []
  const { parent, bounds } = partitionOf
  const entries = [...context.nameEntry('parent', parent), ...context.entries({ bounds })]
  return [['partitionOf', object(entries)]]
}

function inheritsEntries(inherits: Table['inherits'], context: RenderContext): Entry[] {
  return inherits ? [['inherits', array(inherits.map(parent => context.name(parent)))]] : []
}

/** Row security in a word, where there is one. */
function rowSecurityWord({ enabled, forced }: RowSecurity): RowSecurityInput {
  if (enabled) return forced ? 'forced' : 'enabled'
  return forced ? { enabled, forced } : 'disabled'
}

/** The changes of `op.alterTable(…)`, and its `existing`. */
export function tableChangesEntries(changes: TableChanges, context: RenderContext): Entry[] {
  const { rowSecurity, options } = changes
  return context.entries({
    ...changes,
    rowSecurity: rowSecurity && rowSecurityWord(rowSecurity),
    options: parameterValues(options),
  })
}
