import type { ObjectKind } from '../../schema/index.ts'

/** Kinds of objects as scripts name them: a routine by what it is. */
export type NamedKind = Exclude<ObjectKind, 'routine'> | 'function' | 'procedure'

/** What names an object of a kind beside its schema and its name. */
const identifying: { readonly [K in NamedKind]: 'table' | 'type' | undefined } = {
  table: undefined,
  view: undefined,
  materializedView: undefined,
  index: undefined,
  sequence: undefined,
  enum: undefined,
  domain: undefined,
  compositeType: undefined,
  rangeType: undefined,
  collation: undefined,
  function: undefined,
  procedure: undefined,
  aggregate: undefined,
  constraint: 'table',
  trigger: 'table',
  rule: 'table',
  policy: 'table',
  schema: undefined,
  extension: undefined,
  statistics: undefined,
  eventTrigger: undefined,
  publication: undefined,
  verbatim: 'type',
}

/** The option without which a kind of object is not named. */
export const identifyingOption = (kind: NamedKind): 'table' | 'type' | undefined =>
  identifying[kind]

/** Every kind but some. */
export function kindsBut<K extends NamedKind>(...others: readonly K[]): Exclude<NamedKind, K>[] {
  const left = (Object.keys(identifying) as NamedKind[]).filter(kind => !others.includes(kind as K))
  return left as Exclude<NamedKind, K>[]
}
