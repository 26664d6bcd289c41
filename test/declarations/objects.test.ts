import { expect, test } from 'vitest'
import {
  aggregate,
  check,
  collation,
  compositeType,
  domain,
  enumType,
  eventTrigger,
  extension,
  index,
  integer,
  materializedView,
  policy,
  publication,
  rangeType,
  routine,
  rule,
  schema,
  sequence,
  sql,
  statistics,
  text,
  trigger,
  varchar,
  verbatim,
  view,
} from '../../src/index.ts'

test.each([
  [schema('auth', { comment: 'c' }), { kind: 'schema', name: 'auth', comment: 'c' }],
  [extension('citext', { schema: 'x' }), { kind: 'extension', schema: 'x', name: 'citext' }],
  [enumType('e', ['a', 'b']), { kind: 'enum', name: 'e', values: ['a', 'b'] }],
  [
    domain('email', varchar(320), {
      notNull: true,
      default: 'a@b',
      checks: [check('c', sql`VALUE > ''`)],
    }),
    {
      kind: 'domain',
      name: 'email',
      type: 'varchar(320)',
      notNull: true,
      default: { value: 'a@b' },
      checks: [{ name: 'c', expression: "VALUE > ''" }],
    },
  ],
  [domain('d', 'text'), { kind: 'domain', name: 'd', type: 'text', notNull: false, checks: [] }],
  [
    compositeType('address', { street: text().collate('C'), zip: varchar(10).named('Zip') }),
    {
      kind: 'compositeType',
      name: 'address',
      attributes: [
        { name: 'street', type: 'text', collation: 'C' },
        { name: 'Zip', type: 'varchar(10)' },
      ],
    },
  ],
  [
    rangeType('r', 'double precision'),
    { kind: 'rangeType', name: 'r', subtype: 'double precision' },
  ],
  [
    collation('german', { provider: 'icu', locale: 'de', deterministic: false }),
    {
      kind: 'collation',
      name: 'german',
      options: { provider: 'icu', locale: 'de', deterministic: 'false' },
    },
  ],
  [
    sequence('s', { type: 'integer', start: 5, cache: 10n, cycle: true, ownedBy: 'users.id' }),
    {
      kind: 'sequence',
      name: 's',
      type: 'integer',
      start: 5n,
      cache: 10n,
      cycle: true,
      ownedBy: { table: 'users', column: 'id' },
    },
  ],
  [view('v', sql`SELECT 1`), { kind: 'view', name: 'v', definition: 'SELECT 1' }],
  [
    routine('f', {
      arguments: "a integer, b text DEFAULT 'x'",
      returns: 'integer',
      language: 'sql',
      body: 'SELECT 1',
    }),
    {
      kind: 'routine',
      type: 'function',
      name: 'f',
      signature: 'integer, text',
      arguments: "a integer, b text DEFAULT 'x'",
      returns: 'integer',
      language: 'sql',
      body: 'SELECT 1',
    },
  ],
  [
    aggregate('total', { arguments: 'integer', options: { SFUNC: 'int4pl', STYPE: 'integer' } }),
    {
      kind: 'aggregate',
      name: 'total',
      signature: 'integer',
      arguments: 'integer',
      options: { SFUNC: 'int4pl', STYPE: 'integer' },
    },
  ],
  [
    trigger('t', 'users', {
      timing: 'before',
      events: ['insert'],
      execute: 'f()',
      when: sql`true`,
    }),
    {
      kind: 'trigger',
      name: 't',
      table: 'users',
      timing: 'before',
      events: ['insert'],
      forEach: 'statement',
      when: 'true',
      execute: 'f()',
    },
  ],
  [
    rule('r', 'users', sql`ON INSERT TO users DO INSTEAD NOTHING`),
    {
      kind: 'rule',
      name: 'r',
      table: 'users',
      definition: 'ON INSERT TO users DO INSTEAD NOTHING',
    },
  ],
  [
    eventTrigger('e', { event: 'sql_drop', tags: ['DROP TABLE'], execute: 'f()' }),
    { kind: 'eventTrigger', name: 'e', event: 'sql_drop', tags: ['DROP TABLE'], execute: 'f()' },
  ],
  [
    policy('p', 'users', { command: 'select', roles: ['web'], using: sql`true` }),
    { kind: 'policy', name: 'p', table: 'users', command: 'select', roles: ['web'], using: 'true' },
  ],
  [
    publication('p', { objects: 'ALL TABLES', options: { publish: 'insert' } }),
    { kind: 'publication', name: 'p', objects: 'ALL TABLES', options: { publish: 'insert' } },
  ],
  [
    statistics('s', 'users', { kinds: ['mcv'], on: ['a', 'Odd', sql`(a + b)`] }),
    {
      kind: 'statistics',
      name: 's',
      kinds: ['mcv'],
      expressions: ['a', '"Odd"', '(a + b)'],
      table: { name: 'users' },
    },
  ],
  [
    verbatim('OPERATOR', '=== (a, a)', sql`CREATE OPERATOR ===`),
    {
      kind: 'verbatim',
      type: 'OPERATOR',
      identity: '=== (a, a)',
      statements: ['CREATE OPERATOR ==='],
    },
  ],
])('declaration %# is the plain object', (declaration, object) => {
  expect(declaration.object).toEqual(object)
})

test('a materialized view has its indexes', () => {
  const totals = materializedView('totals', sql`SELECT 1 AS n`, {
    schema: 'log',
    indexes: [index('ix').on('n').unique()],
  })
  expect(totals.object).toEqual({
    kind: 'materializedView',
    schema: 'log',
    name: 'totals',
    definition: 'SELECT 1 AS n',
  })
  expect(totals.indexes).toEqual([
    {
      kind: 'index',
      schema: 'log',
      table: 'totals',
      name: 'ix',
      elements: [{ column: 'n' }],
      unique: true,
    },
  ])
})

test.each([
  ['', ''],
  ['integer', 'integer'],
  ['a integer, OUT b text, INOUT c text[]', 'integer, text[]'],
  ["a text DEFAULT 'x, y', b numeric(10,2) = 0", 'text, numeric'],
  ['"DEFAULT" integer DEFAULT f(1, 2)', 'integer'],
  ['VARIADIC a integer[] DEFAULT ARRAY[1, 2], b integer[3][]', 'integer[], integer[][]'],
  ['double precision, x double precision', 'double precision, double precision'],
  ['at timestamp with time zone, time without time zone', 'timestamptz, time'],
  ['time integer, "Odd Name" auth."Odd Type"', 'integer, auth."Odd Type"'],
  ['character varying, bit varying(3), i interval day to second', 'varchar, varbit, interval'],
  ['c character(3)[], IN a numeric (10, 2)', 'char[], numeric'],
  ['double precision ORDER BY anyelement', 'double precision, anyelement'],
  ['ORDER BY anyelement', 'anyelement'],
  ['*', '*'],
])('the arguments %j identify a routine as %j', (list, signature) => {
  expect(routine('f', { arguments: list, language: 'sql', body: '' }).object.signature).toBe(
    signature,
  )
})

test('an enum whose value is given twice is an error', () => {
  expect(() => enumType('e', ['a', 'a'])).toThrow("enum e: the value 'a' is given twice.")
})

test('a constraint is no part of a composite type', () => {
  expect(() => compositeType('c', { id: integer().primaryKey() })).toThrow(
    'c.id: a constraint cannot be written here.',
  )
})

test('the owner of a sequence is table.column', () => {
  expect(() => sequence('s', { ownedBy: 'public.users.id' })).toThrow(
    "sequence s: ownedBy: 'public.users.id' is not table.column.",
  )
})
