import { expect, test } from 'vitest'
import { comparisonNotes } from '../../src/commands/comparison-notes.ts'
import { diff } from '../../src/diff/diff.ts'
import { schemaOf, table } from '../diff/schemas.ts'

const notesOf = (current: Parameters<typeof schemaOf>[0], target: typeof current) =>
  comparisonNotes({ diff: diff(schemaOf(current), schemaOf(target)) })

test('columns that stand elsewhere than in the target are told of when they are added', () => {
  const target = [table('t', { a: 'integer', new: 'text', b: 'text' })]
  expect(notesOf([table('t', { a: 'integer', b: 'text' })], target)).toEqual([
    'Columns of table public.t stay in the order a, b, new; the target has a, new, b.',
  ])
})

test('and not once more when something else changes', () => {
  const current = [table('t', { a: 'integer', b: 'text', new: 'text' })]
  const target = [table('t', { a: 'integer', new: 'text', b: 'varchar(9)' }), table('u')]
  expect(notesOf(current, target)).toEqual([])
})
