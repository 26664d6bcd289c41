import fc, { type Arbitrary } from 'fast-check'
import type { Operation, PlainKind } from '../../../src/operations/operation.ts'
import type { Column, Constraint, ObjectOf, SchemaObject } from '../../../src/schema/index.ts'

/** Names and texts that break careless code: quotes, dots, key words, templates, emoji. */
const awkward = [
  ...[
    'a',
    'users',
    'order',
    'Order',
    'a.b',
    'it’s',
    "it's",
    'say "hi"',
    'back`tick',
    '${x}',
    '\\n',
  ],
  ...['__proto__', 'constructor', '1', '007', 'with space', 'π', '🦉', 't', 'op', 'public', '-'],
]
const name = fc.oneof(fc.constantFrom(...awkward), fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/))
const words = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    "it's",
    '`${a}` \\d+',
    'a\nb',
    'a\r\nb\r',
    '\\',
    '$',
    '${',
    '\u2028',
    '\t',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const schema = fc.constantFrom(undefined, 'public', 'auth', 'My Schema')
const flag = fc.constantFrom(undefined, true)
const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 })
const several = <T>(arbitrary: Arbitrary<T>): Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 })
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 })
const parameters = fc.dictionary(
  fc.constantFrom('fillfactor', 'toast.x', 'a b'),
  fc.constantFrom('70', '0.50', 'on', '-1', '1e3', "it's"),
)
const qualified = fc.record({ schema, name })
const comment = maybe(words)

const type = fc.constantFrom(
  ...['integer', 'varchar(255)', 'varchar', 'char(3)', 'char', 'text', 'numeric(10,2)', 'numeric'],
  ...['timestamptz(3)', 'timestamp', 'time', 'timetz(0)', 'interval', 'interval(3)', 'bit(3)'],
  ...[
    'interval day to second(3)',
    'double precision',
    'boolean',
    'jsonb',
    'uuid',
    'pg_lsn',
    '"char"',
  ],
  ...['integer[]', 'text[][]', 'varchar(5)[]', 'integer[3]', 'text[][][][]', 'bpchar', 'name'],
  ...[
    'public.status',
    'public."Order"',
    'auth.status',
    'public.geometry(Point,4326)',
    'public.text',
  ],
  ...[
    'public.citext',
    'public.status[]',
    'hstore',
    'tstzmultirange',
    'numeric(5)',
    'numeric(3,-2)',
  ],
)
const big = fc.constantFrom(1n, -1n, 2n ** 62n, -(2n ** 63n), 100n)
const sequenceOptions = {
  start: maybe(big),
  increment: maybe(big),
  minValue: maybe(big),
  maxValue: maybe(big),
  cache: maybe(big),
  cycle: maybe(fc.boolean()),
}
const defaultValue = fc.oneof(
  fc.record({ sql: words }),
  fc.constantFrom(
    ...[
      "'x'::character varying",
      "'it''s'::text",
      '0',
      "'-1'::integer",
      'true',
      'now()',
      '1.50',
    ].map(sql => ({ sql })),
  ),
  fc.record({ value: fc.oneof(words, fc.integer(), fc.boolean(), big, fc.constant(null)) }),
)

/** `default: null` drops a default, which comes to the same as the literal. */
const newDefault = defaultValue.filter(value => !('value' in value && value.value === null))

const base = {
  collation: maybe(fc.constantFrom('C', 'pg_catalog."default"')),
  comment,
  storage: maybe(fc.constantFrom('plain' as const, 'external' as const)),
  compression: maybe(fc.constantFrom('lz4', 'pglz')),
  statistics: maybe(fc.integer({ min: 0, max: 10000 })),
  inherited: flag,
}
const notNullConstraint = fc.record({ name: maybe(name), notValid: flag, noInherit: flag })

const plainColumn: Arbitrary<Omit<Column, 'name'>> = fc.oneof(
  fc.record({ type, notNull: fc.boolean(), default: maybe(defaultValue), ...base }),
  fc.record({
    type,
    notNull: fc.constant(true),
    notNullConstraint: maybe(notNullConstraint),
    ...base,
  }),
  fc.record({
    type: fc.constantFrom('serial', 'bigserial', 'smallserial'),
    notNull: fc.boolean(),
    ...base,
  }),
  fc.record({
    type: fc.constant('bigint'),
    notNull: fc.constant(true),
    identity: fc.record({ always: fc.boolean(), sequenceName: maybe(name), ...sequenceOptions }),
    ...base,
  }),
  fc.record({
    type,
    notNull: fc.boolean(),
    generated: fc.record({ expression: words, stored: fc.boolean() }),
    ...base,
  }),
)

const columnNamed = (column: string): Arbitrary<Column> =>
  plainColumn.map(rest => ({ name: column, ...rest }))
const column = name.chain(columnNamed)
const columnsNamed = (own: readonly string[]) => fc.tuple(...own.map(columnNamed))

const deferral = fc.constantFrom(
  {},
  { deferrable: true },
  { deferrable: true, initiallyDeferred: true },
)
const action = fc.constantFrom('cascade' as const, 'set null' as const, 'restrict' as const)
const keyParts = {
  include: maybe(names),
  options: maybe(parameters),
  tablespace: maybe(name),
  withoutOverlaps: flag,
  only: flag,
  attachedTo: maybe(qualified),
  clustered: flag,
}

/** Constraints of a table, which name its columns or others. */
function constraint(table: string, own: string | undefined, columns: readonly string[]) {
  const place = {
    kind: fc.constant('constraint' as const),
    schema: fc.constant(own),
    table: fc.constant(table),
    name: maybe(fc.oneof(name, fc.constant(`${table}_pkey`))),
    comment,
  }
  const some = fc.subarray([...columns], { minLength: 1 })
  const plain = { ...place, comment: fc.constant(undefined) }
  const key = (more: object) =>
    fc
      .tuple(fc.record({ ...more, columns: some }), deferral)
      .map(([body, when]) => ({ ...body, ...when }))
  return fc.oneof(
    key({ ...plain, type: fc.constantFrom('primaryKey', 'unique') }),
    key({ ...place, type: fc.constant('unique'), nullsNotDistinct: flag, ...keyParts }),
    key({ ...place, type: fc.constant('primaryKey'), ...keyParts }),
    key({
      ...place,
      type: fc.constant('foreignKey'),
      references: fc.record({
        schema,
        table: name,
        columns: fc.uniqueArray(name, { maxLength: 2 }),
      }),
      onDelete: maybe(action),
      onDeleteColumns: maybe(names),
      onUpdate: maybe(action),
      match: maybe(fc.constant('full')),
      notValid: flag,
      notEnforced: flag,
      period: flag,
    }),
    fc.record({
      ...place,
      type: fc.constant('check'),
      expression: fc.oneof(words, fc.constantFrom(...columns.map(column => `(${column} > 0)`))),
      notValid: flag,
      noInherit: flag,
      notEnforced: flag,
    }),
    fc
      .tuple(
        fc.record({
          ...place,
          type: fc.constant('exclude'),
          method: maybe(fc.constant('gist')),
          elements: several(
            fc.record({ expression: fc.oneof(words, name), operator: fc.constantFrom('=', '&&') }),
          ),
          include: maybe(names),
          where: maybe(words),
          options: maybe(parameters),
          tablespace: maybe(name),
        }),
        deferral,
      )
      .map(([body, when]) => ({ ...body, ...when })),
  ) as Arbitrary<Constraint>
}

const details = {
  opclass: maybe(fc.constant('text_pattern_ops')),
  collation: maybe(fc.constant('C')),
  order: maybe(fc.constantFrom('asc' as const, 'desc' as const)),
  nulls: maybe(fc.constantFrom('first' as const, 'last' as const)),
}
const classOptions = fc.record({
  opclass: fc.constant('gist_trgm_ops'),
  opclassOptions: parameters,
})
function index(
  table: Arbitrary<string>,
  own: Arbitrary<string | undefined>,
  columns: readonly string[],
) {
  const key = fc.oneof(
    fc.record({ column: fc.constantFrom(...columns) }),
    fc.record({ expression: words }),
    fc.record({ column: fc.constantFrom(...columns), ...details }),
    fc.record({ expression: words, ...details }),
    fc
      .tuple(fc.constantFrom(...columns), classOptions)
      .map(([column, rest]) => ({ column, ...rest })),
  )
  return fc.record({
    kind: fc.constant('index' as const),
    schema: own,
    table,
    name: maybe(name),
    elements: several(key),
    unique: flag,
    method: maybe(fc.constantFrom('gin', 'hash')),
    include: maybe(names),
    where: maybe(words),
    nullsNotDistinct: flag,
    options: maybe(parameters),
    tablespace: maybe(name),
    comment,
    only: flag,
    attachedTo: maybe(qualified),
    clustered: flag,
    statistics: maybe(fc.constantFrom({ 1: 100 }, { 2: 50, 1: 10 })),
    concurrently: flag,
  })
}

const rowSecurity = fc.record({ enabled: fc.boolean(), forced: fc.boolean() })
const replicaIdentity = fc.oneof(
  fc.constantFrom('nothing' as const, 'full' as const),
  fc.record({ index: name }),
)

/** A table with its constraints and indexes; columns may also come from a parent. */
const wholeTable = fc
  .tuple(name, schema, fc.uniqueArray(name, { minLength: 1, maxLength: 5 }))
  .chain(([table, own, columns]) =>
    fc.record({
      table: fc.record({
        kind: fc.constant('table' as const),
        schema: fc.constant(own),
        name: fc.constant(table),
        columns: columnsNamed(columns),
        comment,
        unlogged: flag,
        options: maybe(parameters),
        accessMethod: maybe(name),
        tablespace: maybe(name),
        ofType: maybe(words),
        partitionBy: maybe(words),
        partitionOf: maybe(fc.record({ parent: qualified, bounds: words })),
        // Included columns may be anyone's: what names a column that is nobody's is refused.
        inherits: several(qualified),
        rowSecurity: maybe(rowSecurity),
        replicaIdentity: maybe(replicaIdentity),
      }),
      constraints: fc.array(constraint(table, own, columns), { maxLength: 4 }),
      indexes: fc.array(index(fc.constant(table), fc.constant(own), columns), { maxLength: 2 }),
    }),
  )

const enabled = maybe(fc.constantFrom('disabled' as const, 'replica' as const, 'always' as const))
const texts = fc.dictionary(name, words, { maxKeys: 2 })

const objects: { readonly [K in PlainKind]: Arbitrary<Omit<ObjectOf<K>, 'kind'>> } = {
  schema: fc.record({ name, comment }),
  extension: fc.record({ schema, name, version: maybe(words), comment }),
  collation: fc.record({ schema, name, options: texts, comment }),
  enum: fc.record({ schema, name, values: fc.uniqueArray(words), comment }),
  domain: fc.record({
    schema,
    name,
    type,
    notNull: fc.boolean(),
    default: maybe(newDefault),
    collation: maybe(name),
    checks: fc.array(fc.record({ name: maybe(name), expression: words, notValid: flag, comment }), {
      maxLength: 2,
    }),
    comment,
  }),
  compositeType: fc.record({
    schema,
    name,
    attributes: names.chain(own =>
      fc.tuple(
        ...own.map(attribute =>
          fc.record({ name: fc.constant(attribute), type, collation: maybe(name), comment }),
        ),
      ),
    ),
    comment,
  }),
  rangeType: fc.record({ schema, name, subtype: type, options: maybe(parameters), comment }),
  sequence: fc.record({
    schema,
    name,
    type: maybe(fc.constantFrom('smallint' as const, 'integer' as const)),
    ...sequenceOptions,
    unlogged: flag,
    ownedBy: maybe(fc.record({ schema, table: name, column: name })),
    comment,
  }),
  view: fc.record({
    schema,
    name,
    columnNames: maybe(names),
    definition: words,
    options: maybe(parameters),
    comment,
    columnComments: maybe(texts),
    columnDefaults: maybe(texts),
  }),
  materializedView: fc.record({
    schema,
    name,
    columnNames: maybe(names),
    definition: words,
    options: maybe(parameters),
    comment,
    columnComments: maybe(texts),
    accessMethod: maybe(name),
    tablespace: maybe(name),
  }),
  routine: fc.record({
    schema,
    name,
    type: fc.constantFrom('function' as const, 'procedure' as const),
    signature: fc.constantFrom('', 'integer', 'a integer, b text'),
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
    volatility: maybe(fc.constantFrom('immutable' as const, 'stable' as const)),
    strict: flag,
    securityDefiner: flag,
    leakproof: flag,
    parallel: maybe(fc.constantFrom('safe' as const)),
    cost: maybe(fc.integer()),
    rows: maybe(fc.integer()),
    support: maybe(name),
    transformTypes: maybe(names),
    settings: maybe(texts),
    comment,
  }) as Arbitrary<Omit<ObjectOf<'routine'>, 'kind'>>,
  aggregate: fc.record({
    schema,
    name,
    signature: fc.constantFrom('*', 'integer'),
    arguments: fc.constantFrom('*', 'integer', 'integer ORDER BY text'),
    options: texts,
    comment,
  }),
  trigger: fc.record({
    schema,
    table: name,
    name,
    timing: fc.constantFrom('before' as const, 'instead of' as const),
    events: fc.subarray(['insert', 'update', 'delete', 'truncate'] as const, { minLength: 1 }),
    updateOf: maybe(names),
    forEach: fc.constantFrom('row' as const, 'statement' as const),
    when: maybe(words),
    execute: words,
    constraint: maybe(
      fc.record({ from: maybe(qualified), deferrable: flag, initiallyDeferred: flag }),
    ),
    oldTable: maybe(name),
    newTable: maybe(name),
    enabled,
    comment,
  }),
  rule: fc.record({ schema, table: name, name, definition: words, enabled, comment }),
  policy: fc.record({
    schema,
    table: name,
    name,
    restrictive: flag,
    command: maybe(fc.constantFrom('select' as const, 'delete' as const)),
    roles: maybe(names),
    using: maybe(words),
    withCheck: maybe(words),
    comment,
  }),
  statistics: fc.record({
    schema,
    name,
    kinds: fc.subarray(['mcv', 'dependencies']),
    expressions: several(fc.oneof(words, name)),
    table: qualified,
    target: maybe(fc.integer()),
    comment,
  }),
  eventTrigger: fc.record({
    name,
    event: words,
    tags: maybe(names),
    execute: words,
    enabled,
    comment,
  }),
  publication: fc.record({ name, objects: maybe(words), options: maybe(parameters), comment }),
  verbatim: fc.record({ type: name, identity: name, statements: several(words), comment }),
}

const kinds = Object.keys(objects) as PlainKind[]
const anyObject = fc
  .constantFrom(...kinds)
  .chain(kind =>
    (objects[kind] as Arbitrary<object>).map(rest => ({ kind, ...rest }) as ObjectOf<PlainKind>),
  )

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** What DROP needs to name an object, as the catalog's objects give it. */
function identityOf(object: ObjectOf<PlainKind>): object {
  if (object.kind === 'verbatim') return { name: object.identity, type: object.type }
  const fields: Record<string, unknown> = { ...object }
  const keys = [
    'schema',
    'name',
    'signature',
    ...(typeof fields.table === 'string' ? ['table'] : []),
  ]
  const type = object.kind === 'routine' ? { type: object.type } : {}
  return { ...Object.fromEntries(keys.map(key => [key, fields[key]])), ...type }
}

const plainOperation = fc
  .tuple(anyObject, flag, flag, fc.boolean())
  .map(([object, ifs, cascade, isCreate]) =>
    isCreate
      ? {
          kind: `create${capitalized(object.kind)}`,
          object,
          ifNotExists: ifs,
          uncheckedBody: object.kind === 'routine' ? cascade : undefined,
        }
      : {
          kind: `drop${capitalized(object.kind)}`,
          object: identityOf(object),
          existing: object,
          ifExists: ifs,
          cascade,
        },
  )

const replaceOperation = fc.constantFrom('view' as const, 'routine' as const).chain(kind =>
  fc
    .tuple(objects[kind] as Arbitrary<object>, objects[kind] as Arbitrary<object>)
    .map(([object, former]) => {
      const next = { kind, ...object } as ObjectOf<'view' | 'routine'>
      const { schema: own, name: same } = next
      const type = next.kind === 'routine' ? { type: next.type } : {}
      const existing = { ...former, kind, schema: own, name: same, ...type }
      return { kind: `replace${capitalized(kind)}`, object: next, existing }
    }),
)

const on = { schema, table: name }
const changes = (fields: Record<string, Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] })
const tableChanges = changes({
  comment: fc.oneof(words, fc.constant(null)),
  unlogged: fc.boolean(),
  options: fc.dictionary(name, fc.constantFrom('70', 'on', null)),
  rowSecurity,
  replicaIdentity: fc.oneof(replicaIdentity, fc.constant('default')),
  tablespace: fc.constantFrom(null, 'fast'),
})
const columnChanges = changes({
  newName: name,
  type,
  using: words,
  collation: fc.constantFrom(null, 'C'),
  notNull: fc.boolean(),
  default: fc.oneof(newDefault, fc.constant(null)),
  identity: fc.oneof(fc.record({ always: fc.boolean(), ...sequenceOptions }), fc.constant(null)),
  generated: fc.oneof(fc.record({ expression: words, stored: fc.boolean() }), fc.constant(null)),
  comment: fc.oneof(words, fc.constant(null)),
  storage: fc.constantFrom('default', 'main'),
  compression: fc.constantFrom(null, 'lz4'),
  statistics: fc.constantFrom(null, 100),
})
const sequenceChanges = changes({
  type: fc.constantFrom(null, 'integer'),
  start: fc.oneof(big, fc.constant(null)),
  cache: fc.oneof(big, fc.constant(null)),
  cycle: fc.constantFrom(null, true, false),
  ownedBy: fc.oneof(fc.record({ schema, table: name, column: name }), fc.constant(null)),
})
const enumUses = fc.array(
  fc.record({ schema, table: name, column: name, array: flag, default: maybe(words) }),
  { maxLength: 2 },
)
const oneConstraint = fc
  .tuple(name, schema, names)
  .chain(([table, own, columns]) => constraint(table, own, columns))

const otherOperations = fc.oneof(
  wholeTable.chain(({ table, constraints }) =>
    fc.record({
      kind: fc.constant('createTable'),
      table: fc.constant(table),
      constraints: fc.constant(constraints),
      ifNotExists: flag,
    }),
  ),
  wholeTable.map(existing => ({
    kind: 'dropTable',
    schema: existing.table.schema,
    name: existing.table.name,
    existing,
    cascade: true,
  })),
  fc.record({ kind: fc.constant('renameTable'), schema, name, newName: name }),
  fc.record({
    kind: fc.constant('alterTable'),
    ...on,
    changes: tableChanges,
    existing: maybe(tableChanges),
  }),
  fc.record({ kind: fc.constant('attachPartition'), ...on, partition: qualified, bounds: words }),
  fc.record({
    kind: fc.constant('detachPartition'),
    ...on,
    partition: qualified,
    bounds: maybe(words),
  }),
  fc.record({ kind: fc.constant('addColumn'), ...on, column, ifNotExists: flag }),
  fc.tuple(schema, name, column, flag).map(([own, table, existing, ifExists]) => ({
    kind: 'dropColumn',
    schema: own,
    table,
    column: existing.name,
    existing,
    ifExists,
  })),
  fc.tuple(schema, name, column, columnChanges).map(([own, table, existing, given]) => ({
    kind: 'alterColumn',
    schema: own,
    table,
    column: existing.name,
    changes: given,
    existing,
  })),
  fc.record({ kind: fc.constant('alterColumn'), ...on, column: name, changes: columnChanges }),
  oneConstraint.map(constraint => ({ kind: 'createConstraint', constraint })),
  fc.tuple(oneConstraint, name, flag).map(([constraint, own, cascade]) => ({
    kind: 'dropConstraint',
    schema: constraint.schema,
    table: constraint.table,
    name: own,
    type: constraint.type,
    existing: { ...constraint, name: own },
    cascade,
  })),
  fc.record({ kind: fc.constant('dropConstraint'), ...on, name }),
  fc.record({ kind: fc.constant('validateConstraint'), ...on, name }),
  fc.record({
    kind: fc.constant('createIndex'),
    index: index(name, schema, ['a', 'b c', '1']),
    ifNotExists: flag,
  }),
  fc.tuple(index(name, schema, ['a', 'b c', '1']), name, flag).map(([former, own, ifs]) => ({
    kind: 'dropIndex',
    schema: former.schema,
    name: own,
    table: former.table,
    existing: { ...former, name: own },
    ifExists: ifs,
    concurrently: ifs,
  })),
  fc.record({
    kind: fc.constant('addEnumValue'),
    schema,
    name,
    value: words,
    before: maybe(words),
    after: maybe(words),
    ifNotExists: flag,
    existing: maybe(fc.array(words)),
    columns: maybe(enumUses),
  }),
  fc.record({ kind: fc.constant('renameEnumValue'), schema, name, value: words, newValue: words }),
  fc.record({
    kind: fc.constant('replaceEnumValues'),
    schema,
    name,
    values: fc.array(words),
    columns: enumUses,
    mapping: maybe(texts),
    existing: maybe(fc.array(words)),
  }),
  fc.record({
    kind: fc.constant('alterSequence'),
    schema,
    name,
    changes: sequenceChanges,
    existing: maybe(sequenceChanges),
  }),
  anyObject.chain(object =>
    fc.record({
      kind: fc.constant('setComment'),
      object: fc.constant(object as SchemaObject),
      column: maybe(name),
      constraint: maybe(name),
      comment: fc.oneof(words, fc.constant(null)),
      existing: maybe(fc.oneof(words, fc.constant(null))),
    }),
  ),
  fc.record({
    kind: fc.constant('execute'),
    sql: words,
    parameters: maybe(fc.constantFrom([1, "it's", null, true, 5n], [['a'], { b: [1] }])),
    reverse: maybe(words),
  }),
)

/** Any operation but `run`, whose code cannot be written down. */
export const anyOperation = fc.oneof(
  { arbitrary: plainOperation, weight: 2 },
  { arbitrary: replaceOperation, weight: 1 },
  { arbitrary: otherOperations, weight: 4 },
) as Arbitrary<Operation>
