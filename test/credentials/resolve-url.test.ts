import { expect, test } from 'vitest'
import { type ConfiguredAddress, resolveUrl } from '../../src/credentials/resolve-url.ts'

const path = '/p/limbeck.config.ts'
const config = (says: Partial<ConfiguredAddress> = {}): ConfiguredAddress => ({
  path,
  url: undefined,
  namesUrl: 'url' in says,
  embedded: undefined,
  ...says,
})

const all = {
  cliUrl: 'postgresql://cli',
  contextUrl: 'postgresql://context',
  config: config({ url: 'postgresql://config', embedded: { directory: '/p/.limbeck' } }),
  env: { DATABASE_URL: 'postgresql://env' },
}

test('the order is --url, context.connect, url of the config, embedded, the environment', () => {
  expect(resolveUrl(all)).toMatchObject({ url: 'postgresql://cli', from: '--url' })
  expect(resolveUrl({ ...all, cliUrl: undefined })).toMatchObject({ url: 'postgresql://context' })
  const places = { ...all, cliUrl: undefined, contextUrl: undefined }
  expect(resolveUrl(places)).toMatchObject({ url: 'postgresql://config', from: `url in ${path}` })
  const embedded = config({ embedded: { directory: '/p/.limbeck' } })
  expect(resolveUrl({ ...places, config: embedded })).toMatchObject({
    kind: 'embedded',
    directory: '/p/.limbeck',
  })
  expect(resolveUrl({ ...places, config: config() })).toMatchObject({
    url: 'postgresql://env',
    from: 'DATABASE_URL',
  })
})

test('a URL that the config names and that came out undefined is not replaced by another variable', () => {
  const places = { config: config({ url: undefined }), env: { DATABASE_URL: 'postgresql://env' } }
  expect(() => resolveUrl(places)).toThrow(
    expect.objectContaining({
      code: 'URL_MISSING',
      message: `There is no database URL. Tried: --url (not given), context.connect({ url }) (not given), url in ${path} (undefined), embedded in the config (unset).`,
      hint: 'The variable that `url` is read from is not set here. Set it, pass --url, or write `embedded: true`. DATABASE_URL would be read without the key `url`.',
    }),
  )
})

test('what `environmentVariables()` in the config has looked for is listed', () => {
  expect(() => resolveUrl({ config: config({ url: undefined }), env: {} })).toThrow(
    'embedded in the config (unset), DATABASE_URL (unset), DB_DATABASE_URL (unset)',
  )
})

test('with nothing set the error lists each place and what was there', () => {
  expect(() => resolveUrl({ config: config(), env: { DB_DATABASE_URL: '' } })).toThrow(
    expect.objectContaining({
      message: `There is no database URL. Tried: --url (not given), context.connect({ url }) (not given), url in ${path} (unset), embedded in the config (unset), DATABASE_URL (unset), DB_DATABASE_URL (empty), POSTGRES_HOST (unset), POSTGRES_USER (unset), POSTGRES_PASSWORD (unset), POSTGRES_DB (unset), DB_HOST (unset), DB_USERNAME (unset), DB_PASSWORD (unset), DB_NAME (unset).`,
    }),
  )
})

test.each([
  ['', 'is empty'],
  ['  ', 'is empty'],
  ['undefined', 'is the word "undefined"'],
])('the URL %j is an error even where another place has one', (url, what) => {
  for (const [places, place] of [
    [{ ...all, cliUrl: url }, '--url'],
    [{ ...all, cliUrl: undefined, contextUrl: url }, 'context.connect({ url })'],
    [{ config: config({ url, embedded: { directory: '/x' } }) }, `url in ${path}`],
    ...(url.trim() === ''
      ? []
      : ([[{ env: { DB_DATABASE_URL: url } }, 'DB_DATABASE_URL']] as const)),
  ] as const) {
    expect(() => resolveUrl(places)).toThrow(
      expect.objectContaining({
        code: 'URL_MISSING',
        message: `There is no database URL: ${place} ${what}.`,
      }),
    )
  }
})

test('a URL of another driver goes through as it is', () => {
  const cliUrl = 'postgresql+psycopg://u:p@h/d'
  expect(resolveUrl({ cliUrl })).toMatchObject({ url: cliUrl })
})
