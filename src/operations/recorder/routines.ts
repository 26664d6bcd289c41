import { invalid } from '../../declarations/declaration.ts'
import { isOtherSignature } from '../../declarations/signature.ts'
import type { Operation } from '../operation.ts'
import { type Declared, type DropKeptOptions, dropObject } from './objects.ts'

/** What the drop of a function, a procedure or an aggregate may be told. */
export interface DropRoutineOptions<K extends 'routine' | 'aggregate' = 'routine'>
  extends DropKeptOptions<Declared<K>> {
  /** Argument types that identify it: `integer, text[]`. */
  readonly signature?: string | undefined
}

export function dropRoutine(
  type: 'function' | 'procedure',
  name: string,
  options: DropRoutineOptions,
): Operation {
  const signature = signatureIn(options, `op.drop${type === 'function' ? 'Function' : 'Procedure'}`)
  return dropObject('routine', { name, signature, type }, options)
}

export function dropAggregate(name: string, options: DropRoutineOptions<'aggregate'>): Operation {
  const signature = signatureIn(options, 'op.dropAggregate')
  return dropObject('aggregate', { name, signature }, options)
}

/** The argument types that are given, or those of `existing`. */
function signatureIn(
  { signature, existing }: DropRoutineOptions | DropRoutineOptions<'aggregate'>,
  place: string,
): string | undefined {
  const described = existing?.object?.signature
  if (signature !== undefined && described !== undefined && isOtherSignature(signature, described))
    throw invalid(
      place,
      `its signature is (${signature}), and existing describes (${described}).`,
      'Leave the signature out, or describe that function.',
    )
  return signature ?? described
}
