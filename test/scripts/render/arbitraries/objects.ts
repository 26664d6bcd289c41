import fc, { type Arbitrary } from 'fast-check'
import type { PlainKind } from '../../../../src/operations/operation.ts'
import type { CompositeAttribute, DomainCheck, ObjectOf } from '../../../../src/schema/index.ts'
import { newDefault, sequenceOptions, type } from './columns.ts'
import {
  comment,
  type Fields,
  flag,
  maybe,
  name,
  names,
  never,
  parameters,
  qualified,
  schema,
  several,
  texts,
  valuesOf,
  words,
} from './fields.ts'

const functionCall = fc.constantFrom('f()', "a.b('it''s \\d')", '"F"(1)\n')
const enabled = maybe(fc.constantFrom('disabled' as const, 'replica' as const, 'always' as const))

const attribute = (own: string): Arbitrary<CompositeAttribute> =>
  valuesOf<CompositeAttribute>({ name: fc.constant(own), type, collation: maybe(name), comment })

const viewFields = {
  schema,
  name,
  columnNames: maybe(names),
  definition: words,
  options: maybe(parameters),
  comment,
  columnComments: maybe(texts),
}

const fields: { readonly [K in PlainKind]: Fields<Omit<ObjectOf<K>, 'kind'>> } = {
  schema: { name, comment },
  extension: { schema, name, version: maybe(words), comment },
  collation: { schema, name, options: texts, comment },
  enum: { schema, name, values: fc.uniqueArray(words), comment },
  domain: {
    schema,
    name,
    type,
    notNull: fc.boolean(),
    default: maybe(newDefault),
    collation: maybe(name),
    checks: fc.array(
      valuesOf<DomainCheck>({ name: maybe(name), expression: words, notValid: flag, comment }),
      { maxLength: 2 },
    ),
    comment,
  },
  compositeType: {
    schema,
    name,
    attributes: names.chain(own => fc.tuple(...own.map(attribute))),
    comment,
  },
  rangeType: { schema, name, subtype: type, options: maybe(parameters), comment },
  sequence: {
    schema,
    name,
    type: maybe(fc.constantFrom('smallint' as const, 'integer' as const)),
    ...sequenceOptions,
    unlogged: flag,
    ownedBy: maybe(fc.record({ schema, table: name, column: name })),
    comment,
  },
  // Not written into scripts: only a comparison reads the columns.
  view: { ...viewFields, columns: never, columnDefaults: maybe(texts) },
  materializedView: {
    ...viewFields,
    accessMethod: maybe(name),
    tablespace: maybe(name),
    columnStorage: maybe(
      fc.dictionary(
        name,
        fc.constantFrom({ storage: 'main' }, { compression: 'lz4', statistics: 5 }),
      ),
    ),
  },
  routine: {
    schema,
    name,
    type: fc.constantFrom('function', 'procedure'),
    signature: fc.constantFrom('', 'integer', 'integer, text'),
    arguments: fc.oneof(
      fc.constantFrom('', 'a integer', "a integer, b text DEFAULT 'x,'::text"),
      words,
    ),
    returns: maybe(words),
    language: fc.constantFrom('sql', 'plpgsql'),
    body: maybe(words),
    sqlBody: maybe(words),
    library: maybe(fc.record({ file: words, symbol: name })),
    window: flag,
    volatility: maybe(fc.constantFrom('immutable', 'stable')),
    strict: flag,
    securityDefiner: flag,
    leakproof: flag,
    parallel: maybe(fc.constantFrom('safe', 'restricted')),
    cost: maybe(fc.integer()),
    rows: maybe(fc.integer()),
    support: maybe(name),
    transformTypes: maybe(names),
    settings: maybe(texts),
    comment,
  },
  aggregate: {
    schema,
    name,
    signature: fc.constantFrom('*', 'integer'),
    arguments: fc.constantFrom('*', 'integer', 'integer ORDER BY text'),
    options: texts,
    comment,
  },
  trigger: {
    schema,
    table: name,
    name,
    timing: fc.constantFrom('before', 'instead of'),
    events: fc.subarray(['insert', 'update', 'delete', 'truncate'], { minLength: 1 }),
    updateOf: maybe(names),
    forEach: fc.constantFrom('row', 'statement'),
    when: maybe(words),
    execute: functionCall,
    constraint: maybe(
      fc.record({ from: maybe(qualified), deferrable: flag, initiallyDeferred: flag }),
    ),
    oldTable: maybe(name),
    newTable: maybe(name),
    enabled,
    inherited: never,
    comment,
  },
  rule: { schema, table: name, name, definition: words, enabled, comment },
  policy: {
    schema,
    table: name,
    name,
    restrictive: flag,
    command: maybe(fc.constantFrom('select', 'delete')),
    roles: maybe(names),
    using: maybe(words),
    withCheck: maybe(words),
    comment,
  },
  statistics: {
    schema,
    name,
    kinds: fc.subarray(['mcv', 'dependencies']),
    expressions: several(fc.oneof(words, name)),
    table: qualified,
    target: maybe(fc.integer()),
    comment,
  },
  eventTrigger: {
    name,
    event: fc.constantFrom('sql_drop', 'login'),
    tags: maybe(names),
    execute: functionCall,
    enabled,
    comment,
  },
  publication: { name, objects: maybe(words), options: maybe(parameters), comment },
  verbatim: { type: name, identity: name, statements: several(words), cascade: flag, comment },
}

/** An object of one kind. */
export const objectOf = <K extends PlainKind>(kind: K): Arbitrary<ObjectOf<K>> =>
  fc
    .record(fields[kind] as Record<string, Arbitrary<unknown>>)
    .map(rest => ({ kind, ...rest })) as never

/** An object of any kind that has the plain pair of operations. */
export const anyObject = fc
  .constantFrom(...(Object.keys(fields) as PlainKind[]))
  .chain(kind => objectOf(kind)) as Arbitrary<ObjectOf<PlainKind>>
