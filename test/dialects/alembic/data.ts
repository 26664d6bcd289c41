import { type } from '../../../src/declarations/column-types.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { execute } from '../../../src/operations/recorder/execute.ts'
import { bulkInsert } from '../../../src/operations/recorder/rows.ts'
import { type Args, textOf } from './parts.ts'
import { typeOf } from './types.ts'

/** Plain SQL, text with named values, or an UPDATE that SQLAlchemy writes from its own expressions. */
export function executed({ sql, text, binds, update }: Args): Operation {
  if (text) return execute(text, { parameters: rowOf(binds) }, 'postgresql')
  if (!update) return execute(textOf(sql), {}, 'postgresql')
  const { table, set, where } = update
  const assignments = Object.keys(set).map(column => `${column}=:new_${column}`)
  const conditions = Object.keys(where).map(column => `${table}.${column} = :old_${column}`)
  const parameters = { ...prefixed('new_', set), ...prefixed('old_', where) }
  return execute(
    `UPDATE ${table} SET ${assignments.join(', ')} WHERE ${conditions.join(' AND ')}`,
    { parameters },
    'postgresql',
  )
}

const prefixed = (prefix: string, values: Args) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]))

/** Rows, with each column by the name of its type, as `type('…')` takes it. */
export function insertedRows(args: Args): Operation {
  const columns = Object.fromEntries(
    args.columns.map((column: Args) => [column.name, type(typeOf(column.type, args).type)]),
  )
  return bulkInsert(args.table, args.rows.map(rowOf), { schema: args.schema, columns })
}

const rowOf = (row: Args) =>
  Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cellValue(cell)]))

/** What JSON cannot hold as JavaScript has it: a moment is a Date; a day, a time and a decimal are texts. */
function cellValue(cell: Args): unknown {
  if (typeof cell !== 'object' || cell === null) return cell
  if (cell.datetime) return new Date(`${cell.datetime.replace(' ', 'T')}Z`)
  if (cell.bytes) return Uint8Array.from(Buffer.from(cell.bytes, 'hex'))
  return cell.json ?? cell.date ?? cell.time ?? cell.decimal ?? cell.uuid
}
