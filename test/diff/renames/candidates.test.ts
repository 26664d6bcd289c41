import { describe, expect, test } from 'vitest'
import { diff } from '../../../src/diff/diff.ts'
import { renameCandidates } from '../../../src/diff/renames/candidates.ts'
import { changesOf } from '../../../src/diff/renames/changes.ts'
import { close, closeness } from '../../../src/diff/renames/closeness.ts'
import { type RenameKind, renamableObjects } from '../../../src/operations/rename-words.ts'
import type { Column, SchemaObject } from '../../../src/schema/index.ts'
import { schemaOf } from '../schemas.ts'

/** A column by its name and type: `nick varchar(50)`. */
function column(text: string): Column {
  const [name = '', ...type] = text.split(' ')
  return { name, type: type.join(' '), notNull: false }
}

const table = (name: string, columns: string, rest: object = {}): SchemaObject => ({
  kind: 'table',
  schema: 'public',
  name,
  columns: columns.split(', ').map(column),
  ...rest,
})

const everything = new Set<RenameKind>([...renamableObjects, 'column', 'enumValue'])

/** What may have been what, the likeliest first. */
function candidates(
  before: readonly SchemaObject[],
  after: readonly SchemaObject[],
): readonly string[] {
  const [current, target] = [schemaOf(before), schemaOf(after)]
  const changes = changesOf(diff(current, target).operations, current, target)
  return renameCandidates(changes, current, target, everything).map(
    ({ rename: { of, from, to } }) => `${of === undefined ? '' : `${of}.`}${from}=${to}`,
  )
}

describe('a column', () => {
  test.each<[string, string, readonly string[]]>([
    ['id integer, nick text', 'id integer, nickname text', ['t.nick=nickname']],
    ['id integer, createdAt date', 'created_at date, id integer', ['t.createdAt=created_at']],
    ['a text, b integer', 'a text, z integer', ['t.b=z']],
    ['a varchar(20), b integer', 'b integer, a_name varchar(50)', ['t.a=a_name']],
    ['id integer, nick text', 'id integer, age integer', []],
    ['id integer, a text, b text', 'id integer, first text, b2 text', ['t.b=b2', 't.a=first']],
  ])('of %s is found in %s', (before, after, found) => {
    expect(candidates([table('t', before)], [table('t', after)])).toEqual(found)
  })

  test('is a candidate within its table alone', () => {
    expect(
      candidates(
        [table('a', 'x integer, note text'), table('b', 'x integer')],
        [table('a', 'x integer'), table('b', 'x integer, note2 text')],
      ),
    ).toEqual([])
  })

  test('is known by what it refers to', () => {
    const key = (name: string): SchemaObject => ({
      kind: 'constraint',
      type: 'foreignKey',
      schema: 'public',
      table: 't',
      name: `${name}_fkey`,
      columns: [name],
      references: { schema: 'public', table: 'orgs', columns: ['id'] },
    })
    const orgs = table('orgs', 'id integer')
    const before = [orgs, table('t', 'firm integer, n integer, x text'), key('firm')]
    const after = [orgs, table('t', 'x text, a integer, org integer'), key('org')]
    expect(candidates(before, after)[0]).toBe('t.firm=org')
  })
})

describe('a table', () => {
  test('is found by the columns that it shares', () => {
    const columns = 'id integer, name text, age integer'
    expect(candidates([table('users', columns)], [table('people', columns)])).toEqual([
      'users=people',
    ])
    expect(
      candidates([table('users', columns)], [table('people', 'id bigint, name text, born date')]),
    ).toEqual(['users=people'])
    expect(candidates([table('users', columns)], [table('rooms', 'id uuid, floor text')])).toEqual(
      [],
    )
  })

  test('that is a partition is another partition only with the same bounds', () => {
    const parent = table('p', 'a integer', { partitionBy: 'RANGE (a)' })
    const part = (name: string, to: number) =>
      table(name, 'a integer', {
        partitionOf: {
          parent: { schema: 'public', name: 'p' },
          bounds: `FOR VALUES FROM (0) TO (${to})`,
        },
      })
    expect(candidates([parent, part('p1', 9)], [parent, part('p2', 8)])).toEqual([])
    expect(candidates([parent, part('p1', 9)], [parent, part('p2', 9)])).toEqual(['p1=p2'])
  })
})

test('a value of an enum is found by its place or its letters', () => {
  const status = (...values: readonly string[]): SchemaObject => ({
    kind: 'enum',
    schema: 'public',
    name: 'status',
    values,
  })
  expect(candidates([status('open', 'done')], [status('active', 'done')])).toEqual([
    'status.open=active',
  ])
  expect(candidates([status('a', 'cancelled', 'z')], [status('canceled', 'a', 'b', 'z')])).toEqual([
    'status.cancelled=canceled',
  ])
})

test.each([
  ['nick', 'nickname', true],
  ['createdAt', 'created_at', true],
  ['user_id', 'owner_id', true],
  ['email', 'e_mail', true],
  ['name', 'age', false],
  ['a', 'ab', false],
  ['id', 'valid', false],
])('%s and %s are close: %s', (a, b, isClose) => {
  expect(closeness(a, b) >= close).toBe(isClose)
  expect(closeness(b, a)).toBe(closeness(a, b))
})
