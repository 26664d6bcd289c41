import { describe, expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { reverseAll } from '../../src/operations/reverse.ts'
import type { EnumType, Policy } from '../../src/schema/index.ts'
import { outline } from './outline.ts'
import { primaryKey, routine, schemaOf, sequence, table, view } from './schemas.ts'

const changes = (...sides: Parameters<typeof diff>) => outline(diff(...sides).operations)

describe('what is the same', () => {
  test('gives no operation, whatever the order of keys and of the columns', () => {
    const current = schemaOf([table('t', { a: 'integer', b: 'text' })])
    const target = schemaOf([table('t', { b: 'text', a: { comment: undefined, type: 'integer' } })])
    const { operations, notes } = diff(current, target)
    expect(operations).toEqual([])
    expect(notes).toMatchObject([{ kind: 'columnOrder', object: 'table:public.t' }])
  })

  test('has no note where new columns come last', () => {
    const target = schemaOf([table('t', { a: 'integer', b: 'text' })])
    expect(diff(schemaOf([table('t', { a: 'integer' })]), target).notes).toEqual([])
  })

  test('but for the name of a NOT NULL constraint has a note', () => {
    const named = { notNull: true, notNullConstraint: { name: 'must_be' } }
    const target = schemaOf([table('t', { a: named })])
    const { operations, notes } = diff(schemaOf([table('t', { a: { notNull: true } })]), target)
    expect(operations).toEqual([])
    expect(notes).toMatchObject([{ kind: 'unsupported', object: 'table:public.t' }])
  })

  test('which only tell of a column that a child declares again are not proposed, but noted', () => {
    const child = (inherited?: true) =>
      schemaOf([
        table('p'),
        table('c', { id: { inherited } }, { inherits: [{ schema: 'public', name: 'p' }] }),
      ])
    const { operations, notes } = diff(child(true), child())
    expect(operations).toEqual([])
    expect(notes).toMatchObject([{ kind: 'unsupported', object: 'table:public.c' }])
  })

  test('passes on what neither side models', () => {
    const unmodelled = [{ kind: 'foreign table', name: 'public.far' }]
    const { unmodelled: listed } = diff({ ...schemaOf([]), unmodelled }, schemaOf([]))
    expect(listed).toEqual({ current: unmodelled, target: [] })
  })
})

describe('columns', () => {
  test('change in one operation that says what they were', () => {
    const before = table('t', { a: { type: 'integer', comment: 'old' } })
    const after = table('t', { a: { type: 'bigint', notNull: true, default: { sql: '1' } } })
    expect(diff(schemaOf([before]), schemaOf([after])).operations).toEqual([
      {
        kind: 'alterColumn',
        schema: 'public',
        table: 't',
        column: 'a',
        changes: { type: 'bigint', notNull: true, default: { sql: '1' }, comment: null },
        existing: before.columns[0],
      },
    ])
  })

  test('come before others go', () => {
    const current = schemaOf([table('t', { a: 'integer' })])
    const target = schemaOf([table('t', { b: 'integer' })])
    expect(changes(current, target)).toEqual(['addColumn t.b', 'dropColumn t.a'])
  })

  test('say twice what they were when they change twice', () => {
    const objects = [routine('f', { returns: 'integer' })]
    const needs = { 'default:public.t.a': ['routine:public.f()'] }
    const column = { type: 'integer', default: { sql: 'f()' } }
    const current = schemaOf([table('t', { a: column }), ...objects], needs)
    const target = schemaOf(
      [table('t', { a: { ...column, comment: 'new' } }), routine('f', { returns: 'bigint' })],
      needs,
    )
    const { operations } = diff(current, target)
    expect(outline(operations)).toEqual([
      'alterColumn t.a default',
      'dropRoutine f',
      'alterColumn t.a comment',
      'createRoutine f',
      'alterColumn t.a default',
    ])
    expect(operations[2]).toMatchObject({ existing: { default: undefined } })
    expect(operations[4]).toMatchObject({ existing: { default: undefined, comment: 'new' } })
  })

  test('of a parent take those of its children with them', () => {
    const child = (columns: Parameters<typeof table>[1]) =>
      table('child', columns, { inherits: [{ schema: 'public', name: 'parent' }] })
    const current = schemaOf([table('parent', { a: 'integer' }), child({ a: 'integer' })])
    const wide = { a: 'bigint', b: 'text' }
    expect(changes(current, schemaOf([table('parent', wide), child(wide)]))).toEqual([
      'alterColumn parent.a type',
      'addColumn parent.b',
    ])
  })

  test('become serial in one change, unless a sequence is in the way', () => {
    const plain = table('t', { id: { notNull: true } })
    const serial = table('t', { id: { type: 'serial', notNull: true } })
    expect(changes(schemaOf([plain]), schemaOf([serial]))).toEqual(['alterColumn t.id type'])
    const numbers = sequence('numbers')
    const calling = table('t', {
      id: { notNull: true, default: { sql: "nextval('numbers'::regclass)" } },
    })
    const current = schemaOf([calling, numbers], {
      'default:public.t.id': ['sequence:public.numbers'],
    })
    expect(changes(current, schemaOf([serial]))).toEqual([
      'createSequence t_id_seq',
      'alterColumn t.id default',
      'dropSequence numbers',
    ])
  })
})

describe('views', () => {
  const needs = {
    'view:public.a': ['table:public.t', 'column:public.t.id'],
    'view:public.b': ['view:public.a'],
    'view:public.other': ['table:public.t', 'column:public.t.name'],
  }
  const views = [view('a'), view('b'), view('other')]

  test('that show a column make way for its new type, and those that show them', () => {
    const current = schemaOf([table('t', { id: 'integer', name: 'text' }), ...views], needs)
    const target = schemaOf([table('t', { id: 'bigint', name: 'text' }), ...views], needs)
    expect(changes(current, target)).toEqual([
      'dropView b',
      'dropView a',
      'alterColumn t.id type',
      'createView a',
      'createView b',
    ])
  })

  test('stay when a column gets another default or comment', () => {
    const current = schemaOf([table('t', { id: 'integer', name: 'text' }), ...views], needs)
    const column = { default: { sql: '1' }, comment: 'c', notNull: true }
    const target = schemaOf([table('t', { id: column, name: 'text' }), ...views], needs)
    expect(changes(current, target)).toEqual(['alterColumn t.id notNull,comment,default'])
  })

  test('that name no column are taken to show them all', () => {
    const vague = { 'view:public.a': ['table:public.t'] }
    const current = schemaOf([table('t'), view('a')], vague)
    const target = schemaOf([table('t', { id: 'text' }), view('a')], vague)
    expect(changes(current, target)).toEqual([
      'dropView a',
      'alterColumn t.id type',
      'createView a',
    ])
  })

  test('with another query are made anew with all that show them', () => {
    const current = schemaOf([table('t'), view('a'), view('b')], needs)
    const target = schemaOf([table('t'), view('a', 'SELECT 2'), view('b')], needs)
    expect(changes(current, target)).toEqual([
      'dropView b',
      'dropView a',
      'createView a',
      'createView b',
    ])
  })

  test('with other options are replaced, with another comment only told', () => {
    const current = schemaOf([view('a'), view('b')])
    const target = schemaOf([
      view('a', 'SELECT 1', { options: { security_barrier: 'true' } }),
      view('b', 'SELECT 1', { comment: 'new' }),
    ])
    expect(changes(current, target)).toEqual(['replaceView a', 'setComment b'])
  })
})

describe('enums', () => {
  const mood = (...values: string[]): EnumType => ({
    kind: 'enum',
    schema: 'public',
    name: 'mood',
    values,
  })
  const column = { type: 'public.mood', default: { sql: "'ok'::public.mood" } }
  const needs = {
    'default:public.t.m': ['enum:public.mood'],
    'table:public.t': ['enum:public.mood'],
  }
  const withMood = (type: EnumType) => schemaOf([type, table('t', { m: column })], needs)

  test('get values where they belong, each remembering those before it', () => {
    const { operations } = diff(withMood(mood('ok')), withMood(mood('bad', 'ok', 'good', 'best')))
    const columns = [{ schema: 'public', table: 't', column: 'm', default: column.default.sql }]
    expect(operations).toMatchObject([
      { value: 'bad', before: 'ok', existing: ['ok'], columns },
      { value: 'good', after: 'ok', existing: ['bad', 'ok'], columns },
      { value: 'best', after: 'good', existing: ['bad', 'ok', 'good'], columns },
    ])
  })

  test('lose values with a new type that their columns move to', () => {
    const current = withMood(mood('ok', 'bad'))
    expect(diff(current, withMood(mood('ok'))).operations).toMatchObject([
      {
        kind: 'replaceEnumValues',
        values: ['ok'],
        existing: ['ok', 'bad'],
        columns: [{ table: 't', column: 'm', default: column.default.sql }],
      },
    ])
  })

  test('take a default off that changes with them', () => {
    const other = { ...column, default: { sql: "'fine'::public.mood" } }
    const target = schemaOf([mood('fine'), table('t', { m: other })], needs)
    const { operations } = diff(withMood(mood('ok')), target)
    expect(outline(operations)).toEqual([
      'alterColumn t.m default',
      'replaceEnumValues mood',
      'alterColumn t.m default',
    ])
    expect(operations[1]).toHaveProperty('columns', [{ schema: 'public', table: 't', column: 'm' }])
  })

  test('get a value without disturbing a view that the way back has to take down', () => {
    const withView = (type: EnumType) =>
      schemaOf([type, table('t', { m: column }), view('v')], {
        ...needs,
        'view:public.v': ['table:public.t', 'column:public.t.m'],
      })
    const { operations } = diff(withView(mood('ok')), withView(mood('ok', 'good')))
    expect(outline(operations)).toEqual(['addEnumValue mood'])
    expect(outline(reverseAll(operations))).toEqual([
      'dropView v',
      'replaceEnumValues mood',
      'createView v',
    ])
  })
})

describe('other objects', () => {
  test('keep their place when only the body of a routine changes', () => {
    const needs = { 'view:public.v': ['routine:public.f()'] }
    const current = schemaOf([routine('f'), view('v')], needs)
    const target = schemaOf([routine('f', { body: 'BEGIN RETURN 2; END' }), view('v')], needs)
    expect(changes(current, target)).toEqual(['replaceRoutine f'])
  })

  test('are dropped and created where they cannot be altered', () => {
    expect(fromPolicyTo({ command: 'select' })).toEqual(['dropPolicy p', 'createPolicy p'])
    expect(fromPolicyTo({ withCheck: 'true' })).toEqual(['dropPolicy p', 'createPolicy p'])
  })

  test('are altered where they can be', () => {
    expect(fromPolicyTo({ using: 'false', roles: ['reader'] })).toEqual(['alterObject p'])
  })

  function fromPolicyTo(other: Partial<Policy>): string[] {
    const policy: Policy = {
      kind: 'policy',
      schema: 'public',
      table: 't',
      name: 'p',
      using: 'true',
    }
    return changes(schemaOf([table('t'), policy]), schemaOf([table('t'), { ...policy, ...other }]))
  }

  test('that a key holds up make way for another key', () => {
    const needs = { 'view:public.v': ['table:public.t', 'constraint:public.t.t_pkey'] }
    const objects = [table('t', { id: 'integer', n: 'integer' }), view('v')]
    const current = schemaOf([...objects, primaryKey('t')], needs)
    const target = schemaOf(
      [...objects, { ...primaryKey('t'), columns: ['id', 'n'] } as never],
      needs,
    )
    expect(changes(current, target)).toEqual([
      'dropView v',
      'dropConstraint t_pkey',
      'createConstraint t_pkey',
      'createView v',
    ])
  })

  test('of a table that cannot be altered come anew with it, and a note says so', () => {
    const current = schemaOf([table('t'), primaryKey('t'), view('v')], {
      'view:public.v': ['table:public.t'],
    })
    const target = schemaOf(
      [table('t', { id: 'integer' }, { partitionBy: 'RANGE (id)' }), primaryKey('t'), view('v')],
      { 'view:public.v': ['table:public.t'] },
    )
    const { operations, notes } = diff(current, target)
    expect(outline(operations)).toEqual([
      'dropView v',
      'dropTable t (t_pkey)',
      'createTable t (t_pkey)',
      'createView v',
    ])
    expect(notes).toMatchObject([{ kind: 'rebuilt', object: 'table:public.t' }])
  })
})
