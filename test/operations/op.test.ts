import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  check,
  enumType,
  index,
  integer,
  LimbeckError,
  type Op,
  reversed,
  routine,
  serial,
  sql,
  table,
  text,
  trigger,
  unique,
  varchar,
  verbatim,
  view,
} from '../../src/index.ts'
import { hashOperations } from '../../src/operations/hash.ts'
import { locationOf } from '../../src/operations/location.ts'
import { LiveOp, Recorder, record } from '../../src/operations/op.ts'

const here = fileURLToPath(import.meta.url)

test('a created table brings its constraints with it, and its indexes after it', () => {
  const operations = record(op =>
    op.createTable(
      'users',
      { id: integer().primaryKey('pk'), email: varchar(255).notNull() },
      t => [unique('u').on(t.email), index('ix').on(t.email)],
      { schema: 'auth', comment: 'people', ifNotExists: true },
    ),
  )
  const place = { schema: 'auth', table: 'users' }
  expect(operations).toEqual([
    {
      kind: 'createTable',
      table: {
        kind: 'table',
        schema: 'auth',
        name: 'users',
        columns: [
          { name: 'id', type: 'integer', notNull: true },
          { name: 'email', type: 'varchar(255)', notNull: true },
        ],
        comment: 'people',
      },
      constraints: [
        { kind: 'constraint', type: 'primaryKey', ...place, name: 'pk', columns: ['id'] },
        { kind: 'constraint', type: 'unique', ...place, name: 'u', columns: ['email'] },
      ],
      ifNotExists: true,
    },
    {
      kind: 'createIndex',
      index: { kind: 'index', ...place, name: 'ix', elements: [{ column: 'email' }] },
    },
  ])
})

test('options may follow the columns directly', () => {
  const [operation] = record(op => op.createTable('users', { id: serial() }, { schema: 'auth' }))
  expect(operation).toMatchObject({ table: { schema: 'auth', columns: [{ type: 'serial' }] } })
})

test('what existed takes its schema from the directive', () => {
  const [operation] = record(op =>
    op.dropTable('users', {
      schema: 'auth',
      cascade: true,
      existing: table('users', { id: integer().primaryKey() }, t => [index('ix').on(t.id)]),
    }),
  )
  expect(operation).toEqual({
    kind: 'dropTable',
    schema: 'auth',
    name: 'users',
    cascade: true,
    existing: {
      table: {
        kind: 'table',
        schema: 'auth',
        name: 'users',
        columns: [{ name: 'id', type: 'integer', notNull: true }],
      },
      constraints: [
        { kind: 'constraint', type: 'primaryKey', schema: 'auth', table: 'users', columns: ['id'] },
      ],
      indexes: [
        { kind: 'index', schema: 'auth', table: 'users', name: 'ix', elements: [{ column: 'id' }] },
      ],
    },
  })
})

test('each added column is an operation, with the constraints written on it behind it', () => {
  expect(
    record(op =>
      op.addColumn('users', {
        nick: text(),
        org_id: integer().references('orgs.id', { name: 'fk' }),
      }),
    ),
  ).toEqual([
    { kind: 'addColumn', table: 'users', column: { name: 'nick', type: 'text', notNull: false } },
    {
      kind: 'addColumn',
      table: 'users',
      column: { name: 'org_id', type: 'integer', notNull: false },
    },
    {
      kind: 'createConstraint',
      constraint: {
        kind: 'constraint',
        type: 'foreignKey',
        table: 'users',
        name: 'fk',
        columns: ['org_id'],
        references: { table: 'orgs', columns: ['id'] },
      },
    },
  ])
})

test('an altered column says each aspect that changes, and no other', () => {
  expect(
    record(op => {
      op.alterColumn('users', 'email', {
        type: varchar(320),
        using: sql`email::text`,
        nullable: false,
        default: 'x',
        newName: 'mail',
        comment: null,
        existing: varchar(255).default('y'),
      })
      op.alterColumn('users', 'n', { default: null, identity: null, generated: null })
      op.alterColumn('users', 'n', { identity: { always: true, start: 5 }, default: sql`now()` })
      op.alterColumn('users', 'n', { type: 'public.status', generated: sql`a + b` })
    }),
  ).toEqual([
    {
      kind: 'alterColumn',
      table: 'users',
      column: 'email',
      changes: {
        type: 'varchar(320)',
        using: 'email::text',
        notNull: true,
        default: { value: 'x' },
        newName: 'mail',
        comment: null,
      },
      existing: { name: 'email', type: 'varchar(255)', notNull: false, default: { value: 'y' } },
    },
    {
      kind: 'alterColumn',
      table: 'users',
      column: 'n',
      changes: { default: null, identity: null, generated: null },
    },
    {
      kind: 'alterColumn',
      table: 'users',
      column: 'n',
      changes: { identity: { always: true, start: 5n }, default: { sql: 'now()' } },
    },
    {
      kind: 'alterColumn',
      table: 'users',
      column: 'n',
      changes: { type: 'public.status', generated: { expression: 'a + b', stored: true } },
    },
  ])
})

test('what a new type would lose is refused', () => {
  expect(() =>
    record(op => op.alterColumn('users', 'email', { type: varchar(320).notNull() })),
  ).toThrow('users.email: type: takes a type alone.')
})

test('a dropped constraint knows its type from what existed', () => {
  expect(
    record(op =>
      op.dropConstraint('u', 'users', { schema: 'auth', existing: unique().on('email') }),
    ),
  ).toEqual([
    {
      kind: 'dropConstraint',
      schema: 'auth',
      table: 'users',
      name: 'u',
      type: 'unique',
      existing: {
        kind: 'constraint',
        type: 'unique',
        schema: 'auth',
        table: 'users',
        name: 'u',
        columns: ['email'],
      },
    },
  ])
})

test('constraints are created by type', () => {
  const constraints = record(op => {
    op.createPrimaryKey('pk', 't', ['a', 'b'], { schema: 's', with: { fillfactor: 70 } })
    op.createUniqueConstraint(null, 't', ['a'], { nullsNotDistinct: true })
    op.createForeignKey('fk', 't', 'o', ['a'], ['id'], { referredSchema: 'x', onDelete: 'cascade' })
    op.createCheckConstraint('c', 't', sql`a > 0`, { notValid: true })
    op.createExcludeConstraint(
      'ex',
      't',
      [
        ['a', '='],
        [sql`r`, '&&'],
      ],
      { using: 'gist' },
    )
  }).map(operation => ('constraint' in operation ? operation.constraint : operation))
  const own = { kind: 'constraint', table: 't' }
  expect(constraints).toEqual([
    {
      ...own,
      type: 'primaryKey',
      schema: 's',
      name: 'pk',
      columns: ['a', 'b'],
      options: { fillfactor: '70' },
    },
    { ...own, type: 'unique', columns: ['a'], nullsNotDistinct: true },
    {
      ...own,
      type: 'foreignKey',
      name: 'fk',
      columns: ['a'],
      references: { schema: 'x', table: 'o', columns: ['id'] },
      onDelete: 'cascade',
    },
    { ...own, type: 'check', name: 'c', expression: 'a > 0', notValid: true },
    {
      ...own,
      type: 'exclude',
      name: 'ex',
      method: 'gist',
      elements: [
        { expression: 'a', operator: '=' },
        { expression: 'r', operator: '&&' },
      ],
    },
  ])
})

test('indexes are created from columns, SQL and details, and dropped by name', () => {
  expect(
    record(op => {
      op.createIndex('ix', 't', ['a', sql`lower(b)`, { column: 'c', order: 'desc' }], {
        schema: 's',
        unique: true,
        using: 'btree',
        where: sql`a > 0`,
        with: { fillfactor: 70 },
        concurrently: true,
        ifNotExists: true,
      })
      op.dropIndex('ix', { schema: 's', table: 't', concurrently: true, existing: index().on('a') })
    }),
  ).toEqual([
    {
      kind: 'createIndex',
      index: {
        kind: 'index',
        schema: 's',
        table: 't',
        name: 'ix',
        elements: [{ column: 'a' }, { expression: 'lower(b)' }, { column: 'c', order: 'desc' }],
        unique: true,
        method: 'btree',
        where: 'a > 0',
        options: { fillfactor: '70' },
        concurrently: true,
      },
      ifNotExists: true,
    },
    {
      kind: 'dropIndex',
      schema: 's',
      name: 'ix',
      table: 't',
      concurrently: true,
      existing: { kind: 'index', schema: 's', table: 't', name: 'ix', elements: [{ column: 'a' }] },
    },
  ])
})

test('other objects are created as they are declared, and dropped by what names them', () => {
  expect(
    record(op => {
      op.createView('v', sql`SELECT 1`, { schema: 's' })
      op.dropView('v', { schema: 's', ifExists: true, existing: view('v', sql`SELECT 1`) })
      op.createExtension('citext', { ifNotExists: true })
      op.createProcedure('p', { language: 'sql', body: 'SELECT 1', uncheckedBody: true })
      op.dropProcedure('p', { signature: 'integer' })
      op.dropFunction('f', {
        existing: routine('f', { arguments: 'a text', language: 'sql', body: '' }),
      })
      op.dropTrigger('t', 'users', { schema: 's' })
      op.dropEnum('e', { existing: enumType('e', ['a']) })
      op.dropVerbatim('CAST', '(a AS b)', { existing: verbatim('CAST', '(a AS b)', 'CREATE CAST') })
    }),
  ).toEqual([
    {
      kind: 'createView',
      object: { kind: 'view', schema: 's', name: 'v', definition: 'SELECT 1' },
    },
    {
      kind: 'dropView',
      object: { schema: 's', name: 'v' },
      ifExists: true,
      existing: { kind: 'view', schema: 's', name: 'v', definition: 'SELECT 1' },
    },
    { kind: 'createExtension', object: { kind: 'extension', name: 'citext' }, ifNotExists: true },
    {
      kind: 'createRoutine',
      object: {
        kind: 'routine',
        type: 'procedure',
        name: 'p',
        signature: '',
        arguments: '',
        language: 'sql',
        body: 'SELECT 1',
      },
      uncheckedBody: true,
    },
    { kind: 'dropRoutine', object: { name: 'p', signature: 'integer', type: 'procedure' } },
    {
      kind: 'dropRoutine',
      object: { name: 'f', signature: 'text', type: 'function' },
      existing: {
        kind: 'routine',
        type: 'function',
        name: 'f',
        signature: 'text',
        arguments: 'a text',
        language: 'sql',
        body: '',
      },
    },
    { kind: 'dropTrigger', object: { schema: 's', name: 't', table: 'users' } },
    {
      kind: 'dropEnum',
      object: { name: 'e' },
      existing: { kind: 'enum', name: 'e', values: ['a'] },
    },
    {
      kind: 'dropVerbatim',
      object: { name: '(a AS b)', type: 'CAST' },
      existing: {
        kind: 'verbatim',
        type: 'CAST',
        identity: '(a AS b)',
        statements: ['CREATE CAST'],
      },
    },
  ])
})

test('the remaining directives record what they say', () => {
  expect(
    record(op => {
      op.renameTable('a', 'b', { schema: 's' })
      op.alterTable('t', {
        comment: null,
        rowSecurity: 'enabled',
        options: { fillfactor: 70, autovacuum_enabled: null },
        existing: { comment: 'x' },
      })
      op.attachPartition('t', { schema: 's', name: 'p' }, { bounds: 'DEFAULT' })
      op.detachPartition('t', 'p')
      op.validateConstraint('c', 't')
      op.addEnumValue('e', 'c', { after: 'b', ifNotExists: true })
      op.renameEnumValue('e', 'a', 'z')
      op.replaceEnumValues('e', ['a'], {
        columns: [{ table: 't', column: 'c' }],
        existing: ['a', 'b'],
      })
      op.alterSequence('s', { start: 5, cache: null, ownedBy: null, existing: { start: 1n } })
      op.setComment('procedure', 'p', 'x', { signature: 'integer', existing: null })
      op.setComment('trigger', 't', null, { table: 'users' })
      op.setComment('view', 'v', 'x', { column: 'a' })
      op.renameConstraint('c', 'd', 't', { schema: 's' })
      op.renameIndex('i', 'j')
      op.renameObject('function', 'f', 'g', { signature: 'integer' })
      op.execute(sql`UPDATE t SET a = $1`, { parameters: [1], reverse: sql`SELECT 1` })
    }),
  ).toEqual([
    { kind: 'renameTable', schema: 's', name: 'a', newName: 'b' },
    {
      kind: 'alterTable',
      table: 't',
      changes: {
        comment: null,
        rowSecurity: { enabled: true, forced: false },
        options: { fillfactor: '70', autovacuum_enabled: null },
      },
      existing: { comment: 'x' },
    },
    {
      kind: 'attachPartition',
      table: 't',
      partition: { schema: 's', name: 'p' },
      bounds: 'DEFAULT',
    },
    { kind: 'detachPartition', table: 't', partition: { name: 'p' } },
    { kind: 'validateConstraint', table: 't', name: 'c' },
    { kind: 'addEnumValue', name: 'e', value: 'c', after: 'b', ifNotExists: true },
    { kind: 'renameEnumValue', name: 'e', value: 'a', newValue: 'z' },
    {
      kind: 'replaceEnumValues',
      name: 'e',
      values: ['a'],
      columns: [{ table: 't', column: 'c' }],
      existing: ['a', 'b'],
    },
    {
      kind: 'alterSequence',
      name: 's',
      changes: { start: 5n, cache: null, ownedBy: null },
      existing: { start: 1n },
    },
    {
      kind: 'setComment',
      object: { kind: 'routine', type: 'procedure', name: 'p', signature: 'integer' },
      comment: 'x',
      existing: null,
    },
    { kind: 'setComment', object: { kind: 'trigger', name: 't', table: 'users' }, comment: null },
    { kind: 'setComment', object: { kind: 'view', name: 'v' }, column: 'a', comment: 'x' },
    {
      kind: 'renameObject',
      object: { kind: 'constraint', schema: 's', table: 't', name: 'c' },
      newName: 'd',
    },
    { kind: 'renameObject', object: { kind: 'index', name: 'i' }, newName: 'j' },
    {
      kind: 'renameObject',
      object: { kind: 'routine', type: 'function', name: 'f', signature: 'integer' },
      newName: 'g',
    },
    { kind: 'execute', sql: 'UPDATE t SET a = $1', parameters: [1], reverse: 'SELECT 1' },
  ])
})

test.each<[string, (op: Op) => void]>([
  [
    'existing of table users: it describes orgs.',
    op => op.dropTable('users', { existing: table('orgs', { id: integer() }) }),
  ],
  [
    'existing of table users: it is not a table(…).',
    op => op.dropTable('users', { existing: index('ix').on('a') as never }),
  ],
  [
    'existing of view v: it describes w.',
    op => op.dropView('v', { existing: view('w', sql`SELECT 1`) }),
  ],
  [
    'existing of view v: it does not describe a view.',
    op => op.dropView('v', { existing: enumType('v', ['a']) as never }),
  ],
  [
    'existing of index ix: the table is not named.',
    op => op.dropIndex('ix', { existing: index('ix').on('a') }),
  ],
  [
    'existing of index ix: it describes iy.',
    op => op.dropIndex('ix', { table: 't', existing: index('iy').on('a') }),
  ],
  [
    'existing of constraint c of table t: it describes d.',
    op => op.dropConstraint('c', 't', { existing: check('d', sql`true`) }),
  ],
  [
    'existing of users.id: a constraint cannot be written here.',
    op => op.dropColumn('users', 'id', { existing: integer().unique() }),
  ],
  [
    'existing of users.id: the column is a text, not a builder.',
    op => op.dropColumn('users', 'id', { existing: 'integer' as never }),
  ],
  [
    'op.createTable: its argument columns.id is a text, not a column builder.',
    op => op.createTable('users', { id: 'integer' as never }),
  ],
  [
    'op.addColumn: its argument table is an object, not a name.',
    op => op.addColumn({} as never, { a: text() }),
  ],
  [
    'op.dropColumn: its argument column is missing; it takes a name.',
    op => op.dropColumn('users', undefined as never),
  ],
  [
    'op.renameTable: its argument newName is an empty text, not a name.',
    op => op.renameTable('users', ''),
  ],
  [
    'op.renameIndex: its argument newName is missing; it takes a name.',
    op => op.renameIndex('ix', undefined as never),
  ],
  [
    'op.createTable: its argument name is an object, not a name.',
    op => op.createTable(table('t', {}) as never, {}),
  ],
  [
    'op.createTable: its argument columns is missing; it takes columns.',
    op => op.createTable('t', undefined as never),
  ],
  ['op.execute: its argument sql is missing; it takes SQL.', op => op.execute(undefined as never)],
  [
    'existing of trigger t: it does not describe a trigger.',
    op => op.dropTrigger('t', 'users', { existing: trigger as never }),
  ],
])('refuses what cannot be meant: %s', (message, script) => {
  const failure = expect.objectContaining({ code: 'DECLARATION_INVALID', message })
  expect(() => record(script)).toThrow(failure)
})

test('a promise is refused, and what its function does later harms nobody', async () => {
  const script = async (op: Op) => {
    await Promise.resolve()
    op.createSchema('too_late')
  }
  expect(() => record(script)).toThrow(expect.objectContaining({ code: 'SCRIPT_ASYNC' }))
  await new Promise(resolve => setTimeout(resolve, 5))
})

test('a directive after the function has returned is an error that names it', () => {
  let kept: Op | undefined
  record(op => {
    kept = op
  })
  expect(() => kept?.createView('v', sql`SELECT 1`)).toThrow(
    expect.objectContaining({
      code: 'RECORDER_SEALED',
      message: expect.stringContaining('op.createView was called after'),
      facts: { operation: 'createView' },
    }),
  )
})

test('a recorder is sealed also when the function throws', () => {
  let kept: Op | undefined
  const failing = (op: Op) => {
    kept = op
    throw new Error('mine')
  }
  expect(() => record(failing)).toThrow('mine')
  expect(() => kept?.createSchema('s')).toThrow(LimbeckError)
})

test('an operation knows the line that recorded it', () => {
  const { line } = placeOfCaller()
  const operations = record(op => {
    op.createSchema('s')
    op.createTable('t', { id: integer() }, t => [index().on(t.id)])
    op.addColumn('t', { a: text(), b: text() })
  })
  expect(operations.map(operation => locationOf(operation))).toEqual(
    [2, 3, 3, 4, 4].map(below => ({ file: here, line: line + below, column: 8 })),
  )
})

test('code says in its data where it was recorded', () => {
  const { line } = placeOfCaller()
  const [operation] = record(op => op.run(() => {}, { offline: sql`SELECT 1`, scratch: true }))
  expect(operation).toEqual({
    kind: 'run',
    callback: expect.any(Function),
    offline: 'SELECT 1',
    scratch: true,
    location: `${here}:${line + 1}:39`,
  })
})

test('an operation that nobody recorded has no place', () => {
  expect(locationOf({ kind: 'renameTable', name: 'a', newName: 'b' })).toBeUndefined()
})

test('a reversed upgrade records what undoes it, at the place where it is declared', () => {
  const upgrade = (op: Op) => {
    op.createTable('users', { id: integer() })
    op.renameTable('users', 'people')
  }
  const { line } = placeOfCaller()
  const downgrade = reversed(upgrade)
  const operations = record(downgrade)
  expect(operations).toMatchObject([
    { kind: 'renameTable', name: 'people', newName: 'users' },
    { kind: 'dropTable', name: 'users' },
  ])
  expect(operations.map(operation => locationOf(operation)?.line)).toEqual([line + 1, line + 1])
})

test('a live op runs what it has recorded when it is flushed', async () => {
  const recorder = new Recorder()
  const ran: unknown[] = []
  const op = new LiveOp(recorder, async () => {
    ran.push(...recorder.take())
  })
  op.createSchema('a')
  expect(ran).toEqual([])
  await op.flush()
  op.createSchema('b')
  await op.flush()
  expect(ran).toMatchObject([{ object: { name: 'a' } }, { object: { name: 'b' } }])
})

/** The place of the call, as the runtime sees it. */
function placeOfCaller(): { line: number } {
  const frame = new Error().stack?.split('\n')[2] ?? ''
  return { line: Number(/:(\d+):\d+\)?$/.exec(frame)?.[1]) }
}

describe('op.autocommit', () => {
  const upgrade = (op: Op) => {
    op.createTable('t', { id: integer().primaryKey() })
    op.autocommit(inner => {
      inner.execute('CALL fill()', { reverse: 'CALL empty()' })
      op.addColumn('t', { a: integer() })
    })
    op.execute('ANALYZE t', { reverse: 'SELECT 1' })
  }

  test('marks what is recorded inside, in its place', () => {
    expect(record(upgrade).map(({ kind, autocommit }) => [kind, autocommit])).toEqual([
      ['createTable', undefined],
      ['execute', true],
      ['addColumn', true],
      ['execute', undefined],
    ])
  })

  test('is undone outside of transactions, too', () => {
    expect(
      record(reversed(upgrade)).map(operation => [operation.kind, operation.autocommit]),
    ).toEqual([
      ['execute', undefined],
      ['dropColumn', true],
      ['execute', true],
      ['dropTable', undefined],
    ])
  })

  test('ends where its function ends, also where that throws', () => {
    const [operation] = record(op => {
      try {
        op.autocommit(() => {
          throw new Error('no')
        })
      } catch {}
      op.execute('SELECT 1')
    })
    expect(operation).not.toHaveProperty('autocommit')
  })

  test('takes no function that waits', () => {
    expect(() => record(op => op.autocommit(async () => {}))).toThrow(
      'The function returned a promise, but op.autocommit only records.',
    )
  })

  test('makes another script of the same directives', () => {
    const inside = record(op => op.execute('SELECT 1'))
    const outside = record(op => op.autocommit(() => op.execute('SELECT 1')))
    expect(hashOperations(outside)).not.toBe(hashOperations(inside))
  })
})
