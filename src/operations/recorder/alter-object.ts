import { compact, invalid } from '../../declarations/declaration.ts'
import { identityOf } from '../identity.ts'
import { type AlterableObject, alterableKinds, type Operation } from '../operation.ts'
import type { Declared } from './objects.ts'
import { describedAs } from './objects.ts'

/** A declaration of an object that can change in place. */
export type Alterable = Declared<AlterableObject['kind']>

export interface AlterObjectOptions {
  /** The whole object as it was. */
  readonly existing: Alterable
}

export function alterObject(declared: Alterable, { existing }: AlterObjectOptions): Operation {
  const { object } = declared
  const place = 'op.alterObject'
  if (!(alterableKinds as readonly unknown[]).includes(object?.kind))
    throw invalid(place, 'its first argument declares nothing that can change in place.')
  return compact({
    kind: 'alterObject',
    object,
    existing: describedAs(existing.object, identityOf(object), object.kind) as AlterableObject,
  })
}
