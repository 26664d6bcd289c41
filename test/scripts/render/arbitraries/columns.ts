import fc, { type Arbitrary } from 'fast-check'
import type { Column, Identity, NotNullConstraint } from '../../../../src/schema/index.ts'
import { big, comment, flag, maybe, name, never, valuesOf, words } from './fields.ts'

export const type = fc.constantFrom(
  ...['integer', 'varchar(255)', 'varchar', 'char(3)', 'char', 'text', 'numeric(10,2)', 'numeric'],
  ...['timestamptz(3)', 'timestamp', 'time', 'timetz(0)', 'interval', 'interval(3)', 'bit(3)'],
  ...['interval day to second(3)', 'double precision', 'boolean', 'jsonb', 'uuid', '"char"'],
  ...['integer[]', 'text[][]', 'varchar(5)[]', 'integer[3]', 'text[][][][]', 'bpchar', 'name'],
  ...['public.status', 'public."Order"', 'auth.status', 'public.geometry(Point,4326)', 'pg_lsn'],
  ...[
    'public.citext',
    'public.status[]',
    'hstore',
    'tstzmultirange',
    'numeric(5)',
    'numeric(3,-2)',
  ],
  'public.text',
)

const literalTexts = [
  ...["'x'::character varying", "'it''s'::text", '0', "'-1'::integer", 'true', 'now()', '1.50'],
]
export const defaultValue = fc.oneof(
  fc.record({ sql: fc.oneof(words, fc.constantFrom(...literalTexts)) }),
  fc.record({ value: fc.oneof(words, fc.integer(), fc.boolean(), big, fc.constant(null)) }),
)

/** `default: null` drops a default, which comes to the same as the literal. */
export const newDefault = defaultValue.filter(value => !('value' in value && value.value === null))

export const sequenceOptions = {
  start: maybe(big),
  increment: maybe(big),
  minValue: maybe(big),
  maxValue: maybe(big),
  cache: maybe(big),
  cycle: maybe(fc.boolean()),
}

export const identity = valuesOf<Identity>({
  always: fc.boolean(),
  sequenceName: maybe(name),
  unlogged: maybe(fc.boolean()),
  ...sequenceOptions,
})

const notNullConstraint = valuesOf<NotNullConstraint>({
  name: maybe(name),
  inherited: flag,
  notValid: flag,
  noInherit: flag,
})

type Nameless = Omit<Column, 'name'>

/** What a column of any sort may have; the sorts below add what only they have. */
const common = {
  type,
  enumValues: never,
  notNull: fc.boolean(),
  default: never,
  generated: never,
  identity: never,
  notNullConstraint: never,
  collation: maybe(fc.constantFrom('C', 'pg_catalog."default"')),
  comment,
  storage: maybe(fc.constantFrom('plain' as const, 'external' as const)),
  compression: maybe(fc.constantFrom('lz4', 'pglz')),
  statistics: maybe(fc.integer({ min: 0, max: 10000 })),
  inherited: flag,
}

const nameless = fc.oneof(
  valuesOf<Nameless>({ ...common, default: maybe(defaultValue) }),
  valuesOf<Nameless>({
    ...common,
    notNull: fc.constant(true),
    notNullConstraint: maybe(notNullConstraint),
  }),
  valuesOf<Nameless>({ ...common, type: fc.constantFrom('serial', 'bigserial', 'smallserial') }),
  valuesOf<Nameless>({
    ...common,
    type: fc.constant('bigint'),
    notNull: fc.constant(true),
    identity,
  }),
  valuesOf<Nameless>({
    ...common,
    generated: fc.record({ expression: words, stored: fc.boolean() }),
  }),
)

export const columnNamed = (own: string): Arbitrary<Column> =>
  nameless.map(rest => ({ name: own, ...rest }))

export const column = name.chain(columnNamed)
