import { expect, test } from 'vitest'
import { hashOperations } from '../../../src/operations/hash.ts'
import { type Op, record } from '../../../src/operations/op.ts'
import type { StepItem } from '../../../src/operations/statement.ts'
import { hashItem, progressOf } from '../../../src/runtime/resume.ts'

const recorded = (lockTimeout: string | undefined) =>
  record(op => {
    const body = (op: Op) => {
      op.execute('SELECT 1')
      op.run(() => {})
    }
    if (lockTimeout === undefined) body(op)
    else op.withTimeouts({ lockTimeout }, body)
  })

test('another time is no edit of a script, nor of the part of it that is done', () => {
  const [without, short, long] = [undefined, '1s', '10s'].map(recorded)
  expect(hashOperations(short!)).toBe(hashOperations(without!))
  expect(hashOperations(long!)).toBe(hashOperations(without!))
  const items = [without!, short!].map(operations => operations.slice(1) as StepItem[])
  expect(progressOf({ items: items[1]! }, 1)).toEqual(progressOf({ items: items[0]! }, 1))
  expect(hashItem(items[1]![0]!)).toBe(hashItem(items[0]![0]!))
})
