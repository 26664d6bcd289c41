import { describe, expect, test } from 'vitest'
import {
  bigint,
  check,
  domain,
  enumType,
  exclude,
  foreignKey,
  index,
  integer,
  policy,
  primaryKey,
  routine,
  rule,
  sequence,
  sql,
  statistics,
  table,
  text,
  trigger,
  unique,
  uuid,
  varchar,
  view,
} from '../../src/index.ts'

const wrong = <T>(value: unknown): T => value as T

const cases: readonly [string, () => unknown, string, string | undefined][] = [
  [
    'an object where SQL belongs',
    () => rule('r', 't', wrong({ event: 'delete' })),
    'rule r: its argument definition is an object, not SQL.',
    undefined,
  ],
  [
    'elements without a function',
    () => table('t', { id: integer() }, wrong([index('i').on('id')])),
    'table t: what follows its columns is a list.',
    'Write t => [index(…).on(t.id), unique(…).on(t.id)].',
  ],
  [
    'options before options',
    () => table('t', { id: integer() }, wrong({ schema: 'a' }), { comment: 'b' }),
    'table t: what follows its columns is an object.',
    'Write t => [index(…).on(t.id), unique(…).on(t.id)].',
  ],
  [
    'an option of a policy',
    () => policy('own', 'users', wrong({ to: 'app' })),
    'policy own: it has no option to.',
    'Its options are schema, command, roles, restrictive, using, withCheck, comment.',
  ],
  [
    'an option of a table',
    () => table('t', { a: integer() }, wrong({ shema: 'x' })),
    'table t: it has no option shema.',
    'Did you mean schema?',
  ],
  [
    'an option of a reference',
    () => integer().references('users.id', wrong({ onDelet: 'cascade' })),
    '.references(…): it has no option onDelet.',
    'Did you mean onDelete?',
  ],
  [
    'a word of a reference',
    () => integer().references('users.id', { onDelete: wrong('casade') }),
    ".references(…): its option onDelete is 'casade', not 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'.",
    'Did you mean cascade?',
  ],
  [
    'an option of an identity',
    () => bigint().identity(wrong({ alway: true })),
    '.identity(…): it has no option alway.',
    'Did you mean always?',
  ],
  [
    'a word of a trigger',
    () => trigger('t', 'u', { timing: wrong('befor'), events: ['insert'], execute: 'f()' }),
    "trigger t: its option timing is 'befor', not 'before' | 'after' | 'instead of'.",
    'Did you mean before?',
  ],
  [
    'a word of a routine',
    () => routine('f', { language: 'plpgsq', body: '' }),
    "routine f: its option language is 'plpgsq', not a name such as sql, plpgsql, c, internal.",
    'Did you mean plpgsql?',
  ],
  [
    'a kind of statistics',
    () => statistics('s', 't', { on: ['a', 'b'], kinds: wrong(['mvc']) }),
    "statistics s: its option kinds[0] is 'mvc', not 'ndistinct' | 'dependencies' | 'mcv'.",
    'Did you mean mcv?',
  ],
  [
    'a number of a sequence',
    () => sequence('s', { start: wrong('1') }),
    'sequence s: its option start is a text, not a whole number.',
    'Write 5, or a bigint such as 5n.',
  ],
  [
    'the method of an index',
    () => index('i').on('a').using('gni'),
    "index(…).using(…): its argument method is 'gni', not a name such as btree, hash, gist, spgist, gin, brin.",
    'Did you mean gin?',
  ],
  [
    'an expression in a unique constraint',
    () => unique('u').on(wrong(sql`lower(a)`)),
    '.on(…): its argument columns[0] is an object, not a column.',
    "Write a column's name, or t.name. An expression needs index(…).unique().",
  ],
  [
    'an exclusion without its operator',
    () => exclude('e').on(wrong('a')),
    ".on(…): its argument elements[0] is a text, not [column or sql`…`, '='].",
    "Write ['room', '='].",
  ],
  [
    'a constraint of another kind in a domain',
    () => domain('d', text(), { checks: wrong([unique('u')]) }),
    'domain d: its option checks[0] is an object, not check(…).',
    'Write check(undefined, sql`VALUE > 0`).',
  ],
  [
    'the name of a column in the place of nothing',
    () => table('t', { id: wrong<(name: string) => never>(uuid)('id') }),
    'uuid: it takes nothing, and is given a text.',
    'The name of a column is its key in { … }, and what else it is told are calls: .notNull(), .default(…).',
  ],
  [
    'options in the place of a size',
    () => varchar(wrong({ length: 20 })),
    'varchar: its size is an object, not a whole number.',
    'The name of a column is its key in { … }, and what else it is told are calls: .notNull(), .default(…).',
  ],
  [
    'a statement in the place of a query',
    () => view('v', 'CREATE VIEW v AS SELECT 1'),
    'view v: its argument definition begins with CREATE, which limbeck writes itself.',
    'Leave it out.',
  ],
  [
    'the word of a check in its condition',
    () => check('c', sql`CHECK (a > 0)`),
    'check: its argument condition begins with CHECK, which limbeck writes itself.',
    'Leave it out.',
  ],
  [
    'a value of an enum that is no text',
    () => enumType('e', wrong<string[]>([1])),
    'enum e: its argument values[0] is 1, not a text.',
    undefined,
  ],
  [
    'the schema of a reference in a column of a table',
    () =>
      foreignKey('f')
        .on('a')
        .references(wrong({ shema: 'auth', name: 'users' }), ['id']),
    '.references(…): its argument table has no key shema.',
    'Did you mean schema?',
  ],
]

describe('a declaration without a type checker', () => {
  test.each(cases)('%s is refused', (_, declare, message, hint) => {
    expect(declare).toThrow(expect.objectContaining({ code: 'DECLARATION_INVALID', message, hint }))
  })

  test('a key of several columns is not written on two of them', () => {
    const declare = () =>
      table('t', { a: integer().primaryKey(), b: integer() }, t => [primaryKey().on(t.a, t.b)])
    expect(declare).toThrow('table t: it has 2 primary keys, of a and of a, b.')
  })
})
