import { displayName, type ObjectKind, type QualifiedName } from '../schema/index.ts'
import type { ObjectIdentity, OnTable } from './operation.ts'

/** How people read names: without the schema that goes without saying. */
export class Names {
  readonly #defaultSchema: string

  constructor(defaultSchema: string) {
    this.#defaultSchema = defaultSchema
  }

  of({ schema, name }: QualifiedName): string {
    return displayName({ schema: schema === this.#defaultSchema ? undefined : schema, name })
  }

  table({ schema, table }: OnTable): string {
    return this.of({ schema, name: table })
  }

  column(on: OnTable, column: string): string {
    return `${this.table(on)}.${column}`
  }

  /** An object with its word: `view active_users`, `trigger touch on users`. */
  object(kind: Exclude<ObjectKind, 'table' | 'constraint'>, identity: ObjectIdentity): string {
    const word = wordOf(kind, identity)
    switch (kind) {
      case 'trigger':
      case 'rule':
      case 'policy': {
        const { schema, table = '' } = identity
        return `${word} ${identity.name} on ${this.table({ schema, table })}`
      }
      case 'routine':
      case 'aggregate':
        return `${word} ${this.of(identity)}(${identity.signature ?? ''})`
      case 'extension':
        return `${word} ${identity.name}`
      default:
        return `${word} ${this.of(identity)}`
    }
  }
}

/** A kind as people say it: `materializedView` is a materialized view, a routine is a function. */
function wordOf(kind: ObjectKind, { type }: ObjectIdentity): string {
  if (kind === 'verbatim') return type?.toLowerCase() ?? 'object'
  if (kind === 'routine') return type ?? 'function'
  return kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}
