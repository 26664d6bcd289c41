import {
  type Column,
  type DatabaseSchema,
  type ObjectId,
  spokenId,
  type Table,
} from '../schema/index.ts'
import { grouped } from '../text/grouped.ts'
import { listed } from '../text/sentences.ts'
import { isEqual } from './equal.ts'

/** Something a reader of a comparison should know that no operation says. */
export interface Note {
  readonly kind: 'columnOrder' | 'kept' | 'rebuilt' | 'unsupported'
  readonly object: ObjectId
  /** One sentence. */
  readonly message: string
}

/** What is different about tables that stay and is not changed. */
export function tableNotes(current: DatabaseSchema, target: DatabaseSchema): Note[] {
  return [...target.objects].flatMap(([id, table]) => {
    const before = current.objects.get(id)
    if (table.kind !== 'table' || before?.kind !== 'table') return []
    const name = spokenId(id, target.defaultSchema)
    const messages = [
      ...notNullMessages(name, before, table),
      ...declarationMessages(name, before, table),
    ]
    return [
      ...orderNote(id, name, before, table),
      ...messages.map((message): Note => ({ kind: 'unsupported', object: id, message })),
    ]
  })
}

/** One note for a table whose columns will stand in another order than the target's. */
function orderNote(object: ObjectId, name: string, current: Table, target: Table): Note[] {
  if (target.columns.every(({ name }, place) => name === current.columns[place]?.name)) return []
  const wanted = target.columns.map(column => column.name)
  const named = new Set(wanted)
  const kept = new Set(current.columns.map(column => column.name).filter(name => named.has(name)))
  const reached = [...kept, ...wanted.filter(name => !kept.has(name))]
  if (reached.every((name, position) => name === wanted[position])) return []
  const message = `Columns of ${name} stay in the order ${reached.join(', ')}; the target has ${wanted.join(', ')}.`
  return [{ kind: 'columnOrder', object, message }]
}

/** The constraint behind NOT NULL has a name and states of its own since PostgreSQL 18. */
function notNullMessages(table: string, current: Table, target: Table): string[] {
  const isSpecial = ({ notNullConstraint }: Column) => notNullConstraint !== undefined
  if (!current.columns.some(isSpecial) && !target.columns.some(isSpecial)) return []
  const before = new Map(current.columns.map(column => [column.name, column]))
  const changed = target.columns
    .filter(({ name, notNull, notNullConstraint }) => {
      const column = before.get(name)
      if (!column?.notNull || !notNull) return false
      // A name that nobody chose is as good as any: a renamed column keeps it.
      const { name: chosen } = notNullConstraint ?? {}
      const own = { ...column.notNullConstraint, ...(chosen === undefined && { name: chosen }) }
      return !isEqual(own, { ...notNullConstraint })
    })
    .map(({ name }) => name)
  if (changed.length === 0) return []
  return [
    changed.length === 1
      ? `The NOT NULL constraint of ${changed[0]} in ${table} has another name or state in the target; it is not changed.`
      : `The NOT NULL constraints of ${listed(changed)} in ${table} have other names or states in the target; they are not changed.`,
  ]
}

/** A child that declares a column of its parent again keeps it without the parent; no ALTER changes that. */
function declarationMessages(table: string, current: Table, target: Table): string[] {
  if (!isEqual(current.inherits, target.inherits)) return []
  const before = new Map(current.columns.map(column => [column.name, column]))
  const changed = target.columns.filter(({ name, inherited }) => {
    const column = before.get(name)
    return column !== undefined && (column.inherited ?? false) !== (inherited ?? false)
  })
  return grouped(changed, ({ inherited }) => String(inherited ?? false)).map(group => {
    const names = listed(group.map(({ name }) => name))
    const [isInherited, isOne] = [group[0]!.inherited, group.length === 1]
    const said = isInherited
      ? `only ${isOne ? 'comes' : 'come'} from ${isOne ? 'its' : 'their'} parent`
      : `${isOne ? 'is' : 'are'} declared again`
    return `The ${isOne ? 'column' : 'columns'} ${names} of ${table} ${said} in the target; that is not changed.`
  })
}

/** One note for each table that cannot be changed in place: its rows go. */
export function rebuiltTableNotes(
  fates: ReadonlyMap<ObjectId, string>,
  current: DatabaseSchema,
): Note[] {
  return [...fates]
    .filter(([id, fate]) => fate === 'replace' && current.objects.get(id)?.kind === 'table')
    .map(([id]) => ({
      kind: 'rebuilt',
      object: id,
      message: `The ${spokenId(id, current.defaultSchema)} is dropped and created anew, since it cannot be changed in place: its rows are lost.`,
    }))
}
