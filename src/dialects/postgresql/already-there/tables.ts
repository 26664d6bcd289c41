import type { CreateTable } from '../../../operations/operation.ts'
import type { Connection } from '../../dialect.ts'
import { columnDifferences, columnsOf } from './columns.ts'
import { constraintDifferences } from './constraints.ts'
import { relationUnder } from './relations.ts'

export async function tableDifferences(
  connection: Connection,
  { table, constraints }: CreateTable,
): Promise<string[]> {
  const relation = await relationUnder(connection, table)
  if (relation === undefined) return []
  if (relation !== 'a table') return [`it is ${relation}`]
  return [
    ...(await ofColumns(connection, { table, constraints })),
    ...(await constraintDifferences(connection, table, constraints)),
  ]
}

async function ofColumns(
  connection: Connection,
  { table, constraints }: Pick<CreateTable, 'table' | 'constraints'>,
): Promise<string[]> {
  const found = await columnsOf(connection, table)
  const keys = constraints.flatMap(one => (one.type === 'primaryKey' ? one.columns : []))
  const differences: string[] = []
  for (const column of table.columns) {
    const one = found.find(({ name }) => name === column.name)
    const wanted = keys.includes(column.name) ? { ...column, notNull: true } : column
    if (one === undefined) differences.push(`it lacks the column ${column.name}`)
    else differences.push(...(await columnDifferences(connection, wanted, one)))
  }
  const more = found.filter(({ name }) => !table.columns.some(column => column.name === name))
  return [...differences, ...more.map(({ name }) => `it has the column ${name}`)]
}
