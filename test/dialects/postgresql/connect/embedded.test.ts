import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import {
  type ConnectEmbeddedOptions,
  connectEmbedded,
} from '../../../../src/dialects/postgresql/connect/embedded.ts'
import { loadEngine } from '../../../../src/dialects/postgresql/connect/embedded-engine.ts'
import { lockDirectory } from '../../../../src/dialects/postgresql/connect/embedded-lock.ts'
import { embeddedCache } from '../../../support/embedded-cache.ts'
import { temporaryRoot } from '../../../support/temporary-root.ts'

const folder = mkdtempSync(join(temporaryRoot(), 'limbeck-embedded-'))
const open: Connection[] = []

afterEach(() => Promise.all(open.splice(0).map(connection => connection.close())))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function connect(options: ConnectEmbeddedOptions = {}): Promise<Connection> {
  const connection = await connectEmbedded({
    cacheDirectory: embeddedCache(),
    extensions: [],
    ...options,
  })
  open.push(connection)
  return connection
}

let directories = 0
const newDirectory = () => join(folder, `database-${++directories}`)

const readLock = (directory: string) => JSON.parse(readFileSync(`${directory}.lock`, 'utf8'))

const writeLock = (directory: string, holder: object) =>
  writeFileSync(`${directory}.lock`, JSON.stringify({ host: hostname(), since: 'then', ...holder }))

test('a place where nothing can be written is told as that', async () => {
  const file = newDirectory()
  writeFileSync(file, '')
  await expect(connect({ directory: join(file, 'database') })).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
    message: expect.stringMatching(/cannot be opened: E[A-Z]+: /),
  })
})

describe('in memory', () => {
  test('is an empty database that knows its version, and searches as a server does', async () => {
    const connection = await connect()
    const { rows } = await connection.query(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('search_path') AS path,
        (SELECT count(*)::int FROM pg_class WHERE oid >= 16384) AS objects`,
    )
    expect(connection).toMatchObject({ dialect: 'postgresql', kind: 'embedded' })
    expect(rows).toEqual([
      { version: connection.serverVersion, path: '"$user", public', objects: 0 },
    ])
  })

  test('takes settings that RESET goes back to', async () => {
    const connection = await connect({ settings: { search_path: 'app, "b c"' } })
    await connection.executeAll(['SET search_path = nowhere', 'RESET ALL'])
    const { rows } = await connection.query(`SELECT current_setting('search_path') AS path`)
    expect(rows).toEqual([{ path: 'app, "b c"' }])
  })

  test('creates every extension that is installed', async () => {
    const connection = await connect({ extensions: undefined })
    const { rows } = await connection.query<{ name: string }>(
      'SELECT name FROM pg_available_extensions WHERE installed_version IS NULL',
    )
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['citext', 'pgcrypto', 'pg_trgm', 'uuid-ossp', 'moddatetime']),
    )
    await connection.executeAll(rows.map(({ name }) => `CREATE EXTENSION "${name}" CASCADE`))
  })

  test('loads only the extensions that are asked for', async () => {
    const connection = await connect({ extensions: ['uuid-ossp', 'refint', 'unknown'] })
    await connection.executeAll(['CREATE EXTENSION "uuid-ossp"', 'CREATE EXTENSION refint'])
    await expect(connection.query('CREATE EXTENSION citext')).rejects.toMatchObject({
      code: '0A000',
    })
  })
})

describe('in a directory', () => {
  test('is there again when it is opened again, and locked while it is open', async () => {
    const directory = newDirectory()
    const first = await connect({ directory })
    expect(readLock(directory)).toMatchObject({ pid: process.pid, host: hostname() })
    await first.executeAll(['CREATE TABLE a (n int)', 'INSERT INTO a VALUES (7)'])
    await first.close()
    expect(existsSync(`${directory}.lock`)).toBe(false)
    const second = await connect({ directory })
    expect((await second.query('SELECT n FROM a')).rows).toEqual([{ n: 7 }])
  })

  test('is refused where this process has it open already', async () => {
    const directory = newDirectory()
    await connect({ directory })
    await expect(connect({ directory })).rejects.toMatchObject({
      code: 'EMBEDDED_IN_USE',
      message: expect.stringContaining(`process ${process.pid} since 20`),
    })
  })

  test('is refused where another process has it open, with its pid and since when', async () => {
    const directory = newDirectory()
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    writeLock(directory, { pid: other.pid, processStart: startOf(other.pid!) })
    try {
      await expect(connect({ directory })).rejects.toMatchObject({
        code: 'EMBEDDED_IN_USE',
        message: `The embedded database in ${directory} is open in process ${other.pid} since then.`,
        facts: { directory, pid: other.pid, since: 'then' },
      })
    } finally {
      other.kill('SIGKILL')
    }
  })

  test('is refused where another machine has it open, with the file to remove', async () => {
    const directory = newDirectory()
    writeLock(directory, { pid: 1, host: 'elsewhere' })
    await expect(connect({ directory })).rejects.toMatchObject({
      code: 'EMBEDDED_IN_USE',
      message: expect.stringContaining('process 1 on elsewhere'),
      hint: expect.stringContaining(`${directory}.lock`),
    })
  })

  test.each([
    ['a process that ended', () => ({ pid: spawnSync(process.execPath, ['-e', '']).pid })],
    ['an earlier process with our pid', () => ({ pid: process.pid, processStart: '1' })],
    [
      'an earlier process with the pid of another',
      () => ({ pid: process.ppid, processStart: '1' }),
    ],
    ['a process that could not even write it', () => ({ pid: 0 })],
  ])('is taken over from %s', async (_, holder) => {
    const directory = newDirectory()
    writeLock(directory, holder())
    const lock = await lockDirectory(directory)
    expect(readLock(directory).pid).toBe(process.pid)
    lock.release()
    expect(existsSync(`${directory}.lock`)).toBe(false)
  })

  test('goes to one of many that want it from a process that ended', async () => {
    const directory = newDirectory()
    writeLock(directory, { pid: spawnSync(process.execPath, ['-e', '']).pid })
    const wanted = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockDirectory(directory)),
    )
    const held = wanted.filter(result => result.status === 'fulfilled')
    expect(held).toHaveLength(1)
    held[0]!.value.release()
  })

  test('is made anew where its maker died on the way', async () => {
    const directory = newDirectory()
    mkdirSync(directory)
    writeFileSync(join(directory, 'PG_VERSION'), '18\n')
    writeLock(directory, { pid: spawnSync(process.execPath, ['-e', '']).pid, isCreating: true })
    const connection = await connect({ directory })
    expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    expect(readLock(directory).isCreating).toBe(false)
  })

  test('is refused, and nothing in it touched, where there are other files', async () => {
    const directory = newDirectory()
    mkdirSync(directory)
    writeFileSync(join(directory, 'notes.txt'), 'mine')
    await expect(connect({ directory })).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    expect(readFileSync(join(directory, 'notes.txt'), 'utf8')).toBe('mine')
    expect(existsSync(`${directory}.lock`)).toBe(false)
  })
})

describe('the snapshot of an empty database', () => {
  const cacheDirectory = join(folder, 'cache')

  /** What a new process says that opens a database; modules are what it does not share with us. */
  async function saidByNewProcess(): Promise<string[]> {
    vi.resetModules()
    const path = '../../../../src/dialects/postgresql/connect/embedded.ts'
    const fresh: { connectEmbedded: typeof connectEmbedded } = await import(path)
    const messages: string[] = []
    const onProgress = (message: string) => messages.push(message)
    const connection = await fresh.connectEmbedded({ cacheDirectory, extensions: [], onProgress })
    await connection.query('SELECT 1')
    await connection.close()
    return messages
  }

  test('is made where there is none that is whole, which says so, and found the next time', async () => {
    const { version } = await loadEngine()
    mkdirSync(cacheDirectory)
    writeFileSync(join(cacheDirectory, `postgresql-${version}.tar`), 'damaged')
    expect(await saidByNewProcess()).toEqual([
      'creating the embedded PostgreSQL (first time, about 3 s)',
    ])
    expect(await saidByNewProcess()).toEqual([])
    expect(readdirSync(cacheDirectory)).toEqual([`postgresql-${version}.tar`])
    expect(process.exitCode).toBeUndefined()
  })
})

/** When a process started; undefined where the system does not say, as in a lock taken there. */
function startOf(pid: number): string | undefined {
  if (!existsSync('/proc/self/stat')) return undefined
  return readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')[19]
}
