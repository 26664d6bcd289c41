import { describe, expect, test } from 'vitest'
import { check, integer, type Op, sql, table, text } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import { directives } from '../../src/operations/recorder/takes.ts'

interface Shape {
  readonly name: string
  readonly accepts: (value: unknown) => boolean
  readonly words?: readonly string[] | undefined
  readonly item?: Shape | undefined
}

/** Something that a shape accepts. */
function sampleOf(shape: Shape): unknown {
  const call = 'f()'
  const values = [
    ...[shape.words?.[0], 'a', call, 1, true, integer(), { a: integer() }, ['a'], [call]],
    ...[[shape.item?.words?.[0]], [['a', '=']], [], {}, { a: 'a' }, () => undefined],
    [{ table: 't', column: 'c' }],
  ]
  const found = values.findIndex(value => value !== undefined && shape.accepts(value))
  if (found < 0) throw new Error(`no sample of ${shape.name}`)
  return values[found]
}

const needed = (options: Readonly<Record<string, Shape & { isRequired?: true | undefined }>>) =>
  Object.fromEntries(
    Object.entries(options).flatMap(([key, shape]) =>
      shape.isRequired ? [[key, sampleOf(shape)] as const] : [],
    ),
  )

type Call = (...given: readonly unknown[]) => void

/** Calls a directive, its options last but for the function of batchAlterTable. */
function call(directive: string, given: readonly unknown[], options: object): void {
  record(op => {
    const method = Reflect.get(op, directive) as Call
    method.call(op, ...given, options, ...(directive === 'batchAlterTable' ? [() => {}] : []))
  })
}

describe.each(Object.entries(directives))('op.%s', (directive, takes) => {
  const shapes = Object.entries(takes.arguments as Readonly<Record<string, Shape>>)
  const given = shapes.map(([, shape]) => sampleOf(shape))
  const options = takes.options as Readonly<Record<string, Shape>>

  test('refuses a value of another kind in each of its arguments and options, and says where', () => {
    for (const [at, [name, shape]] of shapes.entries()) {
      if (shape.name === 'any value') continue
      const wrong = given.with(at, Symbol('wrong'))
      expect(() => call(directive, wrong, needed(options))).toThrow(
        expect.objectContaining({
          code: 'DECLARATION_INVALID',
          message: expect.stringContaining(
            `op.${directive}: its argument ${name} is a symbol, not `,
          ),
        }),
      )
    }
    for (const [name, shape] of Object.entries(options)) {
      if (shape.name === 'any value') continue
      const wrong = { ...needed(options), [name]: Symbol('wrong') }
      expect(() => call(directive, given, wrong)).toThrow(
        expect.objectContaining({
          code: 'DECLARATION_INVALID',
          message: expect.stringContaining(`op.${directive}: its option ${name} is a symbol, not `),
        }),
      )
    }
  })

  test('knows a slip of each word that it takes', () => {
    for (const [name, shape] of [...shapes, ...Object.entries(options)]) {
      const [word] = shape.words?.filter(word => word.length > 3) ?? []
      if (word === undefined) continue
      const slip = `${word.slice(0, 1)}${word.slice(2)}`
      const at = shapes.findIndex(([argument]) => argument === name)
      const wrong = at < 0 ? given : given.with(at, slip)
      const told = at < 0 ? { ...needed(options), [name]: slip } : needed(options)
      expect(() => call(directive, wrong, told)).toThrow(
        expect.objectContaining({
          message: expect.stringContaining(`${name} is '${slip}'`),
          hint: expect.stringMatching(/^Did you mean /),
        }),
      )
    }
  })
})

const cases: readonly [string, (op: Op) => void, string, string][] = [
  [
    'a word inside of a list',
    op =>
      op.createTrigger('t', 'users', {
        timing: 'before',
        events: ['insert', 'updat' as never],
        execute: 'f()',
      }),
    "op.createTrigger: its option events[1] is 'updat', not 'insert' | 'update' | 'delete' | 'truncate'.",
    'Did you mean update?',
  ],
  [
    'a key inside of an option',
    op => op.alterColumn('t', 'c', { identity: { alway: true } as never }),
    'op.alterColumn: its option identity has no key alway.',
    'Did you mean always?',
  ],
  [
    'a word of a key of an index',
    op => op.createIndex('i', 't', [{ column: 'a', nulls: 'lst' as never }]),
    "op.createIndex: its argument keys[0].nulls is 'lst', not 'first' | 'last'.",
    'Did you mean last?',
  ],
  [
    'a name of a column in the place of what is known of it',
    op => op.replaceEnumValues('e', ['a'], { columns: ['t.m'] as never }),
    'op.replaceEnumValues: its option columns[0] is a text, not { schema, table, column, array, default }.',
    "Write { table: 't', column: 'm' }.",
  ],
  [
    'the word that comes before what is given',
    op => op.createIndex('i', 't', ['a'], { where: 'WHERE a > 0' }),
    'op.createIndex: its option where begins with WHERE, which limbeck writes itself.',
    'Leave it out.',
  ],
  [
    'the whole statement of a view',
    op => op.createView('v', sql`-- all\n CREATE OR REPLACE VIEW v AS SELECT 1`),
    'op.createView: its argument definition begins with CREATE, which limbeck writes itself.',
    'Leave it out.',
  ],
  [
    'a function that is named and not called',
    op => op.createTrigger('t', 'u', { timing: 'before', events: ['insert'], execute: 'touch' }),
    'op.createTrigger: its option execute is a text, not SQL such as touch().',
    'Write the call of a function: touch().',
  ],
  [
    'what a comment has to be found by',
    op => op.setComment('trigger', 't', 'touches'),
    'op.setComment of trigger t: its option table is missing.',
    'A trigger is named by its table, too.',
  ],
  [
    'one column that points at two',
    op => op.createForeignKey('f', 't', 'u', ['a'], ['x', 'y']),
    'constraint f of table t: it leads from 1 column (a) to 2 columns (x, y).',
    'Name as many on either side.',
  ],
  [
    'a key that names a column twice',
    op => op.createPrimaryKey('p', 't', ['a', 'a']),
    'constraint p of table t: it names the column a twice.',
    'Name each column once.',
  ],
  [
    'a key without columns',
    op => op.createUniqueConstraint('u', 't', []),
    'op.createUniqueConstraint: its argument columns is an empty list, not a list of columns.',
    "Write a list, such as ['a', 'b'].",
  ],
  [
    'two primary keys',
    op => op.createTable('t', { a: integer().primaryKey(), b: integer().primaryKey() }),
    'table t: it has 2 primary keys, of a and of b.',
    'One key of several columns is t => [primaryKey().on(t.a, t.b)].',
  ],
  [
    'two constraints of one name',
    op => op.createTable('t', { a: integer().unique('k').check(sql`a > 0`, 'k') }),
    'table t: two constraints are named k.',
    'Give one of them another.',
  ],
  [
    'two columns of one name',
    op => op.addColumn('t', { a: integer(), b: integer().named('a') }),
    't.a: two columns have this name.',
    'Give one of them another.',
  ],
  [
    'a column with two sources of its values',
    op => op.createTable('t', { a: integer().identity().default(5) }),
    't.a: it has a default and an identity.',
    'A column takes one of them.',
  ],
  [
    'signatures that contradict each other',
    op =>
      op.dropFunction('f', {
        signature: 'text',
        existing: { object: { kind: 'routine', signature: 'integer' } } as never,
      }),
    'op.dropFunction: its signature is (text), and existing describes (integer).',
    'Leave the signature out, or describe that function.',
  ],
  [
    'question marks in the place of numbers',
    op => op.execute('SELECT ?', { parameters: [1] }),
    'op.execute: its SQL does not name $1, and 1 value is given.',
    'Values stand for $1, $2, … in every database; by name for :id, :email, ….',
  ],
  [
    'a value that is given twice',
    op => op.replaceEnumValues('e', ['a', 'b', 'a'], { columns: [] }),
    "op.replaceEnumValues of e: the value 'a' is given twice.",
    'Give each value once.',
  ],
  [
    'a value that becomes one that is not there',
    op => op.replaceEnumValues('e', ['new'], { columns: [], mapping: { old: 'nwe' } }),
    "op.replaceEnumValues of e: mapping leads to 'nwe', which is none of the new values.",
    'Did you mean new?',
  ],
  [
    'a place behind a value that is not there',
    op => op.addEnumValue('e', 'c', { after: 'x', existing: ['a', 'b'] }),
    "op.addEnumValue of e: the value 'x' is none of existing.",
    'There were a, b.',
  ],
  [
    'an alteration of nothing',
    op => op.alterColumn('t', 'c', { existing: text() }),
    'op.alterColumn of t.c: it names no change.',
    'Say what becomes different, or leave it out.',
  ],
]

test.each(cases)('%s is refused', (_, script, message, hint) => {
  expect(() => record(script)).toThrow(
    expect.objectContaining({ code: 'DECLARATION_INVALID', message, hint }),
  )
})

test('values for which the SQL has no place, or too few, are refused', () => {
  const failing = (text: string, parameters: unknown[]) =>
    expect(() => record(op => op.execute(text, { parameters })))
  failing('SELECT $1, $3', [1, 2, 3]).toThrow('its SQL does not name $2')
  failing('SELECT $1, $3', [1]).toThrow('The SQL names $3, and 1 parameter is given')
  failing("SELECT '$1'", [1]).toThrow('its SQL does not name $1')
})

test('what is right in one of several ways is let through', () => {
  const types = (list: string) => ({ kind: 'routine', name: 'f', signature: list })
  const script = (op: Op) => {
    op.dropFunction('f', {
      signature: 'int, varchar',
      existing: { object: types('integer, auth.t') } as never,
    })
    op.createIndex('i', 't', ['a'], { using: 'hnsw' })
    op.createView('v', '(SELECT 1)')
    op.execute("SELECT '{}'::jsonb ? 'a'", {})
    op.execute('SELECT $1 || $1', { parameters: ['a'] })
    op.createTable('t', { a: integer() }, () => [check(undefined, sql`a > 0`)])
    op.createFunction('f', { language: 'plpython3u', body: 'pass', returns: 'integer' })
    op.dropTable('t', { existing: table('t', { a: integer() }) })
  }
  expect(record(script)).toHaveLength(8)
})
