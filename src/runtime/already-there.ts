import { relative } from 'node:path'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { describe } from '../operations/describe.ts'
import { locationOf } from '../operations/location.ts'
import type { Operation } from '../operations/operation.ts'
import type { StepItem } from '../operations/statement.ts'
import type { Report } from './events.ts'

/** The operation that begins at an item and does nothing where its object is there already. */
export function conditionalAt(items: readonly StepItem[], place: number): Operation | undefined {
  const operation = operationAt(items, place)
  const isFirst = operation !== operationAt(items, place - 1)
  const isConditional = operation !== undefined && 'ifNotExists' in operation
  return isFirst && isConditional && operation.ifNotExists ? operation : undefined
}

function operationAt(items: readonly StepItem[], place: number): Operation | undefined {
  const item = items[place]
  return item === undefined || 'kind' in item ? undefined : item.operation
}

/** Warns where what is there already is not what the script would create. */
export async function tellDifferences(
  operation: Operation,
  revision: string,
  {
    connection,
    dialect,
    report,
  }: { readonly connection: Connection; readonly dialect: Dialect; readonly report: Report },
): Promise<void> {
  const differences = (await dialect.differencesOf?.(connection, operation)) ?? []
  if (differences.length === 0) return
  const { file, line, column } = locationOf(operation) ?? {}
  const place = file === undefined ? '' : `${relative(process.cwd(), file)}:${line}:${column}: `
  const what = describe(operation)
    .replace(/^\+ /, '')
    .replace(/ \(.*\)$/, '')
  report({
    type: 'warning',
    message: `${place}${what} is there already, and stays as it is: ${differences.join('; ')}.`,
    facts: { revision, object: what, differences, path: file, line, column },
  })
}
