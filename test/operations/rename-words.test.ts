import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRenameWords, renameWords } from '../../src/operations/rename-words.ts'

test.each([
  ['users=people', undefined, ['users'], 'people'],
  ['users.nick=nickname', undefined, ['users', 'nick'], 'nickname'],
  ['auth.users.nick = nickname', undefined, ['auth', 'users', 'nick'], 'nickname'],
  ['auth.users=auth.people', undefined, ['auth', 'users'], 'people'],
  ['column:users.nick=nickname', 'column', ['users', 'nick'], 'nickname'],
  ['function:f=g', 'routine', ['f'], 'g'],
  [`status.'on hold'=waiting`, 'enumValue', ['status', 'on hold'], 'waiting'],
  [`status.'it''s'='a=b'`, 'enumValue', ['status', `it's`], 'a=b'],
  ['"My Table"."a.b"="c""d"', undefined, ['My Table', 'a.b'], 'c"d'],
  ['order lines=items', undefined, ['order lines'], 'items'],
])('the words %s are read', (text, kind, path, to) => {
  expect(readRenameWords(text)).toEqual({ kind, path, to, text })
})

test.each(['users', 'users=', '=people', 'a=b=c', 'nonsense:a=b', 'a..b=c', '"a=b', ''])(
  '%j is no rename',
  text => {
    expect(readRenameWords(text)).toBeUndefined()
  },
)

test('a schema before the new name alone is where a table moves to', () => {
  expect(readRenameWords('users=auth.people')).toMatchObject({
    path: ['users'],
    to: 'people',
    toSchema: 'auth',
  })
  expect(readRenameWords('users.nick=users.name')).not.toHaveProperty('toSchema')
})

test('what is written can be read again', () => {
  const name = fc.string({ minLength: 1 })
  fc.assert(
    fc.property(name, name, name, fc.constantFrom('column', 'enumValue'), (of, from, to, kind) => {
      const words = renameWords({ kind, schema: 's', of, from, to } as never, 'public')
      expect(readRenameWords(words)).toMatchObject({ path: ['s', of, from], to })
    }),
  )
})
