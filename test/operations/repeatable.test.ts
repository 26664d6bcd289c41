import { expect, test } from 'vitest'
import { hashOperations } from '../../src/operations/hash.ts'
import { type Op, record } from '../../src/operations/op.ts'
import { reversed } from '../../src/operations/reversed.ts'
import { renderScript } from '../../src/scripts/render/render.ts'

const call = (op: Op) => op.execute('CALL work()', { reverse: 'CALL undo()' })
const alone = (op: Op) => op.autocommit(call)
const repeatable = (op: Op) => op.autocommit(call, { repeatable: true })

test('op.autocommit says whether what is inside may be run twice', () => {
  expect(record(repeatable)).toMatchObject([{ kind: 'execute', autocommit: 'repeatable' }])
  expect(record(alone)).toMatchObject([{ kind: 'execute', autocommit: true }])
})

test('a script is not edited by saying so', () => {
  expect(hashOperations(record(repeatable))).toBe(hashOperations(record(alone)))
  expect(hashOperations(record(call))).not.toBe(hashOperations(record(alone)))
})

test('it holds for one direction', () => {
  expect(record(reversed(repeatable))).toMatchObject([{ sql: 'CALL undo()', autocommit: true }])
})

test('it is rendered', () => {
  const { upgrade } = renderScript(record(repeatable), [], { defaultSchema: 'public' })
  expect(upgrade).toContain('}, { repeatable: true })')
})

test('other words are refused', () => {
  const wrong = { repeatable: 'yes' } as never
  expect(() => record(op => op.autocommit(call, wrong))).toThrow('its option repeatable')
})
