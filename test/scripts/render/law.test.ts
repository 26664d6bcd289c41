import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyOperation } from './arbitraries/operations.ts'
import { recordRendered } from './evaluate.ts'
import { normalise } from './normalise.ts'

test('what is rendered records the same operations', () => {
  fc.assert(
    fc.property(fc.array(anyOperation, { maxLength: 3 }), operations => {
      expect(normalise(recordRendered(operations))).toEqual(normalise(operations))
    }),
    { numRuns: 1500 },
  )
})
