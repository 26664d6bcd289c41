import fc from 'fast-check'
import { expect, test } from 'vitest'
import { namedOperation } from '../../../src/operations/named-operation.ts'
import { Naming } from '../../../src/operations/naming.ts'
import type { CreateTable, DropTable, Operation } from '../../../src/operations/operation.ts'
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

const kinds = ['ix', 'uq', 'ck', 'fk', 'pk'] as const
const conventionOf = (template: string) => Object.fromEntries(kinds.map(kind => [kind, template]))

/** A convention may make one name for two parts of a table, which no database takes. */
function hasNamesakes(operation: Operation): boolean {
  const { constraints, existing } = operation as Partial<
    Pick<CreateTable, 'constraints'> & Pick<DropTable, 'existing'>
  >
  return [constraints, existing?.constraints, existing?.indexes].some(parts => {
    const names = parts?.flatMap(({ name }) => name ?? []) ?? []
    return new Set(names).size < names.length
  })
}

test('a naming convention changes no name that is rendered', () => {
  const named = new Naming(conventionOf('of_%(table_name)s'))
  fc.assert(
    fc.property(fc.array(anyOperation, { maxLength: 3 }), operations => {
      const finished = operations.map(operation => namedOperation(operation, named))
      fc.pre(!finished.some(hasNamesakes))
      const recorded = recordRendered(
        finished,
        conventionOf('%(constraint_name)s_of_%(table_name)s'),
      )
      expect(normalise(recorded)).toEqual(normalise(finished))
    }),
    { numRuns: 500 },
  )
})
