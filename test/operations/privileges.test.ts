import { expect, test } from 'vitest'
import type { Op } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import { reverse } from '../../src/operations/reverse.ts'

test.each<[string, (op: Op) => void, RegExp]>([
  [
    'no privilege',
    op => op.grant([], { on: { table: 't' }, to: 'a' }),
    /privileges is an empty list/,
  ],
  [
    'an unknown one',
    op => op.grant('read' as never, { on: { table: 't' }, to: 'a' }),
    /privileges is 'read', which it does not know/,
  ],
  ['nothing it is on', op => op.grant('select', { to: 'a' } as never), /its option on is missing/],
  [
    'two things',
    op => op.grant('select', { on: { table: 't', schema: 's' } as never, to: 'a' }),
    /is \{ table, schema \}/,
  ],
  [
    'an unknown kind',
    op => op.grant('select', { on: { view: 'v' } as never, to: 'a' }),
    /is \{ view \}/,
  ],
  [
    'a name that is none',
    op => op.grant('select', { on: { table: '' }, to: 'a' }),
    /name of the table is an empty text/,
  ],
  [
    'nobody',
    op => op.grant('select', { on: { table: 't' }, to: [] }),
    /its option to is an empty list/,
  ],
  [
    'a role that is none',
    op => op.revoke('select', { on: { table: 't' }, from: ['a', 5 as never] }),
    /its option from\[1\] is 5, not a name/,
  ],
  ['no new owner', op => op.alterOwner('table', 't', {} as never), /its option to is missing/],
])('a privilege is refused with %s', (_, script, message) => {
  expect(() => record(script)).toThrow(
    expect.objectContaining({
      code: 'DECLARATION_INVALID',
      message: expect.stringMatching(message),
    }),
  )
})

test('what is revoked comes back as it was held', () => {
  const back = (script: (op: Op) => void) => record(script).flatMap(reverse)
  const on = { kind: 'table', name: 't' } as const
  const given = { kind: 'grant', privileges: ['select'], on, to: ['a'] }
  expect(back(op => op.revoke('select', { on: { table: 't' }, from: 'a', cascade: true }))).toEqual(
    [given],
  )
  expect(
    back(op => op.revoke('select', { on: { table: 't' }, from: 'a', grantOptionOnly: true })),
  ).toEqual([{ ...given, withGrantOption: true }])
  expect(() => back(op => op.alterOwner('table', 't', { to: 'a' }))).toThrow(
    'it has no `existing`.',
  )
})
