import { grouped } from '../text/grouped.ts'
import { fewOf } from '../text/sentences.ts'
import { Names } from './describe-names.ts'
import { Fresh } from './fresh.ts'
import { refusedBy } from './narrowing.ts'
import { oneByOne } from './one-by-one.ts'
import type { AddColumn, AlterColumn, Operation, ReplaceEnumValues } from './operation.ts'
import { serialBase } from './type-names.ts'

/**
 * What in the rows that are there may stop an ordered list of operations, and what to do about it, in
 * sentences: one for all columns of which the same is to be said. What rows a constraint refuses goes without
 * saying.
 */
export function hazards(operations: readonly Operation[], defaultSchema: string): string[] {
  const names = new Names(defaultSchema)
  const fresh = new Fresh(names)
  const found = operations.flatMap(oneByOne).flatMap(operation => {
    const own = hazardsOf(operation, fresh, names)
    fresh.follow(operation)
    return own
  })
  return grouped(found, ({ say }) => say(nobody)).map(group =>
    group[0]!.say({ names: fewOf(group.map(({ what }) => what)), isOne: group.length === 1 }),
  )
}

/** What may stop a change, about one column or type. */
interface Hazard {
  readonly what: string
  readonly say: (about: About) => string
}

interface About {
  readonly names: string
  readonly isOne: boolean
}

/** For telling apart what is said. */
const nobody: About = { names: '', isOne: true }

function hazardsOf(operation: Operation, fresh: Fresh, names: Names): Hazard[] {
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

function added(operation: AddColumn, names: Names): Hazard[] {
  const { name, type, notNull, generated, identity, default: value } = operation.column
  if (!notNull || value !== undefined || generated || identity || serialBase(type)) return []
  const table = names.table(operation)
  return [
    {
      what: names.column(operation, name),
      say: ({ names, isOne }) =>
        isOne
          ? `${names} is NOT NULL and has no default, which stops the upgrade where ${table} has rows: give it a default, or add it nullable, fill it with op.backfill and set NOT NULL then`
          : `${names} are NOT NULL and have no default, which stops the upgrade where ${table} has rows: give them defaults, or add them nullable, fill them with op.backfill and set NOT NULL then`,
    },
  ]
}

function altered(operation: AlterColumn, names: Names): Hazard[] {
  const { changes, existing, column } = operation
  const what = names.column(operation, column)
  const isFilled = existing?.notNull === false && changes.notNull === true
  const isRetyped = changes.type !== undefined && existing !== undefined && !existing.generated
  const found = [
    isRetyped ? retyped(existing.type, changes) : undefined,
    isFilled && !changes.generated ? becomesNotNull : undefined,
  ]
  return found.flatMap(say => (say ? [{ what, say }] : []))
}

const becomesNotNull: Hazard['say'] = ({ names, isOne }) =>
  isOne
    ? `${names} becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill`
    : `${names} become NOT NULL: a row in which one of them is NULL stops the upgrade; fill them before, with op.backfill`

function retyped(
  from: string,
  { type = from, using }: AlterColumn['changes'],
): Hazard['say'] | undefined {
  if (using !== undefined) return undefined
  switch (refusedBy(from, type)) {
    case 'length':
      return ({ names }) => `a value of ${names} that is too long for ${type} stops the upgrade`
    case 'range':
      return ({ names }) =>
        `a value of ${names} that is out of the range of ${type} stops the upgrade`
    case 'form':
      return ({ names, isOne }) =>
        `${names} ${isOne ? 'becomes' : 'become'} ${type} by way of ${isOne ? 'its' : 'their'} text: a value whose text is no ${type} stops the upgrade; \`using\` in op.alterColumn may say something else`
    default:
      return undefined
  }
}

/** Values that go, with nothing said of the rows that have them. */
function unmapped(operation: ReplaceEnumValues, names: Names): Hazard[] {
  const { values, existing = [], mapping = {}, columns } = operation
  const gone = existing.filter(value => !values.includes(value) && mapping[value] === undefined)
  if (gone.length === 0 || columns.length === 0) return []
  const name = names.of(operation)
  const sentence = `a row that has ${gone.map(value => `'${value}'`).join(' or ')} of enum ${name} stops the upgrade: say in \`mapping\` of op.replaceEnumValues, or with \`--map ${name}.${gone[0]}=…\`, what becomes of it`
  return [{ what: name, say: () => sentence }]
}
