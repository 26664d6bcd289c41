import { expect, test } from 'vitest'
import { escapedPattern } from '../../src/text/pattern.ts'
import { counted, fewOf, listed, oneLine } from '../../src/text/sentences.ts'

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j is listed as "%s"', (words, text) => {
  expect(listed(words)).toBe(text)
})

test('of many words a few are named, and the others counted', () => {
  expect(fewOf(['a', 'b', 'c'], 3)).toBe('a, b, c')
  expect(fewOf(['a', 'b', 'c', 'd', 'e'], 3)).toBe('a, b, c and 2 more')
})

test('one thing has no s', () => {
  expect([0, 1, 2].map(count => counted(count, 'revision'))).toEqual([
    '0 revisions',
    '1 revision',
    '2 revisions',
  ])
})

test('a text becomes one line, without what a terminal would obey', () => {
  expect(oneLine(' add\n  users\t\u001b[31m ')).toBe('add users [31m')
})

test('an escaped pattern matches the text and nothing else', () => {
  const text = String.raw`a.b*c+?^$(d)[e]{f}|g\h/i`
  expect(new RegExp(`^${escapedPattern(text)}$`, 'u').test(text)).toBe(true)
  expect(new RegExp(`^${escapedPattern('a.c')}$`).test('abc')).toBe(false)
})
