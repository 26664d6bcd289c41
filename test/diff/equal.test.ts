import { expect, test } from 'vitest'
import { isEqual } from '../../src/diff/equal.ts'

test('an undefined key is an absent key', () => {
  expect(isEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isEqual({ a: [{ b: undefined }] }, { a: [{}] })).toBe(true)
  expect(isEqual({ a: undefined }, { a: null })).toBe(false)
})

test('big integers are compared by value, and are no numbers', () => {
  expect(isEqual({ start: 5n }, { start: 5n })).toBe(true)
  expect(isEqual({ start: 5n }, { start: 6n })).toBe(false)
  expect(isEqual(5n, 5)).toBe(false)
})

test('lists keep their order and length', () => {
  expect(isEqual([1, [2]], [1, [2]])).toBe(true)
  expect(isEqual([1, 2], [2, 1])).toBe(false)
  expect(isEqual([1], [1, undefined])).toBe(false)
  expect(isEqual([], {})).toBe(false)
})
