import type { Operation } from './operation.ts'

/** The changes that an operation is made of. */
export function oneByOne(operation: Operation): readonly Operation[] {
  return operation.kind === 'alterTableTogether' ? operation.changes : [operation]
}
