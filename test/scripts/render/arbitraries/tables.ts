import fc, { type Arbitrary } from 'fast-check'
import type { ExistingTable } from '../../../../src/operations/operation.ts'
import type {
  CheckConstraint,
  Constraint,
  ExcludeConstraint,
  ForeignKey,
  Index,
  IndexElement,
  PrimaryKey,
  Table,
  UniqueConstraint,
} from '../../../../src/schema/index.ts'
import { columnNamed } from './columns.ts'
import {
  comment,
  flag,
  maybe,
  name,
  names,
  never,
  parameters,
  qualified,
  schema,
  several,
  valuesOf,
  words,
} from './fields.ts'

const action = fc.constantFrom('cascade' as const, 'set null' as const, 'restrict' as const)

/** Deferred at first means deferrable. */
const deferral = <C extends Constraint>(constraint: Arbitrary<C>): Arbitrary<C> =>
  constraint.map(value =>
    'initiallyDeferred' in value && value.initiallyDeferred
      ? { ...value, deferrable: true }
      : value,
  )

/** Constraints of a table, which name its columns or others. */
export function constraintOf(
  table: string,
  own: string | undefined,
  columns: readonly string[],
): Arbitrary<Constraint> {
  const kind = fc.constant('constraint' as const)
  const place = {
    kind,
    schema: fc.constant(own),
    table: fc.constant(table),
    name: maybe(fc.oneof(name, fc.constant(`${table}_pkey`))),
    hasFinalName: never,
    comment,
  }
  const when = { deferrable: flag, initiallyDeferred: flag }
  const backing = {
    include: maybe(names),
    options: maybe(parameters),
    tablespace: maybe(name),
    only: flag,
    attachedTo: maybe(qualified),
    clustered: flag,
    indexComment: comment,
    ...when,
  }
  const some = fc.subarray([...columns], { minLength: 1 })
  const mentioned = fc.constantFrom(...columns.map(column => `(${column} > 0)`))
  return fc.oneof(
    fc.record({
      ...place,
      comment: never,
      type: fc.constantFrom('primaryKey' as const, 'unique' as const),
      columns: some,
    }),
    deferral(
      valuesOf<PrimaryKey>({
        ...place,
        ...backing,
        type: fc.constant('primaryKey'),
        columns: some,
        withoutOverlaps: flag,
      }),
    ),
    deferral(
      valuesOf<UniqueConstraint>({
        ...place,
        ...backing,
        type: fc.constant('unique'),
        columns: some,
        withoutOverlaps: flag,
        nullsNotDistinct: flag,
      }),
    ),
    deferral(
      valuesOf<ForeignKey>({
        ...place,
        ...when,
        type: fc.constant('foreignKey'),
        columns: some,
        references: fc.record({
          schema,
          table: name,
          columns: fc.uniqueArray(name, { maxLength: 2 }),
        }),
        onDelete: maybe(action),
        onDeleteColumns: maybe(some),
        onUpdate: maybe(action),
        match: maybe(fc.constant('full')),
        notValid: flag,
        notEnforced: flag,
        period: flag,
      }).map(withAsMany),
    ),
    valuesOf<CheckConstraint>({
      ...place,
      type: fc.constant('check'),
      expression: fc.oneof(words, mentioned),
      notValid: flag,
      noInherit: flag,
      notEnforced: flag,
    }),
    deferral(
      valuesOf<ExcludeConstraint>({
        ...place,
        ...backing,
        type: fc.constant('exclude'),
        method: maybe(fc.constant('gist')),
        elements: several(
          fc.record({ expression: fc.oneof(words, name), operator: fc.constantFrom('=', '&&') }),
        ),
        where: maybe(words),
      }),
    ),
  )
}

const details = {
  opclass: maybe(fc.constant('text_pattern_ops')),
  opclassOptions: never,
  collation: maybe(fc.constant('C')),
  prefix: never,
  order: maybe(fc.constantFrom('asc' as const, 'desc' as const)),
  nulls: maybe(fc.constantFrom('first' as const, 'last' as const)),
}
const withClass = { ...details, opclass: fc.constant('gist_trgm_ops'), opclassOptions: parameters }

/** Indexes of a table on its columns or expressions. */
export function indexOf(
  table: Arbitrary<string>,
  own: Arbitrary<string | undefined>,
  columns: readonly string[],
): Arbitrary<Index> {
  const column = fc.constantFrom(...columns)
  const key = fc.oneof(
    fc.record({ column }),
    fc.record({ expression: words }),
    valuesOf<IndexElement>({ column, expression: never, ...details }),
    valuesOf<IndexElement>({ column: never, expression: words, ...details }),
    valuesOf<IndexElement>({ column, expression: never, ...withClass }),
  )
  return valuesOf<Index>({
    kind: fc.constant('index'),
    schema: own,
    table,
    name: maybe(name),
    hasFinalName: never,
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

export const rowSecurity = fc.record({ enabled: fc.boolean(), forced: fc.boolean() })

export const replicaIdentity = fc.oneof(
  fc.constantFrom('nothing' as const, 'full' as const),
  fc.record({ index: name }),
)

function withOnePrimaryKey(constraints: readonly Constraint[]): Constraint[] {
  const first = constraints.findIndex(({ type }) => type === 'primaryKey')
  return constraints.filter(({ type }, place) => type !== 'primaryKey' || place === first)
}

function withoutNamesakes<T extends { readonly name?: string | undefined }>(
  named: readonly T[],
): T[] {
  return named.filter(
    ({ name }, at) => name === undefined || named.findIndex(one => one.name === name) === at,
  )
}

/** A key that names as many columns on its own side as on the other, where it names those at all. */
function withAsMany(key: ForeignKey): ForeignKey {
  const { columns, references, onDeleteColumns } = key
  const count = references.columns.length || columns.length
  const own = columns.slice(0, count)
  return {
    ...key,
    columns: own,
    references: { ...references, columns: references.columns.slice(0, own.length) },
    onDeleteColumns: onDeleteColumns && own,
  }
}

/** A table with its constraints and indexes, which may name columns of its parents. */
export const wholeTable: Arbitrary<ExistingTable> = fc
  .tuple(name, schema, fc.uniqueArray(name, { minLength: 1, maxLength: 5 }))
  .chain(([table, own, columns]) =>
    valuesOf<ExistingTable>({
      table: valuesOf<Table>({
        kind: fc.constant('table'),
        schema: fc.constant(own),
        name: fc.constant(table),
        columns: fc.tuple(...columns.map(columnNamed)),
        comment,
        unlogged: flag,
        temporary: flag,
        options: maybe(parameters),
        accessMethod: maybe(name),
        tablespace: maybe(name),
        ofType: maybe(name),
        partitionBy: maybe(words),
        partitionOf: maybe(fc.record({ parent: qualified, bounds: words })),
        inherits: several(qualified),
        rowSecurity: maybe(rowSecurity),
        replicaIdentity: maybe(replicaIdentity),
      }),
      constraints: fc
        .array(constraintOf(table, own, columns), { maxLength: 4 })
        .map(withOnePrimaryKey)
        .map(withoutNamesakes),
      indexes: fc
        .array(indexOf(fc.constant(table), fc.constant(own), columns), { maxLength: 2 })
        .map(withoutNamesakes),
    }),
  )
