import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadDotEnv } from '../../src/credentials/dot-env.ts'
import { environmentVariables } from '../../src/credentials/environment-variables.ts'
import { originsOf } from '../../src/credentials/origins.ts'

const folder = mkdtempSync(join(tmpdir(), 'limbeck-env-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const url = (env: Record<string, string>) => environmentVariables({ env })

test('DATABASE_URL comes before DB_DATABASE_URL, and both before the parts', () => {
  const parts = { POSTGRES_USER: 'u', POSTGRES_DB: 'd' }
  expect(url({ DATABASE_URL: 'a', DB_DATABASE_URL: 'b', ...parts })).toBe('a')
  expect(url({ DB_DATABASE_URL: 'b', ...parts })).toBe('b')
  expect(url({ DATABASE_URL: '', DB_DATABASE_URL: 'b' })).toBe('b')
})

test('the parts make a URL, with port 5432 and localhost by default', () => {
  expect(url({ POSTGRES_USER: 'app', POSTGRES_PASSWORD: 'pw', POSTGRES_DB: 'shop' })).toBe(
    'postgresql://app:pw@localhost:5432/shop',
  )
  expect(url({ POSTGRES_USER: 'app', POSTGRES_HOST: 'db', POSTGRES_PORT: '6543' })).toBe(
    'postgresql://app@db:6543/app',
  )
})

test('a URL of parts is read back by the URL parser as the same parts', () => {
  const parts = { POSTGRES_USER: 'a@b', POSTGRES_PASSWORD: 'p/w:#?%é', POSTGRES_DB: 'my db' }
  const parsed = new URL(url(parts) as string)
  expect(decodeURIComponent(parsed.username)).toBe(parts.POSTGRES_USER)
  expect(decodeURIComponent(parsed.password)).toBe(parts.POSTGRES_PASSWORD)
  expect(decodeURIComponent(parsed.pathname)).toBe(`/${parts.POSTGRES_DB}`)
})

test('an IPv6 address and the folder of a socket can be hosts', () => {
  const host = (value: string) => new URL(url({ POSTGRES_HOST: value }) as string).hostname
  expect(host('::1')).toBe('[::1]')
  expect(decodeURIComponent(host('/var/run/postgresql'))).toBe('/var/run/postgresql')
})

test('each variable may name a file that holds its value', () => {
  const env = {
    POSTGRES_USER: 'app',
    POSTGRES_DB: 'shop',
    POSTGRES_PASSWORD_FILE: file('password', 'from file\n'),
  }
  expect(url(env)).toBe('postgresql://app:from%20file@localhost:5432/shop')
  expect(url({ DATABASE_URL_FILE: file('url', 'postgresql://x/y\n') })).toBe('postgresql://x/y')
})

test('a file that cannot be read is an error that names the variable', () => {
  expect(() => url({ POSTGRES_PASSWORD_FILE: join(folder, 'gone') })).toThrow(
    expect.objectContaining({
      code: 'SECRET_UNAVAILABLE',
      message: expect.stringContaining('POSTGRES_PASSWORD_FILE names the file'),
    }),
  )
})

test('no variable gives no URL, nor does a port alone', () => {
  expect(url({})).toBeUndefined()
  expect(url({ POSTGRES_PORT: '5432' })).toBeUndefined()
})

test('the port that Kubernetes sets for a service named postgres is understood', () => {
  expect(url({ POSTGRES_USER: 'u', POSTGRES_PORT: 'tcp://10.0.0.1:5433' })).toContain(':5433/')
})

test.each(['abc', '0', '70000', '54x'])('the port %s is refused', port => {
  expect(() => url({ POSTGRES_USER: 'u', POSTGRES_PORT: port })).toThrow(
    expect.objectContaining({ code: 'VARIABLE_INVALID' }),
  )
})

test('.env fills in what the real environment leaves open', () => {
  file('.env', 'DATABASE_URL=from-file\nexport OTHER="two words" # why\nEMPTY=\n')
  const env: NodeJS.ProcessEnv = { DATABASE_URL: 'real' }
  expect(loadDotEnv(folder, env).toSorted()).toEqual(['EMPTY', 'OTHER'])
  expect(env).toEqual({ DATABASE_URL: 'real', OTHER: 'two words', EMPTY: '' })
})

test('a folder without .env changes nothing', () => {
  const env: NodeJS.ProcessEnv = {}
  expect(loadDotEnv(join(folder, 'gone'), env)).toEqual([])
  expect(env).toEqual({})
})

test('the parts may begin with DB_, after those that begin with POSTGRES_', () => {
  const parts = {
    DB_USERNAME: 'app',
    DB_PASSWORD: 'p@ss',
    DB_HOST: 'db',
    DB_PORT: '5435',
    DB_NAME: 'shop',
  }
  expect(url(parts)).toBe('postgresql://app:p%40ss@db:5435/shop')
  expect(url({ ...parts, POSTGRES_DB: 'other' })).toBe('postgresql://postgres@localhost:5432/other')
  expect(() => url({ ...parts, DB_PORT: 'abc' })).toThrow('DB_PORT is not a port number: abc')
})

test('a prefix is a part of every name', () => {
  const env = { DATABASE_URL: 'other', AUTH_DB_HOST: 'db', AUTH_DB_PASSWORD_FILE: file('pw', 'x') }
  expect(environmentVariables({ env, prefix: 'AUTH_' })).toBe(
    'postgresql://postgres:x@db:5432/postgres',
  )
  expect(environmentVariables({ env, prefix: 'SHOP_' })).toBeUndefined()
})

test('who said each part is remembered', () => {
  const path = file('pw', 'secret-word')
  const made = url({ POSTGRES_USER: 'u', POSTGRES_HOST: 'h', POSTGRES_PASSWORD_FILE: path })
  expect(originsOf(made as string)).toEqual({
    host: 'POSTGRES_HOST',
    port: 'by default',
    database: 'POSTGRES_USER',
    user: 'POSTGRES_USER',
    password: `POSTGRES_PASSWORD_FILE (${path})`,
  })
  expect(originsOf(url({ DATABASE_URL: 'postgresql://x/y' }) as string)?.host).toBe('DATABASE_URL')
})
