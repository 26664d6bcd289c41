import { describe, expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { reverseAll } from '../../src/operations/reverse.ts'
import type { DatabaseSchema, Index, UniqueConstraint } from '../../src/schema/index.ts'
import { outline } from './outline.ts'
import {
  foreignKey,
  nothing,
  primaryKey,
  routine,
  schemaOf,
  sequence,
  table,
  view,
} from './schemas.ts'

const creation = (target: DatabaseSchema) => outline(diff(nothing, target).operations)
const removal = (current: DatabaseSchema) => outline(diff(current, nothing).operations)

const uses = (...names: string[]) =>
  names.flatMap(name => [`table:public.${name}`, `constraint:public.${name}.${name}_pkey`])

describe('constraints', () => {
  test('stand in their table where what they need is there', () => {
    const target = schemaOf(
      [
        table('a', { id: 'integer', z: 'integer' }),
        table('z'),
        primaryKey('z'),
        foreignKey('a', 'z', 'z'),
        primaryKey('a'),
      ],
      { 'constraint:public.a.a_z_fkey': uses('z') },
    )
    expect(creation(target)).toEqual(['createTable z (z_pkey)', 'createTable a (a_pkey, a_z_fkey)'])
    expect(removal(target)).toEqual(['dropTable a (a_pkey, a_z_fkey)', 'dropTable z (z_pkey)'])
  })

  test('leave it one by one until a ring of foreign keys is open', () => {
    const ring = schemaOf(
      [
        table('a', { id: 'integer', b: 'integer' }),
        table('b', { id: 'integer', c: 'integer' }),
        table('c', { id: 'integer', a: 'integer' }),
        ...['a', 'b', 'c'].map(primaryKey),
        foreignKey('a', 'b', 'b'),
        foreignKey('b', 'c', 'c'),
        foreignKey('c', 'a', 'a'),
      ],
      {
        'constraint:public.a.a_b_fkey': uses('b'),
        'constraint:public.b.b_c_fkey': uses('c'),
        'constraint:public.c.c_a_fkey': uses('a'),
      },
    )
    expect(creation(ring)).toEqual([
      'createTable a (a_pkey)',
      'createTable c (c_pkey, c_a_fkey)',
      'createTable b (b_pkey, b_c_fkey)',
      'createConstraint a_b_fkey',
    ])
    expect(removal(ring)).toEqual([
      'dropConstraint a_b_fkey',
      'dropTable b (b_pkey, b_c_fkey)',
      'dropTable c (c_pkey, c_a_fkey)',
      'dropTable a (a_pkey)',
    ])
  })

  test('stand in their table where they refer to it', () => {
    const target = schemaOf(
      [table('t', { id: 'integer', up: 'integer' }), primaryKey('t'), foreignKey('t', 'up', 't')],
      { 'constraint:public.t.t_up_fkey': uses('t') },
    )
    expect(creation(target)).toEqual(['createTable t (t_pkey, t_up_fkey)'])
  })

  test('come by themselves where CREATE TABLE would take two keys for one', () => {
    const again = { ...primaryKey('t'), type: 'unique', name: 't_id_key' } as UniqueConstraint
    const target = schemaOf([table('t'), primaryKey('t'), again])
    expect(creation(target)).toEqual(['createTable t (t_pkey)', 'createConstraint t_id_key'])
  })
})

describe('indexes', () => {
  const index = (name: string, tableName: string): Index => ({
    kind: 'index',
    schema: 'public',
    table: tableName,
    name,
    elements: [{ column: 'id' }],
  })
  const target = schemaOf([table('a'), table('b'), index('b_i', 'b'), index('a_i', 'a')])

  test('come right after their table and go with it', () => {
    expect(creation(target)).toEqual([
      'createTable a',
      'createIndex a_i',
      'createTable b',
      'createIndex b_i',
    ])
    expect(removal(target)).toEqual(['dropTable b (b_i)', 'dropTable a (a_i)'])
  })

  test('come back with their table when its drop is reversed', () => {
    const { operations } = diff(target, nothing)
    expect(outline(reverseAll(operations))).toEqual(creation(target))
  })
})

describe('sequences', () => {
  const owned = sequence('s', { ownedBy: { schema: 'public', table: 't', column: 'id' } })
  const calling = { default: { sql: "nextval('s'::regclass)" } }

  test('are owned last where the default of their owner calls them', () => {
    const target = schemaOf([table('t', { id: calling }), owned], {
      'default:public.t.id': ['sequence:public.s'],
    })
    expect(creation(target)).toEqual([
      'createSequence s',
      'createTable t',
      'alterSequence s ownedBy',
    ])
    expect(removal(target)).toEqual(['alterSequence s ownedBy', 'dropTable t', 'dropSequence s'])
    const [created] = diff(nothing, target).operations.filter(({ kind }) => kind === 'createTable')
    expect(created).toMatchObject({ table: { columns: [calling] } })
  })

  test('say themselves whose they are where nothing is in the way', () => {
    const target = schemaOf([table('t'), owned])
    expect(creation(target)).toEqual(['createTable t', 'createSequence s'])
    expect(diff(nothing, target).operations[1]).toMatchObject({ object: owned })
  })

  test('come before a column that is added with them', () => {
    const current = schemaOf([table('t', { a: 'integer' })])
    const target = schemaOf([table('t', { a: 'integer', id: calling }), owned], {
      'default:public.t.id': ['sequence:public.s'],
    })
    expect(outline(diff(current, target).operations)).toEqual([
      'createSequence s',
      'addColumn t.id',
      'alterSequence s ownedBy',
    ])
    expect(outline(diff(target, current).operations)).toEqual([
      'alterSequence s ownedBy',
      'dropColumn t.id',
      'dropSequence s',
    ])
  })
})

describe('routines', () => {
  test('come after all tables, since their bodies may name any', () => {
    const target = schemaOf([routine('f'), table('z'), table('a')])
    expect(creation(target)).toEqual(['createTable a', 'createTable z', 'createRoutine f'])
    expect(diff(nothing, target).operations.at(-1)).not.toHaveProperty('uncheckedBody')
  })

  test('come right before the first table that calls them, unchecked where others follow', () => {
    const target = schemaOf(
      [routine('f'), table('a'), table('m', { id: { default: { sql: 'f()' } } }), table('z')],
      { 'default:public.m.id': ['routine:public.f()'] },
    )
    expect(creation(target)).toEqual([
      'createTable a',
      'createRoutine f',
      'createTable m',
      'createTable z',
    ])
    expect(diff(nothing, target).operations[1]).toMatchObject({ uncheckedBody: true })
  })

  test('in SQL stay unchecked wherever they come', () => {
    const target = schemaOf([routine('f', { language: 'sql', body: 'SELECT 1' })])
    expect(diff(nothing, target).operations).toMatchObject([{ uncheckedBody: true }])
  })

  test('are called by a default after the table whose rows they take', () => {
    const target = schemaOf(
      [routine('f'), table('t', { id: 'integer', n: { default: { sql: 'f()' } } })],
      { 'default:public.t.n': ['routine:public.f()'], 'routine:public.f()': ['table:public.t'] },
    )
    expect(creation(target)).toEqual([
      'createTable t',
      'createRoutine f',
      'alterColumn t.n default',
    ])
    expect(removal(target)).toEqual(['alterColumn t.n default', 'dropRoutine f', 'dropTable t'])
    const [created, , altered] = diff(nothing, target).operations
    expect(created).not.toHaveProperty('table.columns.1.default', { sql: 'f()' })
    expect(altered).toMatchObject({ existing: { name: 'n', default: undefined } })
  })
})

describe('the order as a whole', () => {
  test('begins with schemas and extensions and ends with what stands on tables', () => {
    const target = schemaOf(
      [
        { kind: 'policy', schema: 'app', table: 't', name: 'p' },
        view('v'),
        { kind: 'enum', schema: 'app', name: 'e', values: ['a'] },
        { ...table('t'), schema: 'app' },
        { kind: 'extension', name: 'citext', schema: 'app' },
        { kind: 'schema', name: 'app' },
        sequence('s'),
      ],
      { 'extension:citext': ['schema:app'] },
    )
    expect(creation(target)).toEqual([
      'createSchema app',
      'createExtension citext',
      'createEnum e',
      'createSequence s',
      'createTable t',
      'createView v',
      'createPolicy p',
    ])
    expect(removal(target)).toEqual([
      'dropPolicy p',
      'dropView v',
      'dropTable t',
      'dropSequence s',
      'dropEnum e',
      'dropExtension citext',
      'dropSchema app',
    ])
  })

  test('does not depend on the order in which objects were read', () => {
    const objects = [view('b'), view('a'), table('t'), table('s'), primaryKey('t'), routine('f')]
    const needs = { 'view:public.a': ['view:public.b', 'table:public.t'] }
    const orders = [objects, objects.toReversed()].map(list => creation(schemaOf(list, needs)))
    expect(orders[0]).toEqual(orders[1])
  })

  test('brings before it drops, but for what has to make room', () => {
    const current = schemaOf([table('old'), view('looking'), table('items')], {
      'view:public.looking': ['table:public.old'],
    })
    const target = schemaOf([table('fresh'), view('items')], {
      'view:public.items': ['table:public.fresh'],
    })
    expect(outline(diff(current, target).operations)).toEqual([
      'dropView looking',
      'dropTable items',
      'createTable fresh',
      'createView items',
      'dropTable old',
    ])
  })

  test('names the objects of a circle that nothing can open', () => {
    const target = schemaOf([view('a'), view('b'), view('c')], {
      'view:public.a': ['view:public.b'],
      'view:public.b': ['view:public.a'],
    })
    const attempt = () => diff(nothing, target)
    expect(attempt).toThrow(/view:public\.a.*view:public\.b/)
    try {
      attempt()
    } catch (error) {
      expect(error).toMatchObject({ code: 'OBJECT_CYCLE' } satisfies Partial<LimbeckError>)
      expect((error as LimbeckError).facts.objects).toHaveLength(2)
    }
  })
})
