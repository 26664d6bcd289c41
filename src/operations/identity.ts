import type { SchemaObject } from '../schema/index.ts'
import type {
  CreateOperation,
  DropOperation,
  ObjectIdentity,
  Operation,
  PlainKind,
} from './operation.ts'

/** What an object is called by when it is dropped or commented on. */
export function identityOf(object: SchemaObject): ObjectIdentity {
  if (object.kind === 'verbatim') return { name: object.identity, type: object.type }
  const identity = {
    schema: 'schema' in object ? object.schema : undefined,
    table: 'table' in object && typeof object.table === 'string' ? object.table : undefined,
    signature: 'signature' in object ? object.signature : undefined,
    type: object.kind === 'routine' ? object.type : undefined,
  }
  const given = Object.entries(identity).filter(([, value]) => value !== undefined)
  return { name: object.name ?? '', ...Object.fromEntries(given) }
}

/** `view` → `View`, as the kinds of operations are built. */
export function capitalized<W extends string>(word: W): Capitalize<W> {
  return (word.charAt(0).toUpperCase() + word.slice(1)) as Capitalize<W>
}

/** `dropView` → `view`. */
export function kindOfDropped({ kind }: DropOperation): PlainKind {
  const word = kind.slice('drop'.length)
  return (word.charAt(0).toLowerCase() + word.slice(1)) as PlainKind
}

/** Whether an operation is one of the plain `create…` kinds. */
export function isCreate(operation: Operation): operation is CreateOperation {
  return operation.kind.startsWith('create') && 'object' in operation
}

/** Whether an operation is one of the plain `drop…` kinds. */
export function isDrop(operation: Operation): operation is DropOperation {
  return operation.kind.startsWith('drop') && 'object' in operation
}

/** What the drop of an object says beside its identity. */
export function dropManner(object: SchemaObject): { readonly cascade?: true } {
  return object.kind === 'verbatim' && object.cascade ? { cascade: true } : {}
}
