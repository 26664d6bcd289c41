import { PGlite } from '@electric-sql/pglite'
import { citext } from '@electric-sql/pglite/contrib/citext'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { compile } from '../../../src/dialects/postgresql/compile/index.ts'
import {
  aggregate,
  bigint,
  check,
  citext as citextColumn,
  compositeType,
  domain,
  enumType,
  extension,
  foreignKey,
  index,
  integer,
  materializedView,
  native,
  policy,
  routine,
  rule,
  schema,
  sequence,
  sql,
  table,
  text,
  timestamptz,
  trigger,
  type,
  view,
} from '../../../src/index.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { isDeclaration } from '../../../src/sources/native/collect.ts'

const load = (models: unknown) =>
  native(models).load({ dialect: 'postgresql', directory: '/' }) as Promise<{
    operations: readonly Operation[]
    expresses: readonly string[]
  }>

const users = table('users', { id: integer().primaryKey() })
const status = enumType('status', ['new', 'paid'])

/** Each operation in two words: `createTable users`. */
async function built(models: unknown): Promise<string[]> {
  const { operations } = await load(models)
  return operations.map(operation => {
    const [object] = Object.values(operation).filter(value => typeof value === 'object')
    return `${operation.kind} ${(object as { name?: string }).name}`
  })
}

test('a module, an array and nested objects of them all declare', async () => {
  const module = await import('../../../src/errors.ts')
  const models = {
    users,
    module,
    nested: [{ view: view('v', sql`SELECT 1`) }],
    version: '1',
    f() {},
  }
  expect(await built(models)).toEqual(['createTable users', 'createView v'])
  expect(await built(users)).toEqual(['createTable users'])
  expect(await built([[users]])).toEqual(['createTable users'])
})

test('a target that declares nothing is an error', async () => {
  await expect(load({ helper: () => 1 })).rejects.toMatchObject({ code: 'TARGET_EMPTY' })
  await expect(load(undefined)).rejects.toMatchObject({ code: 'TARGET_EMPTY' })
  await expect(load({ column: text(), element: index('ix').on('a') })).rejects.toMatchObject({
    code: 'TARGET_EMPTY',
  })
})

test('a declaration that is exported twice counts once, also in a circle', async () => {
  const models: Record<string, unknown> = { users, again: users }
  models.self = models
  expect(await built(models)).toEqual(['createTable users'])
})

test('two tables of one name are an error that names both exports', async () => {
  const models = { users, legacy: { people: table('users', { id: text() }) } }
  await expect(load(models)).rejects.toMatchObject({
    code: 'DECLARATION_INVALID',
    message: 'table users: it is declared by users and again by legacy.people.',
  })
})

test('tables of one name in two schemas are two tables', async () => {
  const other = table('users', { id: text() }, { schema: 'auth' })
  expect(await built({ users, other })).toEqual([
    'createSchema auth',
    'createTable users',
    'createTable users',
  ])
})

test('an enum of several tables is created once, exported or not', async () => {
  const a = table('a', { status: status.notNull() })
  const b = table('b', { status: status.default('new'), other: status.array() })
  expect(await built({ a, b })).toEqual(['createEnum status', 'createTable a', 'createTable b'])
  expect(await built({ a, status })).toEqual(['createEnum status', 'createTable a'])
  const same = table('c', { status: enumType('status', ['new', 'paid']) })
  expect(await built({ a, same })).toEqual(['createEnum status', 'createTable a', 'createTable c'])
})

test('two enums of one name with other values are an error that names both exports', async () => {
  const a = table('a', { status })
  const b = table('b', { status: enumType('status', ['old']) })
  await expect(load({ a, b })).rejects.toMatchObject({
    code: 'DECLARATION_INVALID',
    message: 'enum status: it is declared by a and again by b.',
  })
})

test('two indexes of one name are an error, and unnamed ones are not', async () => {
  const a = table('a', { x: text() }, t => [index('ix').on(t.x)])
  const b = table('b', { x: text() }, t => [index('ix').on(t.x)])
  await expect(load({ a, b })).rejects.toThrow('index ix: it is declared by a and again by b.')
  const unnamed = table('c', { x: text() }, t => [index().on(t.x), index().on(t.x)])
  expect(await built({ unnamed })).toHaveLength(3)
})

test('overloaded routines are several', async () => {
  const one = routine('f', {
    arguments: 'a integer',
    language: 'sql',
    returns: 'integer',
    body: '',
  })
  const two = routine('f', { arguments: 'a text', language: 'sql', returns: 'integer', body: '' })
  expect(await built({ one, two })).toEqual(['createRoutine f', 'createRoutine f'])
})

test('models speak for tables and what belongs to them, and for every other kind that they declare', async () => {
  expect((await load(users)).expresses).toEqual(['enum', 'table', 'constraint', 'index'])
  const more = [users, view('v', sql`SELECT 1`), table('t', { a: text() }, { schema: 'auth' })]
  expect((await load(more)).expresses).toEqual(
    expect.arrayContaining(['enum', 'table', 'constraint', 'index', 'view', 'schema']),
  )
})

test('a column builder declares only where it brings a type', () => {
  expect([text(), status, domain('d', 'text'), users, 1, null].map(isDeclaration)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})

let database: PGlite
beforeAll(async () => {
  database = await PGlite.create({ extensions: { citext } })
})
beforeEach(() => database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public'))
afterAll(() => database.close())

/** What the catalog has, after the models were built in an empty database. */
async function build(models: unknown): Promise<void> {
  const { operations } = await load(models)
  for (const operation of operations) {
    if (operation.kind === 'run' || operation.kind === 'backfill') continue
    for (const statement of compile(operation)) await database.exec(statement.sql)
  }
}

test('a module lists its exports by the alphabet, and is built all the same', async () => {
  await build({
    a_view: view('a_view', sql`SELECT * FROM b_view WHERE total > 0`),
    b_view: view('b_view', sql`SELECT sum(amount) AS total FROM z_orders`),
    c_totals: materializedView('c_totals', sql`SELECT total FROM a_view`, {
      indexes: [index('ix_total').on('total').unique()],
    }),
    d_policy: policy('own', 'z_orders', { using: sql`next_number() > 0` }),
    e_rule: rule('keep', 'z_orders', sql`ON DELETE TO z_orders DO INSTEAD NOTHING`),
    f_trigger: trigger('touch', 'z_orders', {
      timing: 'before',
      events: ['update'],
      forEach: 'row',
      execute: 'touch()',
    }),
    g_child: table('g_child', {}, { inherits: ['z_orders'] }),
    h_part: table(
      'h_part',
      { at: timestamptz().notNull() },
      { partitionOf: { parent: 'y_events', bounds: 'DEFAULT' } },
    ),
    i_all: routine('all_orders', {
      returns: 'SETOF z_orders',
      language: 'sql',
      body: 'SELECT * FROM z_orders',
    }),
    j_total: aggregate('total_of', {
      arguments: 'integer',
      options: { SFUNC: 'add', STYPE: 'integer' },
    }),
    k_add: routine('add', {
      arguments: 'a integer, b integer',
      returns: 'integer',
      language: 'sql',
      body: 'SELECT coalesce(a, 0) + b',
    }),
    x_people: table('people', {
      id: integer().primaryKey(),
      boss: integer().references('people.id'),
    }),
    y_events: table('y_events', { at: timestamptz().notNull() }, { partitionBy: 'RANGE (at)' }),
    z_next: routine('next_number', {
      returns: 'bigint',
      language: 'sql',
      body: "SELECT nextval('numbers')",
    }),
    z_numbers: sequence('numbers', { ownedBy: 'z_orders.number' }),
    z_orders: table(
      'z_orders',
      {
        id: integer().primaryKey(),
        number: bigint().default(sql`next_number()`),
        amount: integer().check(sql`add(amount, 1) > 0`),
        state: enumType('order_state', ['new', 'paid']).default('new'),
        email: domain('email', citextColumn(), { checks: [check('at', sql`VALUE ~ '@'`)] }),
        address: type('address'),
        person_id: integer(),
      },
      t => [foreignKey('fk').on(t.person_id).references('people', ['id'])],
      { rowSecurity: 'enabled' },
    ),
    z_touch: routine('touch', {
      returns: 'trigger',
      language: 'plpgsql',
      body: 'BEGIN RETURN NEW; END',
    }),
    z_zip: domain('zip', 'text'),
    zz_address: compositeType('address', { street: text(), zip: type('zip') }),
    zz_citext: extension('citext'),
  })
  const { rows } = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
     AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    'a_view',
    'b_view',
    'c_totals',
    'g_child',
    'h_part',
    'people',
    'y_events',
    'z_orders',
  ])
  const owned = await database.query(`SELECT pg_get_serial_sequence('z_orders', 'number') AS name`)
  expect(owned.rows).toEqual([{ name: 'public.numbers' }])
})

test('tables that refer to each other are built', async () => {
  await build({
    a: table('a', { id: integer().primaryKey(), b_id: integer().references('b.id') }),
    b: table('b', { id: integer().primaryKey(), a_id: integer().references('a.id') }),
  })
  const { rows } = await database.query(
    `SELECT conname FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
  )
  expect(rows).toEqual([{ conname: 'a_b_id_fkey' }, { conname: 'b_a_id_fkey' }])
})

test('schemas that names mention are made, and those that are there do no harm', async () => {
  await build([
    schema('declared', { comment: 'said aloud' }),
    table('a', { id: integer() }, { schema: 'declared' }),
    table('b', { id: enumType('e', ['x'], { schema: 'types' }) }, { schema: 'implied' }),
    table('c', { id: integer() }, { schema: 'public' }),
  ])
  const { rows } = await database.query(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname IN ('declared', 'types', 'implied') ORDER BY 1`,
  )
  expect(rows).toEqual([{ name: 'declared' }, { name: 'implied' }, { name: 'types' }])
})
