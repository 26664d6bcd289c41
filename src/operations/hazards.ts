import { Names } from './describe-names.ts'
import { Fresh } from './fresh.ts'
import { refusedBy } from './narrowing.ts'
import { oneByOne } from './one-by-one.ts'
import type { AddColumn, AlterColumn, Operation, ReplaceEnumValues } from './operation.ts'
import { serialBase } from './type-names.ts'

/**
 * What in the rows that are there may stop an ordered list of operations, and what to do about it, in
 * sentences. What rows a constraint refuses goes without saying.
 */
export function hazards(operations: readonly Operation[], defaultSchema: string): string[] {
  const names = new Names(defaultSchema)
  const fresh = new Fresh(names)
  return operations.flatMap(oneByOne).flatMap(operation => {
    const found = hazardsOf(operation, fresh, names)
    fresh.follow(operation)
    return found
  })
}

function hazardsOf(operation: Operation, fresh: Fresh, names: Names): string[] {
  switch (operation.kind) {
    case 'addColumn':
      return fresh.hasTable(operation) ? [] : added(operation, names)
    case 'alterColumn':
      return fresh.hasColumn(operation, operation.column) ? [] : altered(operation, names)
    case 'replaceEnumValues':
      return unmapped(operation, names)
    default:
      return []
  }
}

function added(operation: AddColumn, names: Names): string[] {
  const { name, type, notNull, generated, identity, default: value } = operation.column
  if (!notNull || value !== undefined || generated || identity || serialBase(type)) return []
  return [
    `${names.column(operation, name)} is NOT NULL and has no default, which stops the upgrade where ${names.table(operation)} has rows: give it a default, or add it nullable, fill it with op.backfill and set NOT NULL then`,
  ]
}

function altered(operation: AlterColumn, names: Names): string[] {
  const { changes, existing, column } = operation
  const what = names.column(operation, column)
  const isFilled = existing?.notNull === false && changes.notNull === true
  return [
    ...(changes.type === undefined || existing === undefined || existing.generated
      ? []
      : retyped(what, existing.type, changes)),
    ...(isFilled && !changes.generated
      ? [
          `${what} becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill`,
        ]
      : []),
  ]
}

function retyped(
  what: string,
  from: string,
  { type = from, using }: AlterColumn['changes'],
): string[] {
  if (using !== undefined) return []
  switch (refusedBy(from, type)) {
    case 'length':
      return [`a value of ${what} that is too long for ${type} stops the upgrade`]
    case 'range':
      return [`a value of ${what} that is out of the range of ${type} stops the upgrade`]
    case 'form':
      return [
        `${what} becomes ${type} by way of its text: a value whose text is no ${type} stops the upgrade; \`using\` in op.alterColumn may say something else`,
      ]
    default:
      return []
  }
}

/** Values that go, with nothing said of the rows that have them. */
function unmapped(operation: ReplaceEnumValues, names: Names): string[] {
  const { values, existing = [], mapping = {}, columns } = operation
  const gone = existing.filter(value => !values.includes(value) && mapping[value] === undefined)
  if (gone.length === 0 || columns.length === 0) return []
  const name = names.of(operation)
  return [
    `a row that has ${gone.map(value => `'${value}'`).join(' or ')} of enum ${name} stops the upgrade: say in \`mapping\` of op.replaceEnumValues, or with \`--map ${name}.${gone[0]}=…\`, what becomes of it`,
  ]
}
