import fc, { type Arbitrary } from 'fast-check'
import { identityOf } from '../../../../src/operations/identity.ts'
import {
  type AlterableObject,
  type AlterObject,
  alterableKinds,
  type ColumnChanges,
  type CreateOperation,
  type DropOperation,
  type EnumUse,
  grantableKinds,
  type Operation,
  type OperationKind,
  type OperationOf,
  type OwnedObject,
  type PrivilegeTarget,
  privilegeWords,
  type RenamableObject,
  type ReplaceOperation,
  type SequenceChanges,
  type TableChanges,
} from '../../../../src/operations/operation.ts'
import { refreshed } from '../own-operations.ts'
import { column, identity, newDefault, type } from './columns.ts'
import {
  big,
  changesOf,
  comment,
  type Fields,
  flag,
  maybe,
  name,
  names,
  never,
  qualified,
  schema,
  texts,
  valuesOf,
  words,
} from './fields.ts'
import { anyObject, objectOf } from './objects.ts'
import { constraintOf, indexOf, replicaIdentity, rowSecurity, wholeTable } from './tables.ts'

const orNull = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary)
const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const createOperation = fc.tuple(anyObject, flag, flag).map(
  ([object, ifNotExists, unchecked]) =>
    ({
      kind: `create${capitalized(object.kind)}`,
      object,
      ifNotExists,
      uncheckedBody: object.kind === 'routine' ? unchecked : undefined,
    }) as CreateOperation,
)

const dropOperation = fc.tuple(anyObject, flag, flag).map(
  ([object, ifExists, cascade]) =>
    ({
      kind: `drop${capitalized(object.kind)}`,
      object: identityOf(object),
      existing: object,
      ifExists,
      cascade,
    }) as DropOperation,
)

const replaceOperation = fc
  .constantFrom('view' as const, 'routine' as const)
  .chain(kind => fc.tuple(objectOf(kind), objectOf(kind), flag))
  .map(([object, former, unchecked]) => {
    const type = object.kind === 'routine' ? { type: object.type } : {}
    return {
      kind: `replace${capitalized(object.kind)}`,
      object,
      existing: { ...former, schema: object.schema, name: object.name, ...type },
      uncheckedBody: object.kind === 'routine' ? unchecked : undefined,
    } as ReplaceOperation
  })

const alterOperation = fc
  .constantFrom(...alterableKinds)
  .chain(kind => fc.tuple(objectOf(kind), objectOf(kind)))
  .map(([object, former]): AlterObject => {
    const place = 'table' in object ? { table: object.table } : {}
    const space = 'schema' in object ? { schema: object.schema } : {}
    return {
      kind: 'alterObject',
      object,
      existing: { ...former, ...place, ...space, name: object.name } as AlterableObject,
    }
  })

const tableChanges = changesOf<TableChanges>({
  comment: orNull(words),
  unlogged: fc.boolean(),
  options: fc.dictionary(name, fc.constantFrom('70', 'on', null)),
  rowSecurity,
  replicaIdentity: fc.oneof(replicaIdentity, fc.constant('default' as const)),
  tablespace: orNull(name),
  triggers: fc.dictionary(name, fc.constantFrom('enabled', 'disabled', 'replica', 'always')),
})
const columnChanges = changesOf<Omit<ColumnChanges, 'enumValues'>>({
  newName: name,
  type,
  using: words,
  collation: orNull(fc.constant('C')),
  notNull: fc.boolean(),
  default: orNull(newDefault),
  identity: orNull(identity),
  generated: orNull(fc.record({ expression: words, stored: fc.boolean() })),
  comment: orNull(words),
  storage: fc.constantFrom('default', 'main'),
  compression: orNull(fc.constant('lz4')),
  statistics: orNull(fc.integer()),
})
const sequenceChanges = changesOf<SequenceChanges>({
  type: orNull(fc.constant('integer' as const)),
  start: orNull(big),
  increment: orNull(big),
  minValue: orNull(big),
  maxValue: orNull(big),
  cache: orNull(big),
  cycle: orNull(fc.boolean()),
  ownedBy: orNull(fc.record({ schema, table: name, column: name })),
})
const enumUses = fc.array(
  valuesOf<EnumUse>({ schema, table: name, column: name, array: flag, default: maybe(words) }),
  { maxLength: 2 },
)
const privileges = fc.uniqueArray(fc.constantFrom(...privilegeWords), { minLength: 1 })
const privilegeTarget = valuesOf<PrivilegeTarget>({
  kind: fc.constantFrom(...grantableKinds),
  schema,
  name,
  signature: maybe(words),
})
const roles = fc.array(name, { minLength: 1, maxLength: 2 })
const renamable = anyObject.filter(
  (object): object is RenamableObject & typeof object =>
    object.kind !== 'extension' && object.kind !== 'verbatim',
)

const owned = fc.oneof(
  ...(['view', 'sequence', 'routine', 'aggregate', 'schema', 'eventTrigger'] as const).map(
    objectOf,
  ),
) as Arbitrary<OwnedObject>
const oneConstraint = fc
  .tuple(name, schema, names)
  .chain(([table, own, columns]) => constraintOf(table, own, columns))
const oneIndex = indexOf(name, schema, ['a', 'b c', '1'])

const set = fc.oneof(
  words,
  fc.dictionary(
    name,
    fc.oneof(
      words.map(sql => ({ sql })),
      fc.constantFrom('x', 1, -0.5, 5n, true, null).map(value => ({ value })),
    ),
    { minKeys: 1, maxKeys: 3 },
  ),
)

/** A value of a row whose column is of no known type. */
const cell = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constantFrom(null, true, 7n ** 30n, -0.5, { sql: 'now()' }, { a: [1, { b: "it's" }] }),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 4 }),
)
const known = fc.constantFrom(
  { type: 'integer' },
  { type: 'numeric(10,2)' },
  { type: 'jsonb' },
  { type: 'text[]' },
  { type: 'bigint', isAlways: true },
)

/** Rows with a column `id` that may be their key; the other columns are those of some of them. */
const rows = fc
  .tuple(names, fc.boolean())
  .chain(([others, isKnown]) =>
    fc.tuple(
      fc.array(
        fc.record(Object.fromEntries(others.map(other => [other, cell])), { requiredKeys: [] }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      isKnown ? fc.record(Object.fromEntries(others.map(other => [other, known]))) : never,
    ),
  )
  .map(([given, types]) => {
    const used = new Set(given.flatMap(row => Object.keys(row)))
    const columns = types && Object.entries(types).filter(([column]) => used.has(column))
    return {
      rows: given.map((row, at) => ({ id: at, ...row })),
      columns: columns && { id: { type: 'integer' }, ...Object.fromEntries(columns) },
    }
  })

type PlainOperation = CreateOperation | DropOperation | ReplaceOperation | AlterObject

/** Kinds whose fields do not depend on each other. */
type Independent = Exclude<
  OperationKind,
  | PlainOperation['kind']
  | ('createTable' | 'dropTable' | 'dropColumn' | 'alterColumn' | 'dropConstraint' | 'dropIndex')
  | ('alterTableTogether' | 'run' | 'custom' | 'bulkInsert' | 'bulkDelete')
>

const independent: {
  readonly [K in Independent]: Fields<
    Omit<OperationOf<K>, 'kind' | 'autocommit' | 'timeouts' | 'constraints' | 'place'>
  >
} = {
  renameTable: { schema, name, newName: name, newSchema: maybe(name) },
  alterTable: { schema, table: name, changes: tableChanges, existing: maybe(tableChanges) },
  attachPartition: { schema, table: name, partition: qualified, bounds: words },
  detachPartition: { schema, table: name, partition: qualified, bounds: maybe(words) },
  addColumn: {
    schema,
    table: name,
    column,
    ifNotExists: flag,
  },
  createConstraint: {
    constraint: oneConstraint,
    // Of keys alone.
    concurrently: never,
  },
  validateConstraint: { schema, table: name, name },
  createIndex: { index: oneIndex, ifNotExists: flag },
  addEnumValue: {
    schema,
    name,
    value: words,
    before: maybe(words),
    after: maybe(words),
    ifNotExists: flag,
    existing: maybe(fc.array(words)),
    columns: maybe(enumUses),
    comment,
    // Not written into scripts: only the reverse reads it.
    dependents: never,
  },
  renameEnumValue: { schema, name, value: words, newValue: words },
  replaceEnumValues: {
    schema,
    name,
    values: fc.array(words),
    columns: enumUses,
    mapping: maybe(texts),
    existing: maybe(fc.array(words)),
    comment,
  },
  alterSequence: { schema, name, changes: sequenceChanges, existing: maybe(sequenceChanges) },
  renameObject: { object: renamable, newName: name },
  setComment: {
    object: anyObject,
    column: maybe(name),
    constraint: maybe(name),
    comment: orNull(words),
    existing: maybe(orNull(words)),
  },
  grant: {
    privileges,
    on: privilegeTarget,
    columns: maybe(names),
    to: roles,
    withGrantOption: flag,
  },
  revoke: {
    privileges,
    on: privilegeTarget,
    columns: maybe(names),
    from: roles,
    withGrantOption: flag,
    grantOptionOnly: flag,
    cascade: flag,
  },
  alterOwner: { object: owned, to: name, existing: maybe(name) },
  backfill: {
    schema,
    table: name,
    set,
    where: maybe(words),
    key: maybe(fc.oneof(name, names)),
    batchSize: maybe(fc.nat().map(number => number + 1)),
    batchTime: maybe(fc.nat().map(number => number + 1)),
    pause: maybe(fc.nat()),
    reverse: fc.option(fc.oneof(fc.record({ set }), fc.record({ set, where: words })), {
      nil: null,
    }),
    // Code is not written into scripts.
    callback: never,
    columns: never,
    offline: never,
    scratch: never,
    location: never,
  },
  execute: {
    sql: words,
    parameters: maybe(fc.constantFrom([1, "it's", null, true, 5n], [['a'], { b: [1] }])),
    reverse: maybe(words),
  },
}

const independentOperation = fc
  .constantFrom(...(Object.keys(independent) as Independent[]))
  .chain(kind =>
    fc
      .record(independent[kind] as Record<string, Arbitrary<unknown>>)
      .map(rest => meant({ kind, ...rest } as unknown as Operation))
      .filter(saysSomething),
  )

/** What can be meant: op refuses the rest. */
function meant(operation: Operation): Operation {
  switch (operation.kind) {
    case 'addEnumValue': {
      const { value, before, existing = [] } = operation
      const after = before === undefined ? operation.after : undefined
      const beside = before ?? after ?? []
      const others = [...new Set([...existing, beside].flat())].filter(one => one !== value)
      return { ...operation, after, existing: beside === value ? undefined : others }
    }
    case 'replaceEnumValues': {
      const values = [...new Set(operation.values)]
      const [first] = values
      const mapping = first === undefined ? undefined : { gone: first }
      return { ...operation, values, mapping: operation.mapping && mapping }
    }
    case 'execute': {
      const numbers = operation.parameters?.map((_, at) => `$${at + 1}`) ?? []
      return { ...operation, sql: [...numbers, operation.sql].join(' ') }
    }
    default:
      return operation
  }
}

const saysSomething = (operation: Operation): boolean =>
  !('changes' in operation) || Object.values(operation.changes).some(change => change !== undefined)

/** Kinds whose description of what was there bears their own names. */
const dependentOperation: Arbitrary<Operation> = fc.oneof(
  fc.tuple(wholeTable, flag).map(([{ table, constraints }, ifNotExists]) => ({
    kind: 'createTable' as const,
    table,
    constraints,
    ifNotExists,
  })),
  fc.tuple(wholeTable, flag, flag).map(([existing, ifExists, cascade]) => ({
    kind: 'dropTable' as const,
    schema: existing.table.schema,
    name: existing.table.name,
    existing,
    ifExists,
    cascade,
  })),
  fc.tuple(schema, name, column, flag, flag).map(([own, table, existing, ifExists, cascade]) => ({
    kind: 'dropColumn' as const,
    schema: own,
    table,
    column: existing.name,
    existing,
    ifExists,
    cascade,
  })),
  fc
    .tuple(schema, name, column, columnChanges, fc.boolean())
    .map(([own, table, existing, changes, isTold]) => ({
      kind: 'alterColumn' as const,
      schema: own,
      table,
      column: existing.name,
      changes,
      existing: isTold ? existing : undefined,
    }))
    .filter(saysSomething),
  fc.tuple(oneConstraint, name, flag, flag).map(([constraint, own, ifExists, cascade]) => ({
    kind: 'dropConstraint' as const,
    schema: constraint.schema,
    table: constraint.table,
    name: own,
    type: constraint.type,
    existing: { ...constraint, name: own },
    ifExists,
    cascade,
  })),
  fc.record({ kind: fc.constant('dropConstraint' as const), schema, table: name, name }),
  fc.tuple(rows, schema, name, flag).map(([given, own, table, hasKey]) => ({
    kind: 'bulkInsert' as const,
    schema: own,
    table,
    ...given,
    key: hasKey && ['id'],
  })),
  fc.tuple(rows, schema, name).map(([given, own, table]) => ({
    kind: 'bulkDelete' as const,
    schema: own,
    table,
    ...given,
    key: ['id'],
  })),
  fc.record({ view: words, times: fc.integer() }).map(refreshed),
  fc
    .tuple(oneIndex, name, flag, flag, flag)
    .map(([index, own, ifExists, cascade, concurrently]) => ({
      kind: 'dropIndex' as const,
      schema: index.schema,
      name: own,
      table: index.table,
      existing: { ...index, name: own },
      ifExists,
      cascade,
      concurrently,
    })),
)

/** Any operation but those with code, which cannot be written down. */
export const anyOperation: Arbitrary<Operation> = fc
  .tuple(
    fc.oneof(
      createOperation,
      dropOperation,
      replaceOperation,
      alterOperation,
      { arbitrary: independentOperation, weight: 2 },
      { arbitrary: dependentOperation, weight: 3 },
    ),
    flag,
    fc.constantFrom(
      undefined,
      { lockTimeout: '10s' },
      { lockTimeout: '500ms', statementTimeout: '0' },
    ),
  )
  .map(([operation, autocommit, timeouts]) => ({ ...operation, autocommit, timeouts }))
