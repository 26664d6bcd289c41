import type { ObjectIdentity } from '../../../operations/operation.ts'
import type { SchemaObject } from '../../../schema/index.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { tableName } from './table-names.ts'

type NamedKind = Exclude<SchemaObject['kind'], 'constraint'>

const plainWords: Readonly<Record<NamedKind, string>> = {
  schema: 'SCHEMA',
  extension: 'EXTENSION',
  collation: 'COLLATION',
  enum: 'TYPE',
  domain: 'DOMAIN',
  compositeType: 'TYPE',
  rangeType: 'TYPE',
  sequence: 'SEQUENCE',
  table: 'TABLE',
  index: 'INDEX',
  view: 'VIEW',
  materializedView: 'MATERIALIZED VIEW',
  routine: 'FUNCTION',
  aggregate: 'AGGREGATE',
  trigger: 'TRIGGER',
  rule: 'RULE',
  policy: 'POLICY',
  statistics: 'STATISTICS',
  eventTrigger: 'EVENT TRIGGER',
  publication: 'PUBLICATION',
  verbatim: '',
}

/** An object as DROP and COMMENT ON take it: `VIEW public.v`, `TRIGGER t ON users`. */
export function objectName(kind: NamedKind, identity: ObjectIdentity): string {
  return `${objectWord(kind, identity)} ${nameAfterWord(kind, identity)}`
}

/** The word of DDL for an object: a verbatim object brings its own. */
export function objectWord(kind: NamedKind, { type }: ObjectIdentity): string {
  if (kind === 'verbatim') return type ?? ''
  return kind === 'routine' && type === 'procedure' ? 'PROCEDURE' : plainWords[kind]
}

/** The name without its word. */
export function nameAfterWord(kind: NamedKind, identity: ObjectIdentity): string {
  switch (kind) {
    case 'schema':
    case 'extension':
    case 'eventTrigger':
    case 'publication':
      return quote(identity.name)
    case 'trigger':
    case 'rule':
    case 'policy':
      return `${quote(identity.name)} ON ${tableName({ schema: identity.schema, table: identity.table ?? '' })}`
    case 'routine':
    case 'aggregate':
      return `${quoteQualified(identity)}${signature(kind, identity)}`
    case 'verbatim':
      return identity.name
    default:
      return quoteQualified(identity)
  }
}

/**
 * An aggregate over rows has a star; a routine that is alone with its name needs no types. For a
 * procedure the server would count OUT arguments among types without a mode.
 */
function signature(kind: NamedKind, { signature: types, type }: ObjectIdentity): string {
  if (kind === 'aggregate') return `(${types || '*'})`
  if (types === undefined) return ''
  return type === 'procedure' ? `(${types.replace(/(^|, )(?=.)/g, '$1IN ')})` : `(${types})`
}
