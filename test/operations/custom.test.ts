import { expect, describe as suite, test } from 'vitest'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { sqlite } from '../../src/dialects/sqlite/dialect.ts'
import { type CompileContext, defineOperation, type Operation, sql } from '../../src/index.ts'
import { describe } from '../../src/operations/describe.ts'
import { hashOperations } from '../../src/operations/hash.ts'
import { locationOf } from '../../src/operations/location.ts'
import { destroys, isOpaque } from '../../src/operations/loss.ts'
import { record } from '../../src/operations/op.ts'
import type { Custom } from '../../src/operations/operation.ts'
import { reverse } from '../../src/operations/reverse.ts'
import { renderScript } from '../../src/scripts/render/render.ts'

const plain = { name: 'vacuumTable', compile: (table: string) => `VACUUM ${table}` }

suite('an operation of the project’s own', () => {
  test('is recorded in its place', () => {
    const [operation] = record(op => op.invoke(defineOperation(plain)('t')))
    expect(operation).toMatchObject({ kind: 'custom', name: 'vacuumTable', args: 't' })
    expect(locationOf(operation!)?.file).toBe(import.meta.filename)
  })

  test('becomes what its compile gives, as op.execute would run it', () => {
    const seen: CompileContext[] = []
    const define = defineOperation({
      name: 'several',
      compile: (name: string, context) => {
        seen.push(context)
        return [
          sql`SELECT 1;`,
          `VACUUM ${context.quote({ schema: 'a b', name })}`,
          { sql: 'SELECT $1', parameters: [context.literal("it's")] },
        ]
      },
    })
    const operation = define('T') as Custom
    const compiled = postgresql.compile(operation, { serverVersion: 150_018 })
    expect(compiled).toEqual([
      { sql: 'SELECT 1', transactional: true, operation },
      { sql: 'VACUUM "a b"."T"', transactional: false, operation },
      { sql: 'SELECT $1', parameters: ["'it''s'"], transactional: true, operation },
    ])
    expect(seen[0]).toMatchObject({ dialect: 'postgresql', serverVersion: 150_018 })
  })

  test('needs no arguments where it takes none', () => {
    const now = defineOperation({ name: 'now', compile: () => 'SELECT now()' })
    expect(sqlite.compile(now() as Custom)).toMatchObject([{ sql: 'SELECT now()' }])
  })

  test('is refused by a database that it is not for', () => {
    const define = defineOperation({ ...plain, dialects: ['postgresql', 'mysql'] })
    expect(() => sqlite.compile(define('t') as Custom)).toThrow(
      expect.objectContaining({
        code: 'OPERATION_UNSUPPORTED',
        message: '`~ vacuumTable` is defined for postgresql and mysql, and this is sqlite.',
      }),
    )
  })

  test.each([
    ['nothing', () => undefined, 'DECLARATION_INVALID', 'gave what is no SQL: it is missing.'],
    ['a number', () => [5], 'DECLARATION_INVALID', 'gave what is no SQL: it is a number.'],
    [
      'a refusal',
      () => Reflect.get(null as never, 'a'),
      'SCRIPT_FAILED',
      '`compile` of bad failed: ',
    ],
    ['COMMIT', () => 'COMMIT', 'TRANSACTION_CONTROL', 'COMMIT in a script'],
  ])('is refused where its compile gives %s', (_, compile, code, message) => {
    const bad = defineOperation({ name: 'bad', compile: compile as () => string })
    expect(() => postgresql.compile(bad() as Custom)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })

  test('cannot be reversed where it does not say how', () => {
    expect(() => reverse(defineOperation(plain)('t'))).toThrow(
      'custom (~ vacuumTable) cannot be reversed: it has no `reverse`.',
    )
  })

  test('is undone by one operation or by several', () => {
    const undo: Operation[] = [
      { kind: 'execute', sql: 'a' },
      { kind: 'execute', sql: 'b' },
    ]
    expect(reverse(defineOperation({ ...plain, reverse: () => undo })('t'))).toEqual(undo)
    expect(reverse(defineOperation({ ...plain, reverse: () => undo[0]! })('t'))).toEqual([undo[0]])
  })

  test('has a line for people with a sign in front', () => {
    const lineOf = (line: string) =>
      describe(defineOperation({ ...plain, describe: () => line })(''))
    expect(lineOf('+ view v')).toBe('+ view v')
    expect(lineOf('view v')).toBe('~ view v')
    expect(describe(defineOperation(plain)('t'))).toBe('~ vacuumTable')
  })

  test('loses what it says, and nobody knows what where it says nothing', () => {
    const telling = defineOperation({
      ...plain,
      loses: (table: string) => [{ what: table, detail: 'emptied' }],
    })
    expect(destroys([telling('t')])).toEqual([{ kind: 'custom', what: 't', detail: 'emptied' }])
    expect(isOpaque(telling('t'))).toBe(false)
    expect(isOpaque(defineOperation(plain)('t'))).toBe(true)
  })

  test('has the hash of what the script says, not of its code', () => {
    const hash = (operation: Operation) => hashOperations([operation])
    const vacuum = defineOperation(plain)
    const mended = defineOperation({ ...plain, compile: (_: string) => 'VACUUM' })
    expect(hash(mended('t'))).toBe(hash(vacuum('t')))
    expect(hash(vacuum('u'))).not.toBe(hash(vacuum('t')))
    expect(hash(defineOperation({ ...plain, name: 'other' })('t'))).not.toBe(hash(vacuum('t')))
  })

  test('is written by its name and arguments, or as it says itself', () => {
    const render = (table: string) => ({
      code: `op.invoke(vacuum(tables.${table}))`,
      imports: { '../own.ts': ['vacuum', 'tables'], limbeck: ['sql'] },
    })
    const script = renderScript(
      [defineOperation({ ...plain, module: '#own' })("o'hara")],
      [defineOperation({ ...plain, render })('t')],
      { defaultSchema: 'public' },
    )
    expect(script).toEqual({
      imports: [
        "import { sql, type Op } from 'limbeck'",
        "import { vacuumTable } from '#own'",
        "import { tables, vacuum } from '../own.ts'",
      ].join('\n'),
      upgrade: '  op.invoke(vacuumTable("o\'hara"))',
      downgrade: '  op.invoke(vacuum(tables.t))',
    })
  })

  test('cannot be written where nothing says how', () => {
    const operation = defineOperation(plain)('t')
    expect(() => renderScript([operation], [], { defaultSchema: 'public' })).toThrow(
      expect.objectContaining({
        code: 'VALUE_UNSUPPORTED',
        hint: expect.stringContaining('`module`'),
      }),
    )
  })
})

test.each([
  ['no name', {}, 'its name is missing'],
  ['no SQL', { name: 'x' }, 'it has no function `compile`'],
])('a definition with %s is refused', (_, definition, message) => {
  expect(() => defineOperation(definition as never)).toThrow(message)
})

test('op.invoke refuses what is no operation', () => {
  const invoke = (value: unknown) => () => record(op => op.invoke(value as Operation))
  expect(invoke(defineOperation(plain))).toThrow(
    'op.invoke: what it is given is a function, not an operation.',
  )
  expect(() => postgresql.compile({ kind: 'creatTable' } as never)).toThrow(
    'There is no operation creatTable.',
  )
})
