import { expect, test } from 'vitest'
import { offsetOf, positionAt } from '../../src/text/position.ts'

test('a position counts lines and columns from one', () => {
  const text = 'one\ntwo\n'
  expect(positionAt(text, 0)).toEqual({ line: 1, column: 1 })
  expect(positionAt(text, 5)).toEqual({ line: 2, column: 2 })
  expect(positionAt(text, 8)).toEqual({ line: 3, column: 1 })
})

test('characters outside the first plane are one character and two units', () => {
  expect(offsetOf(3, '🐘 is')).toBe(4)
  expect(offsetOf(9, 'ab')).toBe(2)
})
