import { expect, test } from 'vitest'
import { comparisonNotes } from '../../src/commands/comparison-notes.ts'
import { diff } from '../../src/diff/diff.ts'
import { schemaOf, table } from '../diff/schemas.ts'

const notesOf = (current: Parameters<typeof schemaOf>[0], target: typeof current) =>
  comparisonNotes({ diff: diff(schemaOf(current), schemaOf(target)) })

test('columns that stand elsewhere than in the target are told of when they are added', () => {
  const target = [table('t', { a: 'integer', new: 'text', b: 'text' })]
  expect(notesOf([table('t', { a: 'integer', b: 'text' })], target)).toEqual([
    'Columns of table t stay in the order a, b, new; the target has a, new, b.',
  ])
})

test('and not once more when something else changes', () => {
  const current = [table('t', { a: 'integer', b: 'text', new: 'text' })]
  const target = [table('t', { a: 'integer', new: 'text', b: 'varchar(9)' }), table('u')]
  expect(notesOf(current, target)).toEqual([])
})

test('what no ALTER changes is told once for all columns of a table', () => {
  const columns = (more: object) =>
    ['a', 'b', 'c'].map(name => ({ name, type: 'text', notNull: true, ...more }))
  const named = (more: object) => ({ ...table('t'), columns: columns(more) })
  const target = { notNullConstraint: { noInherit: true as const } }
  expect(notesOf([named({})], [named(target)])).toEqual([
    'The NOT NULL constraints of a, b and c in table t have other names or states in the target; they are not changed.',
  ])
  expect(notesOf([named({})], [named({ inherited: true })])).toEqual([
    'The columns a, b and c of table t only come from their parent in the target; that is not changed.',
  ])
})
