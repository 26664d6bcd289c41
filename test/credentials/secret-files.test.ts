import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localSecretFile } from '../../src/credentials/local-secret-file.ts'
import { mountedSecrets } from '../../src/credentials/mounted-secrets.ts'
import { takeNotices } from '../../src/credentials/notices.ts'
import { originsOf } from '../../src/credentials/origins.ts'
import { withoutSecrets } from '../../src/credentials/without-secrets.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  }
}

describe('mounted secrets', () => {
  const parts = {
    username: 'app',
    password: 'p@ss/w:%\n',
    host: 'db',
    port: '5433',
    dbname: 'shop',
  }

  test('are files with one part each, as Kubernetes mounts a Secret', () => {
    write(parts)
    expect(mountedSecrets(folder)).toBe('postgresql://app:p%40ss%2Fw%3A%25@db:5433/shop')
  })

  test('may be named as variables are', () => {
    write({ DB_USERNAME: 'app', db_password: 'pw', DB_HOST: 'db', db_name: 'shop' })
    expect(mountedSecrets(folder)).toBe('postgresql://app:pw@db:5432/shop')
  })

  test('may be one whole URL', () => {
    write({ ...parts, url: 'postgresql://a:b@h/d\n' })
    expect(mountedSecrets(folder)).toBe('postgresql://a:b@h/d')
  })

  test('leave to options what has no file', () => {
    write({ username: 'app', password: 'pw' })
    const url = mountedSecrets(folder, { host: 'postgres', database: 'auth' })
    expect(url).toBe('postgresql://app:pw@postgres:5432/auth')
    expect(originsOf(url as string)).toEqual({
      user: join(folder, 'username'),
      password: join(folder, 'password'),
      host: 'the option host',
      port: 'by default',
      database: 'the option database',
    })
  })

  test('are none without a folder, or without a password in it', () => {
    expect(mountedSecrets(join(folder, 'gone'))).toBeUndefined()
    write({ username: 'app', host: 'db', api_key: 'of something else' })
    expect(mountedSecrets(folder)).toBeUndefined()
  })

  test('are not read where nobody connects', async () => {
    write(parts)
    expect(await withoutSecrets(async () => mountedSecrets(folder))).toBeUndefined()
  })

  test.each([
    [{ password: 'hush-hush' }, 'has no file for the user'],
    [{ password: 'hush-hush', username: 'app' }, 'has no file for the host'],
    [{ ...parts, port: 'hush-hush' }, 'port is not a port: a number from 1 to 65535'],
    [{ url: 'hush-hush' }, 'url holds no URL'],
  ])('that make no URL are refused without being shown: %j', (files, what) => {
    write(files)
    expect(() => mountedSecrets(folder)).toThrow(
      expect.objectContaining({
        code: 'SECRET_INVALID',
        message: expect.stringMatching(new RegExp(`${what}\\.$`)),
      }),
    )
    expect(() => mountedSecrets(folder)).not.toThrow(/hush/)
  })

  test('that cannot be read say which file and why', () => {
    write({ ...parts })
    mkdirSync(join(folder, 'uri'))
    expect(() => mountedSecrets(folder)).toThrow(`${join(folder, 'uri')} cannot be read (EISDIR).`)
  })
})

describe('a local secret file', () => {
  const json = JSON.stringify({ username: 'app', password: 'p@ss', host: 'localhost', port: 5435 })

  test('holds what the secret would', () => {
    write({ 'db.json': json, 'db.txt': 'postgresql://a:b@h/d\n' })
    expect(localSecretFile(join(folder, 'db.json'), { database: 'auth' })).toBe(
      'postgresql://app:p%40ss@localhost:5435/auth',
    )
    expect(localSecretFile(join(folder, 'db.txt'))).toBe('postgresql://a:b@h/d')
    expect(localSecretFile(join(folder, 'gone.json'))).toBeUndefined()
  })

  test.skipIf(process.platform === 'win32')('that everybody can read is warned of, once', () => {
    write({ 'db.json': json })
    const path = join(folder, 'db.json')
    takeNotices()
    localSecretFile(path)
    expect(takeNotices()).toEqual([])
    chmodSync(path, 0o644)
    localSecretFile(path)
    localSecretFile(path)
    expect(takeNotices()).toEqual([expect.stringContaining(`chmod 600 ${path}`)])
  })

  test.each([
    ['hush-hush', 'is neither a URL nor a JSON object'],
    ['{"username": "app", "host": "hush-hush"}', 'has no password'],
    ['{"username": "app", "password": "hush-hush", "host": "h", "port": "abc"}', 'has a port'],
  ])('that is no address is refused without being shown: %s', (text, what) => {
    write({ 'db.json': text })
    const read = () => localSecretFile(join(folder, 'db.json'))
    expect(read).toThrow(
      expect.objectContaining({
        code: 'SECRET_INVALID',
        message: expect.stringContaining(`${join(folder, 'db.json')} ${what}`),
      }),
    )
    expect(read).not.toThrow(/hush/)
  })
})
