import type { Operation } from '../operation.ts'
import { type Declared, type DropOptions, dropObject } from './objects.ts'

/** What dropFunction and dropProcedure may be told. */
export interface DropRoutineOptions extends DropOptions<Declared<'routine'>> {
  /** Argument types that identify it: `integer, text[]`. */
  readonly signature?: string | undefined
}

export function dropRoutine(
  type: 'function' | 'procedure',
  name: string,
  options: DropRoutineOptions,
): Operation {
  const signature = options.signature ?? options.existing?.object.signature
  return dropObject('routine', { schema: options.schema, name, signature, type }, options)
}
