import { expect, test } from 'vitest'
import { maskUrl, redact, rememberSecrets } from '../../src/credentials/secrets.ts'

test.each([
  ['postgresql://app:hush@db:5432/shop', 'postgresql://app:***@db:5432/shop'],
  ['postgresql+psycopg://app:p@ss/word@db/shop', 'postgresql+psycopg://app:***@db/shop'],
  ['postgresql://:hush@db/shop', 'postgresql://:***@db/shop'],
  ['postgresql://db/shop?user=a&password=hush&x=1', 'postgresql://db/shop?user=a&password=***&x=1'],
  ['postgresql://app@db/shop', 'postgresql://app@db/shop'],
  ['postgresql://db:5432/shop', 'postgresql://db:5432/shop'],
])('%s is shown as %s', (url, shown) => {
  expect(maskUrl(url)).toBe(shown)
})

test('a URL inside a sentence is masked, each of several by itself', () => {
  expect(redact('from postgres://a:one@h/d to "postgres://b:two@h/d"; mail me@example.org')).toBe(
    'from postgres://a:***@h/d to "postgres://b:***@h/d"; mail me@example.org',
  )
})

test('a remembered password is masked wherever it stands, as the URL spells it and decoded', () => {
  rememberSecrets('postgresql://app:tr%40ub4dor%3F@db/shop')
  expect(redact('login failed with tr@ub4dor?, tr%40ub4dor%3F')).toBe('login failed with ***, ***')
})

test('a password is masked as a word, not inside another', () => {
  rememberSecrets('postgresql://app:order@db/shop')
  expect(redact('order of orders: (order)')).toBe('*** of orders: (***)')
})

test('a password that equals a public part of the URL masks nothing else', () => {
  rememberSecrets('postgresql://postgres:postgres@localhost:5432/postgres')
  rememberSecrets('postgresql://app:warehouse@h/warehouse')
  expect(redact('postgres at warehouse')).toBe('postgres at warehouse')
  expect(redact('postgresql://postgres:postgres@h')).toBe('postgresql://postgres:***@h')
})

test('a password in the query is remembered too', () => {
  rememberSecrets('postgresql://db/shop?user=app&password=sesame99')
  expect(redact('sesame99!')).toBe('***!')
})
