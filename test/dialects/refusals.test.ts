import { describe, expect, test } from 'vitest'
import type { CompiledOperation } from '../../src/dialects/dialect.ts'
import { mysql } from '../../src/dialects/mysql/dialect.ts'
import { sqlite } from '../../src/dialects/sqlite/dialect.ts'
import { LimbeckError } from '../../src/errors.ts'
import { record } from '../../src/operations/op.ts'
import { samples } from '../operations/samples.ts'

const refusals = ['OPERATION_UNSUPPORTED', 'OPERATION_INCOMPLETE']

describe.each([sqlite, mysql])('every operation on $name', dialect => {
  test.each(Object.entries(samples))('becomes SQL or says why not: %s', (kind, { operation }) => {
    try {
      for (const { sql } of dialect.compile(operation))
        expect(sql).not.toMatch(/undefined|\[object/)
    } catch (error) {
      expect(error).toBeInstanceOf(LimbeckError)
      const { code, message, hint } = error as LimbeckError
      expect(refusals).toContain(code)
      expect(message + hint).toMatch(/SQLite|MySQL/)
      expect(hint, kind).toMatch(/\.$/)
    }
  })
})

test.each([
  ['using', { using: 'gin' }],
  ['with', { with: { fillfactor: 70 } }],
])('what is to be left out is called as scripts call it: %s', (word, options) => {
  const [operation] = record(op => op.createIndex('i', 't', ['a'], options))
  expect(() => sqlite.compile(operation as CompiledOperation)).toThrow(
    expect.objectContaining({ code: 'OPERATION_UNSUPPORTED', hint: `Leave \`${word}\` out.` }),
  )
})
