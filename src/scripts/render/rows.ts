import type { BulkDelete, BulkInsert, RowColumn } from '../../operations/operation.ts'
import { typeCode } from './column-types.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { array, type Code, call, chain, object } from './layout.ts'
import { keyOf, text } from './literals.ts'

/** `op.bulkInsert('t', [{ id: 1 }, …], { columns: { id: integer() }, key: ['id'] })`. */
export function rowsCall(operation: BulkInsert | BulkDelete, context: RenderContext): Code {
  const { kind, schema, table, rows, columns, key } = operation
  return call(
    `op.${kind}`,
    text(table),
    array(rows.map(row => context.value(row))),
    ...options([
      ...context.entries({ schema: context.schema(schema) }),
      ...columnEntry(columns, context),
      ...context.entries({ key }),
    ]),
  )
}

function columnEntry(columns: BulkInsert['columns'], context: RenderContext): Entry[] {
  if (columns === undefined) return []
  const builders = Object.entries(columns).map(([name, column]): Entry => {
    return [keyOf(name), builderCode(column, context)]
  })
  return [['columns', object(builders)]]
}

function builderCode({ type, isAlways }: RowColumn, context: RenderContext): Code {
  const code = typeCode(type, context, true)
  return isAlways ? chain(code, [call('.identity', object([['always', 'true']]))]) : code
}
