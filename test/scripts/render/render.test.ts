import { expect, test } from 'vitest'
import {
  bigint,
  boolean,
  char,
  enumType,
  index,
  integer,
  numeric,
  type Op,
  routine,
  serial,
  sql,
  table,
  text,
  timestamptz,
  type,
  unique,
  uuid,
  varchar,
  view,
} from '../../../src/index.ts'
import { record } from '../../../src/operations/op.ts'
import { reverseAll } from '../../../src/operations/reverse.ts'
import { renderOperations, renderScript } from '../../../src/scripts/render/render.ts'

/** The body of a function that records what `script` records. */
const render = (script: (op: Op) => void, options: { omitExisting?: boolean } = {}) =>
  renderOperations(record(script), { defaultSchema: 'public', ...options }).body

/** A body as it stands in a script: indented by two spaces. */
const body = (strings: TemplateStringsArray) =>
  (strings.raw[0] ?? '').replace(/^\n/, '').replace(/\n *$/, '')

test('a table reads as a person would write it', () => {
  const operations = record(op => {
    op.createTable(
      'users',
      {
        id: uuid().primaryKey('users_pkey').default(sql`gen_random_uuid()`),
        email: varchar(255).notNull(),
        is_verified: boolean().notNull().default(sql`false`),
        created_at: timestamptz().notNull().default(sql`now()`),
      },
      t => [unique('users_email_key').on(t.email)],
      { schema: 'public' },
    )
    op.createIndex('ix_users_created', 'users', ['created_at'], { schema: 'public' })
  })
  const script = renderScript(operations, reverseAll(operations), { defaultSchema: 'public' })
  expect(script.imports).toBe(
    "import { boolean, sql, timestamptz, uuid, varchar, type Op } from 'limbeck'",
  )
  expect(script.upgrade).toBe(
    body`
  op.createTable('users', {
    id: uuid().primaryKey().default(sql\`gen_random_uuid()\`),
    email: varchar(255).notNull().unique('users_email_key'),
    is_verified: boolean().notNull().default(false),
    created_at: timestamptz().notNull().default(sql\`now()\`),
  })
  op.createIndex('ix_users_created', 'users', ['created_at'])
`.replaceAll('\\`', '`'),
  )
  expect(script.downgrade).toBe(body`
  op.dropIndex('ix_users_created', { table: 'users' })
  op.dropTable('users')
`)
})

test('constraints of several columns, and those that say more, stand beside the columns', () => {
  expect(
    render(op =>
      op.createTable(
        'members',
        {
          org_id: integer()
            .notNull()
            .references('orgs.id', { name: 'fk_org', onDelete: 'cascade' }),
          user_id: integer().notNull(),
          role: char(3).notNull().default('usr').check(sql`role <> ''`, 'role_given'),
        },
        t => [
          unique('once').on(t.org_id, t.user_id).nullsNotDistinct(),
          index('ix').on(t.role.desc().nullsLast()),
        ],
        { schema: 'auth', comment: "who's in" },
      ),
    ),
  ).toBe(
    body`
  op.createTable('members', {
    org_id: integer().notNull().references('orgs.id', { name: 'fk_org', onDelete: 'cascade' }),
    user_id: integer().notNull(),
    role: char(3).notNull().default('usr').check(sql\`role <> ''\`, 'role_given'),
  }, t => [unique('once').on(t.org_id, t.user_id).nullsNotDistinct()], {
    schema: 'auth',
    comment: "who's in",
  })
  op.createIndex('ix', 'members', [{ column: 'role', order: 'desc', nulls: 'last' }], {
    schema: 'auth',
  })
`.replaceAll('\\`', '`'),
  )
})

test('changes are one call each, and columns added together are one call', () => {
  expect(
    render(op => {
      op.addColumn('users', { nick: varchar(50) })
      op.addColumn('orders', { total: numeric(10, 2), number: bigint().identity({ always: true }) })
      op.alterColumn('users', 'email', { type: varchar(320), existing: varchar(255).notNull() })
      op.alterColumn('users', 'age', { nullable: true, default: 0, existing: integer().notNull() })
      op.dropColumn('users', 'nick', { existing: varchar(50) })
      op.renameTable('users', 'people', { schema: 'auth' })
      op.alterTable('users', { rowSecurity: 'enabled', existing: { rowSecurity: 'disabled' } })
      op.dropConstraint('u', 'users', { type: 'unique', existing: unique('u').on('email') })
      op.createForeignKey('fk', 'users', 'orgs', ['org_id'], ['id'], { onDelete: 'cascade' })
    }),
  ).toBe(body`
  op.addColumn('users', { nick: varchar(50) })
  op.addColumn('orders', {
    total: numeric(10, 2),
    number: bigint().identity({ always: true }),
  })
  op.alterColumn('users', 'email', { type: varchar(320), existing: varchar(255).notNull() })
  op.alterColumn('users', 'age', { nullable: true, default: 0, existing: integer().notNull() })
  op.dropColumn('users', 'nick', { existing: varchar(50) })
  op.renameTable('users', 'people', { schema: 'auth' })
  op.alterTable('users', { rowSecurity: 'enabled', existing: { rowSecurity: 'disabled' } })
  op.dropConstraint('u', 'users', { type: 'unique', existing: unique('u').on('email') })
  op.createForeignKey('fk', 'users', 'orgs', ['org_id'], ['id'], { onDelete: 'cascade' })
`)
})

test('a dropped table says what it was', () => {
  const drop = (op: Op) =>
    op.dropTable('users', {
      schema: 'auth',
      existing: table('users', { id: serial().primaryKey(), email: text() }, t => [
        index('ix').on(t.email, sql`lower(email)`).unique(),
      ]),
    })
  expect(render(drop)).toBe(
    body`
  op.dropTable('users', {
    schema: 'auth',
    existing: table('users', {
      id: serial().primaryKey(),
      email: text(),
    }, t => [index('ix').on(t.email, sql\`lower(email)\`).unique()]),
  })
`.replaceAll('\\`', '`'),
  )
  expect(render(drop, { omitExisting: true })).toBe("  op.dropTable('users', { schema: 'auth' })")
})

test('what only undoes does not say what was there, and an alteration still does', () => {
  const script = (op: Op) => {
    op.dropView('v', { existing: view('v', sql`SELECT 1`) })
    op.dropFunction('f', {
      existing: routine('f', { language: 'sql', arguments: 'a text', body: '' }),
    })
    op.dropEnum('e', { existing: enumType('e', ['a']) })
    op.dropColumn('t', 'c', { existing: text() })
    op.alterColumn('t', 'c', { nullable: true, existing: text().notNull() })
  }
  expect(render(script, { omitExisting: true })).toBe(body`
  op.dropView('v')
  op.dropFunction('f', { signature: 'text' })
  op.dropEnum('e')
  op.dropColumn('t', 'c')
  op.alterColumn('t', 'c', { nullable: true, existing: text().notNull() })
`)
})

test('a column too long for its line has one line for each call', () => {
  expect(
    render(op =>
      op.createTable('users', {
        organisation_id: integer()
          .notNull()
          .references(
            { schema: 'auth', table: 'organisations', column: 'id' },
            { name: 'fk_users_org' },
          )
          .comment('whom they work for'),
      }),
    ),
  ).toBe(body`
  op.createTable('users', {
    organisation_id: integer()
      .notNull()
      .references({ schema: 'auth', table: 'organisations', column: 'id' }, {
        name: 'fk_users_org',
      })
      .comment('whom they work for'),
  })
`)
})

test('the text of a function is exact to the byte', () => {
  const source = ['', 'BEGIN', "  RETURN '${x}' || E'\\n' || `y`;  ", '\tEND', ''].join('\n')
  const script = (op: Op) =>
    op.createFunction('touch', { returns: 'trigger', language: 'plpgsql', body: source })
  expect(render(script)).toBe(
    [
      "  op.createFunction('touch', {",
      "    returns: 'trigger',",
      "    language: 'plpgsql',",
      '    body: `',
      'BEGIN',
      "  RETURN '\\${x}' || E'\\\\n' || \\`y\\`;  ",
      '\tEND',
      '`,',
      '  })',
    ].join('\n'),
  )
})

test('carriage returns survive in templates, which would make them line feeds', () => {
  expect(render(op => op.execute('SELECT 1;\r\nSELECT 2'))).toBe(
    '  op.execute(sql`SELECT 1;\\r\nSELECT 2`)',
  )
})

test('keys are quoted only where JavaScript needs it', () => {
  expect(
    render(op =>
      op.createTable('t', { order: text(), 'two words': text(), x: integer().named('1') }, t => [
        unique('u').on(t.order, t['two words']),
      ]),
    ),
  ).toBe(body`
  op.createTable('t', {
    order: text(),
    'two words': text(),
    column_1: integer().named('1'),
  }, t => [unique('u').on(t.order, t['two words'])])
`)
})

test.each([
  ['varchar(255)', 'varchar(255)'],
  ['double precision', 'doublePrecision()'],
  ['timestamptz(3)', 'timestamptz(3)'],
  ['interval day to second(3)', "interval('day to second(3)')"],
  ['numeric(10,2)', 'numeric(10, 2)'],
  ['integer[]', 'integer().array()'],
  ['text[][]', 'text().array(2)'],
  ['pg_lsn', 'pgLsn()'],
  ['public.order_status', "type('order_status')"],
  ['public.order_status[]', "type('order_status[]')"],
  ['public."Order Status"', 'type(\'"Order Status"\')'],
  ['auth.order_status', "type('auth.order_status')"],
  ['public.citext', 'citext()'],
  ['public.geometry(Point,4326)', "type('geometry(Point,4326)')"],
  ['"char"', 'type(\'"char"\')'],
  ['bpchar', "type('bpchar')"],
])('the type %s is %s', (name, code) => {
  expect(render(op => op.addColumn('t', { a: type(name) }))).toBe(
    `  op.addColumn('t', { a: ${code} })`,
  )
})

test.each(['public.text', 'public.name', 'public.int4', 'public.date[]'])(
  "%s keeps its schema, without which it would be the catalog's type",
  name => {
    expect(render(op => op.addColumn('t', { a: type(name) }))).toContain('public.')
  },
)

test('the import breaks into lines when it is long', () => {
  const names = [
    'bigint',
    'boolean',
    'char',
    'date',
    'integer',
    'jsonb',
    'numeric',
    'smallint',
    'text',
  ]
  const columns = Object.fromEntries(
    [...names, 'timestamptz', 'uuid'].map(name => [name, type(name)]),
  )
  const operations = record(op => op.createTable('t', columns))
  const { imports } = renderScript(operations, [], { defaultSchema: 'public' })
  expect(imports).toBe(
    ['import {', ...names, 'timestamptz', 'uuid', 'type Op', "} from 'limbeck'"]
      .map((line, index, { length }) => (index === 0 || index === length - 1 ? line : `  ${line},`))
      .join('\n'),
  )
})

test('nothing renders as nothing', () => {
  expect(renderScript([], [], { defaultSchema: 'public' })).toEqual({
    imports: "import type { Op } from 'limbeck'",
    upgrade: '',
    downgrade: '',
  })
})

test('code cannot be written into a script', () => {
  expect(() => render(op => op.run(() => {}))).toThrow(/The code of op.run at .* cannot be written/)
})

test('what runs outside of transactions stands together', () => {
  const script = (op: Op) => {
    op.execute('SELECT 1')
    op.autocommit(() => {
      op.addColumn('t', { a: integer() })
      op.addColumn('t', { b: integer() })
      op.createIndex('ix', 't', ['a', sql`lower(some_expression_that_is_long)`, 'another_column'])
    })
  }
  expect(render(script)).toBe(
    body`
  op.execute(sql\`SELECT 1\`)
  op.autocommit(() => {
    op.addColumn('t', {
      a: integer(),
      b: integer(),
    })
    op.createIndex('ix', 't', ['a', sql\`lower(some_expression_that_is_long)\`, 'another_column'])
  })
  `.replaceAll('\\`', '`'),
  )
})
