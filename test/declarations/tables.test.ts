import { expect, test } from 'vitest'
import {
  check,
  exclude,
  foreignKey,
  index,
  integer,
  primaryKey,
  sql,
  table,
  text,
  timestamptz,
  unique,
  varchar,
} from '../../src/index.ts'

const place = { schema: 'auth', table: 'users' }

test('what is written on columns and beside them are constraints and indexes of the table', () => {
  const users = table(
    'users',
    {
      id: integer().primaryKey('pk'),
      email: varchar(255).notNull().unique('u'),
      age: integer().check(sql`age > 0`, 'age_positive'),
    },
    t => [index('ix').on(t.email), check('c', sql`id > 0`)],
    { schema: 'auth' },
  )
  expect(users.parts.constraints).toEqual([
    { kind: 'constraint', type: 'primaryKey', ...place, name: 'pk', columns: ['id'] },
    { kind: 'constraint', type: 'unique', ...place, name: 'u', columns: ['email'] },
    { kind: 'constraint', type: 'check', ...place, name: 'age_positive', expression: 'age > 0' },
    { kind: 'constraint', type: 'check', ...place, name: 'c', expression: 'id > 0' },
  ])
  expect(users.parts.indexes).toEqual([
    { kind: 'index', ...place, name: 'ix', elements: [{ column: 'email' }] },
  ])
})

test('t offers columns by key and means their names', () => {
  const { indexes } = table('t', { createdAt: text().named('created_at') }, t => [
    index().on(t.createdAt.desc().nullsLast()),
  ]).parts
  expect(indexes[0]?.elements).toEqual([{ column: 'created_at', order: 'desc', nulls: 'last' }])
})

test('an index says everything that PostgreSQL can keep of one', () => {
  const columns = { a: text(), b: text(), c: text() }
  const { indexes } = table('t', columns, t => [
    index('ix')
      .on(
        t.a.opclass('gist_trgm_ops', { siglen: 32 }).collate('C').asc().nullsFirst(),
        sql`lower(b)`,
        {
          expression: sql`upper(c)`,
          opclass: 'text_pattern_ops',
        },
      )
      .unique()
      .using('gist')
      .where(sql`a IS NOT NULL`)
      .include(t.c)
      .with({ fillfactor: 70, fastupdate: false })
      .nullsNotDistinct()
      .tablespace('fast')
      .comment('why')
      .only()
      .attachedTo({ schema: 's', name: 'parent' })
      .clustered()
      .statistics({ 2: 100 })
      .concurrently(),
  ]).parts
  expect(indexes).toEqual([
    {
      kind: 'index',
      table: 't',
      name: 'ix',
      elements: [
        {
          column: 'a',
          opclass: 'gist_trgm_ops',
          opclassOptions: { siglen: '32' },
          collation: 'C',
          order: 'asc',
          nulls: 'first',
        },
        { expression: 'lower(b)' },
        { expression: 'upper(c)', opclass: 'text_pattern_ops' },
      ],
      unique: true,
      method: 'gist',
      where: 'a IS NOT NULL',
      include: ['c'],
      options: { fillfactor: '70', fastupdate: 'false' },
      nullsNotDistinct: true,
      tablespace: 'fast',
      comment: 'why',
      only: true,
      attachedTo: { schema: 's', name: 'parent' },
      clustered: true,
      statistics: { 2: 100 },
      concurrently: true,
    },
  ])
})

test('constraints say everything that PostgreSQL can keep of them', () => {
  const columns = { a: integer(), b: integer(), during: timestamptz() }
  const { constraints } = table('t', columns, t => [
    primaryKey('pk').on(t.a, t.b).include(t.during).with({ fillfactor: 90 }).initiallyDeferred(),
    unique('u').on(t.a).nullsNotDistinct().deferrable().comment('once').indexComment('fast'),
    foreignKey('fk')
      .on(t.a, t.b)
      .references({ schema: 's', name: 'o' }, ['x', 'y'], {
        onDelete: 'set null',
        onDeleteColumns: ['a'],
        match: 'full',
      }),
    exclude('ex').using('gist').on([t.a, '='], [sql`tsrange(b, c)`, '&&']).where(sql`a > 0`),
    check('c', sql`a > 0`, { notValid: true, noInherit: true }),
  ]).parts
  const own = { kind: 'constraint', table: 't' }
  expect(constraints).toEqual([
    {
      ...own,
      type: 'primaryKey',
      name: 'pk',
      columns: ['a', 'b'],
      include: ['during'],
      options: { fillfactor: '90' },
      deferrable: true,
      initiallyDeferred: true,
    },
    {
      ...own,
      type: 'unique',
      name: 'u',
      columns: ['a'],
      nullsNotDistinct: true,
      deferrable: true,
      comment: 'once',
      indexComment: 'fast',
    },
    {
      ...own,
      type: 'foreignKey',
      name: 'fk',
      columns: ['a', 'b'],
      references: { schema: 's', table: 'o', columns: ['x', 'y'] },
      onDelete: 'set null',
      onDeleteColumns: ['a'],
      match: 'full',
    },
    {
      ...own,
      type: 'exclude',
      name: 'ex',
      method: 'gist',
      elements: [
        { expression: 'a', operator: '=' },
        { expression: 'tsrange(b, c)', operator: '&&' },
      ],
      where: 'a > 0',
    },
    { ...own, type: 'check', name: 'c', expression: 'a > 0', notValid: true, noInherit: true },
  ])
})

test("a table's own properties are kept as the database keeps them", () => {
  const { table: events } = table(
    'events',
    { at: timestamptz() },
    {
      schema: 'log',
      comment: 'what happened',
      unlogged: true,
      options: { fillfactor: 70, 'toast.autovacuum_enabled': false },
      partitionBy: 'RANGE (at)',
      partitionOf: { parent: 'all_events', bounds: 'DEFAULT' },
      inherits: ['base', { schema: 'x', name: 'other' }],
      rowSecurity: 'forced',
      replicaIdentity: { index: 'ix' },
      accessMethod: 'heap',
      tablespace: 'fast',
    },
  ).parts
  expect(events).toEqual({
    kind: 'table',
    schema: 'log',
    name: 'events',
    columns: [{ name: 'at', type: 'timestamptz', notNull: false }],
    comment: 'what happened',
    unlogged: true,
    options: { fillfactor: '70', 'toast.autovacuum_enabled': 'false' },
    partitionBy: 'RANGE (at)',
    partitionOf: { parent: { name: 'all_events' }, bounds: 'DEFAULT' },
    inherits: [{ name: 'base' }, { schema: 'x', name: 'other' }],
    rowSecurity: { enabled: true, forced: true },
    replicaIdentity: { index: 'ix' },
    accessMethod: 'heap',
    tablespace: 'fast',
  })
})

test('a name that the table does not have is an error that lists those it has', () => {
  expect(() => table('users', { id: integer() }, () => [index('ix').on('uid')])).toThrow(
    expect.objectContaining({
      code: 'DECLARATION_INVALID',
      message: 'table users: index ix names the column uid, which the table does not have.',
      hint: 'Its columns are id.',
    }),
  )
})

test('columns of a parent may be named', () => {
  const { indexes } = table('part', {}, () => [index('ix').on('id')], { inherits: ['base'] }).parts
  expect(indexes).toHaveLength(1)
})

test('two columns of one name are an error', () => {
  expect(() => table('users', { a: text().named('x'), x: text() })).toThrow(
    'users.x: two columns have this name.',
  )
})

test('an element without columns is an error that names it', () => {
  expect(() => table('users', { id: integer() }, () => [index('ix').unique()])).toThrow(
    'index ix of table users: it has no columns.',
  )
  expect(() => table('users', { id: integer() }, t => [foreignKey('fk').on(t.id)])).toThrow(
    'constraint fk of table users: it references no table.',
  )
})

test.each([
  [
    'an unknown column',
    'table t: it has no column nope.',
    (t: { nope: never }) => [index('ix').on(t.nope)],
  ],
  ['one index without a list', 'table t: what follows its columns is an object.', () => index()],
  [
    'something else',
    'table t: what follows its columns holds something that is neither an index nor a constraint: missing.',
    () => [index().on('id'), undefined],
  ],
])('%s beside the columns is refused where types do not', (_, message, extra) => {
  expect(() => table('t', { id: integer() }, extra as never)).toThrow(message)
})

test('a table has a name', () => {
  expect(() => table('', { id: integer() })).toThrow(
    'table: its argument name is an empty text, not a name.',
  )
})

test('options count after elements that are left out', () => {
  const { parts } = table('t', { id: integer() }, undefined as never, { schema: 'auth' })
  expect(parts.table.schema).toBe('auth')
})
