import { expect, test } from 'vitest'
import { nearest } from '../../src/text/nearest.ts'

test.each([
  ['script_location', 'scriptLocation'],
  ['upgade', 'upgrade'],
  ['histroy', 'history'],
  ['xyz', undefined],
  ['', undefined],
  ['c', undefined],
])('the word nearest to "%s" is %s', (word, expected) => {
  const known = ['scriptLocation', 'upgrade', 'history', 'url', 'log', 'a']
  expect(nearest(word, known)).toBe(expected)
})
