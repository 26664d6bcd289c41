import { describe, expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import type { ObjectKind, Trigger } from '../../src/schema/index.ts'
import { outline } from './outline.ts'
import { foreignKey, primaryKey, routine, schemaOf, table, view } from './schemas.ts'

const managing = (...kinds: ObjectKind[]) => ({ managedKinds: new Set(kinds) })

describe('what the target does not name', () => {
  test('is dropped where it is managed', () => {
    const current = schemaOf([table('t'), view('v'), routine('f')])
    const { operations } = diff(current, schemaOf([]), managing('table', 'view'))
    expect(outline(operations)).toEqual(['dropView v', 'dropTable t'])
  })

  test('stays in schemas that are not managed', () => {
    const current = schemaOf([table('t'), { ...table('t'), schema: 'other' }])
    const { operations } = diff(current, schemaOf([]), { managedSchemas: new Set(['public']) })
    expect(operations).toMatchObject([{ kind: 'dropTable', schema: 'public' }])
  })

  test('stays on request, but for the parts of a table that the target names', () => {
    const current = schemaOf([
      table('known', { id: 'integer', gone: 'integer' }),
      primaryKey('known'),
      table('unknown'),
      primaryKey('unknown'),
      view('v'),
    ])
    const target = schemaOf([table('known')])
    const { operations } = diff(current, target, { dropUnknown: false })
    expect(outline(operations)).toEqual(['dropConstraint known_pkey', 'dropColumn known.gone'])
  })

  test('goes with its table although its kind is not managed', () => {
    const trigger: Trigger = {
      kind: 'trigger',
      schema: 'public',
      table: 't',
      name: 'g',
      timing: 'before',
      events: ['insert'],
      forEach: 'row',
      execute: 'f()',
    }
    const current = schemaOf([table('t'), trigger])
    expect(outline(diff(current, schemaOf([]), managing('table')).operations)).toEqual([
      'dropTrigger g',
      'dropTable t',
    ])
    const target = schemaOf([table('t')])
    expect(diff(current, target, managing('table')).operations).toEqual([])
  })

  test('keeps what it needs, and a note says why', () => {
    const current = schemaOf([table('t'), primaryKey('t'), view('v')], {
      'view:public.v': ['table:public.t'],
    })
    const { operations, notes } = diff(current, schemaOf([]), managing('table', 'constraint'))
    expect(operations).toEqual([])
    expect(notes).toEqual([
      {
        kind: 'kept',
        object: 'table:public.t',
        message: expect.stringContaining('the view v'),
      },
    ])
  })

  test('is taken down and put back where the target changes what it needs', () => {
    const needs = { 'view:public.v': ['table:public.t', 'column:public.t.id'] }
    const current = schemaOf([table('t'), view('v')], needs)
    const target = schemaOf([table('t', { id: 'text' })])
    const { operations } = diff(current, target, managing('table'))
    expect(outline(operations)).toEqual(['dropView v', 'alterColumn t.id type', 'createView v'])
  })

  test('keeps a column that it needs on a table that loses others', () => {
    const current = schemaOf(
      [table('t', { id: 'integer', a: 'integer', b: 'integer' }), view('v')],
      {
        'view:public.v': ['table:public.t', 'column:public.t.a'],
      },
    )
    const { operations, notes } = diff(current, schemaOf([table('t')]), managing('table'))
    expect(outline(operations)).toEqual(['dropColumn t.b'])
    expect(notes).toMatchObject([{ kind: 'kept', object: 'column:public.t.a' }])
  })

  test('keeps the table that its foreign key refers to', () => {
    const current = schemaOf([
      { ...table('far'), schema: 'other' },
      { ...foreignKey('far', 'id', 'near'), schema: 'other' },
      table('near'),
      primaryKey('near'),
    ])
    const options = { managedSchemas: new Set(['public']) }
    expect(diff(current, schemaOf([]), options).operations).toEqual([])
  })
})
