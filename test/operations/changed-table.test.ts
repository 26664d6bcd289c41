import { describe, expect, test } from 'vitest'
import { index, integer, primaryKey, sql, table, text, unique } from '../../src/index.ts'
import { changedTable, namesColumn } from '../../src/operations/changed-table.ts'
import { record } from '../../src/operations/op.ts'
import type { AlterTableTogether } from '../../src/operations/operation.ts'
import type { Batch } from '../../src/operations/recorder/batch.ts'
import { reverse } from '../../src/operations/reverse.ts'

const before = () =>
  table('t', { a: integer().notNull(), b: text(), c: integer() }, t => [
    primaryKey('pk').on(t.a),
    unique('u').on(t.b),
    index('ix').on(t.b, sql`c + 1`),
  ])

function changed(changes: (batch: Batch) => void) {
  const [operation] = record(op => op.batchAlterTable('t', { existing: before() }, changes))
  const { changes: list, existing } = operation as AlterTableTogether
  return list.reduce(changedTable, existing!)
}

describe('a table that is changed', () => {
  test('has a new column in its place, with its constraints', () => {
    const { table: after, constraints } = changed(batch => {
      batch.addColumn({ x: text(), y: text().unique('u_y') }, { before: 'b' })
    })
    expect(after.columns.map(({ name }) => name)).toEqual(['a', 'x', 'y', 'b', 'c'])
    expect(constraints.map(({ name }) => name)).toEqual(['pk', 'u', 'u_y'])
  })

  test('loses with a column what names it', () => {
    const after = changed(batch => batch.dropColumn('c'))
    expect(after.indexes).toEqual([])
    expect(after.constraints.map(({ name }) => name)).toEqual(['pk', 'u'])
  })

  test('knows a renamed column everywhere by its new name', () => {
    const { constraints, indexes } = changed(batch => batch.alterColumn('b', { newName: 'z' }))
    expect(constraints[1]).toMatchObject({ columns: ['z'] })
    expect(indexes[0]?.elements).toEqual([{ column: 'z' }, { expression: 'c + 1' }])
  })

  test('is what it was once everything is undone', () => {
    const [operation] = record(op =>
      op.batchAlterTable('t', { existing: before() }, batch => {
        batch.alterTable({ comment: 'one', options: { fillfactor: 70 } })
        batch.alterColumn('b', { newName: 'z', type: integer(), nullable: false })
        batch.dropConstraint('u')
        batch.addColumn({ d: text().unique('u_d') })
      }),
    )
    const [undone] = reverse(operation!) as AlterTableTogether[]
    const after = undone!.changes.reduce(changedTable, undone!.existing!)
    const { existing } = operation as AlterTableTogether
    expect(after.table.columns).toEqual(existing!.table.columns)
    expect(after.table.comment).toBeUndefined()
    expect(after.indexes).toEqual(existing!.indexes)
    expect(after.constraints.map(({ name }) => name)).toEqual(['pk', 'u'])
  })
})

test('SQL names a column as a word or in quotes, not as part of a word, a text or a call', () => {
  const names = namesColumn('age')
  expect(['age > 0', '"age" > 0', '`age`', '[age]', 't.age = 1'].every(names)).toBe(true)
  expect(['ages > 0', "x = 'age'", 'age(x)', 'x_age'].some(names)).toBe(false)
})
