import type { DatabaseSchema, ObjectId, Table } from '../schema/index.ts'

/** Something a reader of a comparison should know that no operation says. */
export interface Note {
  readonly kind: 'columnOrder' | 'kept' | 'rebuilt' | 'unsupported'
  readonly object: ObjectId
  /** One sentence. */
  readonly message: string
}

/** One note for each table whose columns will stand in another order than the target's. */
export function columnOrderNotes(current: DatabaseSchema, target: DatabaseSchema): Note[] {
  return [...target.objects].flatMap(([id, table]) => {
    const before = current.objects.get(id)
    if (table.kind !== 'table' || before?.kind !== 'table') return []
    return orderNote(id, before, table)
  })
}

function orderNote(object: ObjectId, current: Table, target: Table): Note[] {
  const wanted = target.columns.map(column => column.name)
  const named = new Set(wanted)
  const kept = new Set(current.columns.map(column => column.name).filter(name => named.has(name)))
  const reached = [...kept, ...wanted.filter(name => !kept.has(name))]
  if (reached.every((name, position) => name === wanted[position])) return []
  const message = `Columns of ${object} stay in the order ${reached.join(', ')}; the target has ${wanted.join(', ')}.`
  return [{ kind: 'columnOrder', object, message }]
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
      message: `${id} is dropped and created anew, since it cannot be changed in place: its rows are lost.`,
    }))
}
