import { expect, test } from 'vitest'
import { managedKinds } from '../../src/config/managed-kinds.ts'
import { readPage } from './pages.ts'

test('the page on coverage has a row for every kind of object', () => {
  const page = readPage('docs/internals/coverage.md')
  const kinds = [...Object.values(managedKinds), 'constraint', 'index', 'verbatim']
  expect(kinds.filter(kind => !new RegExp(`^\\|.*\`${kind}\``, 'm').test(page))).toEqual([])
})
