import { getEventListeners } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Connection } from '../../src/dialects/dialect.ts'
import { loadConnection } from '../../src/dialects/load-connection.ts'
import type { ScratchOptions } from '../../src/scratch/backing.ts'
import { openScratch, type ScratchDatabase } from '../../src/scratch/scratch.ts'
import { eachServer, type ServerUnderTest } from '../support/each-server.ts'
import { embeddedCache } from '../support/embedded-cache.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function connect(url: string): Promise<Connection> {
  const connection = await loadConnection('postgresql', { kind: 'url', url })
  opened.push(connection)
  return connection
}

async function scratch(options: Partial<ScratchOptions>): Promise<ScratchDatabase> {
  const database = await openScratch({
    dialect: 'postgresql',
    cacheDirectory: embeddedCache(),
    extensions: [],
    ...options,
  })
  opened.push(database)
  return database
}

async function read(connection: Connection, expression: string): Promise<unknown> {
  return (await connection.query(`SELECT ${expression} AS value`)).rows[0]?.value
}

const tables = (connection: Connection) =>
  read(
    connection,
    `ARRAY(SELECT relname::text FROM pg_class WHERE relkind = 'r' AND oid >= 16384 ORDER BY 1)`,
  )

const scratchDatabases = (connection: Connection) =>
  read(
    connection,
    `ARRAY(SELECT datname::text FROM pg_database WHERE datname ~ '^limbeck_scratch')`,
  )

/** What every kind promises. */
function promises(open: () => Promise<ScratchDatabase>): void {
  test('a rehearsal leaves nothing, whether it works or fails', async () => {
    const { rehearse, connection } = await bound(open)
    const seen = await rehearse(async connection => {
      await connection.executeAll(['CREATE TABLE a (n int)', 'SET search_path = nowhere'])
      return tables(connection)
    })
    expect(seen).toEqual(['a'])
    await expect(
      rehearse(async connection => {
        await connection.query('CREATE TABLE b (n int)')
        await connection.query('nonsense')
      }),
    ).rejects.toMatchObject({ code: '42601' })
    expect(await tables(connection)).toEqual([])
    expect(await read(connection, `current_setting('search_path')`)).not.toBe('nowhere')
  })

  test('closes twice without complaint', async () => {
    const database = await open()
    await database.close()
    await database.close()
  })
}

async function bound(open: () => Promise<ScratchDatabase>) {
  const database = await open()
  return { rehearse: database.rehearse.bind(database), connection: database.connection }
}

eachServer('on the server', under => {
  let current: TestDatabase

  beforeAll(async () => {
    current = await under.createDatabase('scratch')
  })

  const open = async (options: Partial<ScratchOptions> = {}) => {
    const { url } = current
    return scratch({ mode: 'server', current: { connection: await connect(url), url }, ...options })
  }

  promises(open)

  test('is a database of its own, gone when closed', async () => {
    const connection = await connect(current.url)
    const database = await open()
    const name = await read(database.connection, 'current_database()')
    expect(database).toMatchObject({ kind: 'server', serverVersion: connection.serverVersion })
    expect(await scratchDatabases(connection)).toContain(name)
    await database.connection.query('CREATE TABLE a (n int)')
    await database.close()
    expect(await scratchDatabases(connection)).not.toContain(name)
  })

  test('has the encoding and locale of the current database', async () => {
    const twin = await createTwin(under)
    try {
      const connection = await connect(twin.url)
      const database = await scratch({ mode: 'server', current: { connection, url: twin.url } })
      const locale = `(SELECT to_jsonb(d) - ARRAY['oid', 'datname', 'datacl', 'datfrozenxid', 'datminmxid', 'datconnlimit']
        FROM pg_database d WHERE datname = current_database())`
      expect(await read(database.connection, locale)).toEqual(await read(connection, locale))
      await database.close()
    } finally {
      await closeAll()
      await twin.drop()
    }
  })
})

/** A database whose encoding and locale are not the server's own: ICU or the built-in one where there is. */
async function createTwin(under: ServerUnderTest): Promise<TestDatabase> {
  const provider =
    under.major >= 17
      ? `LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`
      : under.major >= 16
        ? `LOCALE_PROVIDER icu ICU_LOCALE 'de-u-kn' ICU_RULES '&a < b'`
        : under.major >= 15
          ? `LOCALE_PROVIDER icu ICU_LOCALE 'de-u-kn'`
          : ''
  const encoding = provider === '' ? 'SQL_ASCII' : 'UTF8'
  const server = await under.server()
  const name = `limbeck_test_twin_${process.pid}_${under.major}`
  const admin = await connect(server.url)
  await admin.query(
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING ${encoding} LC_COLLATE 'POSIX' LC_CTYPE 'POSIX' ${provider}`,
  )
  return {
    name,
    url: Object.assign(new URL(server.url), { pathname: name }).href,
    drop: async () => {
      const admin = await connect(server.url)
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close()
}

describe('on the server', () => {
  let current: TestDatabase

  beforeAll(async () => {
    current = await (await postgresServer()).createDatabase('settings')
    const connection = await loadConnection('postgresql', { kind: 'url', url: current.url })
    await connection.query('CREATE TABLE untouched (n int)')
    await connection.query(`ALTER DATABASE ${current.name} SET search_path = app, "$user", "b c"`)
    await connection.query(`ALTER DATABASE ${current.name} SET timezone = 'Europe/Berlin'`)
    await connection.query(`ALTER DATABASE ${current.name} SET log_min_messages = 'error'`)
    await connection.close()
  })

  afterAll(() => current.drop())

  test('has the settings of the current database, and goes back to them', async () => {
    const { url } = current
    const database = await scratch({
      mode: 'server',
      current: { connection: await connect(url), url },
    })
    await database.connection.executeAll([`SET timezone = 'UTC'`, 'RESET ALL'])
    const values = []
    for (const name of ['search_path', 'timezone', 'log_min_messages']) {
      values.push(await read(database.connection, `current_setting('${name}')`))
    }
    expect(values).toEqual(['app, "$user", "b c"', 'Europe/Berlin', 'error'])
    await database.close()
  })

  test('sweeps what killed runs left, and nothing else', async () => {
    const { url } = current
    const connection = await connect(url)
    const now = Number(await read(connection, 'extract(epoch FROM now())::bigint'))
    const left = `limbeck_scratch_${now - 700}_00000001`
    const young = `limbeck_scratch_${now - 500}_00000002`
    const used = `limbeck_scratch_${now - 700}_00000003`
    const others = `limbeck_scratch_${now - 700}_mine`
    for (const name of [left, young, used, others])
      await connection.query(`CREATE DATABASE ${name}`)
    const session = await loadConnection('postgresql', { kind: 'url', url }, { database: used })
    try {
      const database = await scratch({ mode: 'server', current: { connection, url } })
      await database.close()
      const names = await scratchDatabases(connection)
      expect(names).toEqual(expect.arrayContaining([young, used, others]))
      expect(names).not.toContain(left)
    } finally {
      await session.close()
      for (const name of [young, used, others]) await connection.query(`DROP DATABASE ${name}`)
    }
  })

  test('does nothing more when the command is told to end, and is dropped', async () => {
    const { url } = current
    const connection = await connect(url)
    const controller = new AbortController()
    const { signal } = controller
    const open = () => scratch({ mode: 'server', current: { connection, url }, signal })
    const database = await open()
    const name = await read(database.connection, 'current_database()')
    const rehearsed = database.rehearse(session => session.query('SELECT pg_sleep(600)'))
    const ended = expect(rehearsed).rejects.toThrow('interrupted')
    controller.abort()
    await ended
    await expect(database.connection.query('SELECT 1')).rejects.toThrow('interrupted')
    await database.close()
    expect(await scratchDatabases(connection)).not.toContain(name)
    await expect(open()).rejects.toThrow('Interrupted')
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('embedded', () => {
  promises(() => scratch({ mode: 'embedded' }))

  test('searches where the current database does, and knows the roles it names', async () => {
    const current = await (await postgresServer()).createDatabase('roles')
    const connection = await connect(current.url)
    await connection.executeAll([
      'CREATE ROLE "Reader of scratch"',
      'CREATE TABLE a (n int)',
      'CREATE POLICY p ON a TO "Reader of scratch"',
    ])
    try {
      await connection.query(`ALTER DATABASE ${current.name} SET search_path = app, public`)
      const again = await connect(current.url)
      const database = await scratch({
        mode: 'embedded',
        current: { connection: again, url: current.url },
      })
      expect(await read(database.connection, `current_setting('search_path')`)).toBe('app, public')
      await database.connection.executeAll([
        'CREATE TABLE public.a (n int)',
        'CREATE POLICY p ON public.a TO "Reader of scratch"',
      ])
    } finally {
      await connection.executeAll(['DROP TABLE a', 'DROP ROLE "Reader of scratch"'])
      await closeAll()
      await current.drop()
    }
  })

  test('keeps the roles that a rehearsal made', async () => {
    const database = await scratch({ mode: 'embedded' })
    await database.rehearse(connection => connection.query('CREATE ROLE app'))
    await database.rehearse(connection =>
      connection.executeAll(['CREATE TABLE a (n int)', 'CREATE POLICY p ON a TO app']),
    )
  })
})

describe('given by its URL', () => {
  let given: TestDatabase

  beforeAll(async () => {
    given = await (await postgresServer()).createDatabase('given')
  })

  afterAll(() => given.drop())

  const open = (options: Partial<ScratchOptions> = {}) =>
    scratch({ mode: { url: given.url }, ...options })

  promises(open)

  test('is left empty, whatever was in it', async () => {
    const database = await open()
    await database.connection.executeAll([
      'CREATE SCHEMA app',
      `CREATE TYPE app.mood AS ENUM ('ok')`,
      'CREATE TABLE parent (id int PRIMARY KEY, mood app.mood) PARTITION BY RANGE (id)',
      'CREATE TABLE child PARTITION OF parent FOR VALUES FROM (1) TO (2)',
      'CREATE TABLE app.other (id serial REFERENCES parent)',
      'CREATE VIEW v AS SELECT * FROM app.other',
      `CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      `CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'`,
      'CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int)',
      'CREATE DOMAIN positive AS int CHECK (VALUE > 0)',
      'CREATE SEQUENCE s',
      'CREATE STATISTICS st ON id, mood FROM parent',
      'CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq)',
      'CREATE COLLATION c (lc_collate = "C", lc_ctype = "C")',
      'CREATE TEXT SEARCH CONFIGURATION ts (COPY = simple)',
      'CREATE CAST (int AS app.mood) WITH INOUT',
    ])
    await database.close()
    const after = await connect(given.url)
    const count = '(SELECT count(*)::int FROM pg_depend WHERE objid >= 16384)'
    expect(await read(after, count)).toBe(0)
  })

  test('is left empty where a transaction was under way', async () => {
    const database = await open()
    await database.connection.query('CREATE TABLE a (n int)')
    await database.connection.query('BEGIN')
    await database.connection.query('nonsense').catch(() => {})
    await database.close()
    expect(await tables(await connect(given.url))).toEqual([])
  })

  test('that cannot be reached is not taken for the database itself', async () => {
    const url = 'postgresql://app@127.0.0.1:1/shop'
    await expect(scratch({ mode: { url } })).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
      message:
        'The scratch database cannot be reached: Nothing accepts connections on 127.0.0.1:1.',
      hint: expect.stringContaining('Start the server'),
    })
  })

  test('is refused, and nothing in it touched, where it is not empty', async () => {
    const connection = await connect(given.url)
    await connection.query('CREATE TABLE mine (n int)')
    try {
      await expect(open()).rejects.toMatchObject({
        code: 'SCRATCH_NOT_EMPTY',
        message: 'The scratch database is not empty: it has table public.mine.',
      })
      expect(await tables(connection)).toEqual(['mine'])
    } finally {
      await connection.query('DROP TABLE mine')
    }
  })

  test('is refused where it is the database itself', async () => {
    const connection = await connect(given.url)
    await expect(open({ current: { connection, url: given.url } })).rejects.toMatchObject({
      code: 'SCRATCH_UNAVAILABLE',
      message: expect.stringContaining('names the database itself'),
    })
  })

  test('serves one process at a time, and the next one waits', async () => {
    const first = await open()
    await expect(open({ patience: 0 })).rejects.toMatchObject({
      code: 'SCRATCH_IN_USE',
      message: expect.stringMatching(/used by session \d+ \(limbeck scratch\) since 20/),
    })
    const messages: string[] = []
    const waiting = open({ onProgress: message => messages.push(message) })
    await vi.waitFor(() => expect(messages).toHaveLength(1))
    await first.close()
    expect((await waiting).kind).toBe('url')
  })
})

describe('without a place named', () => {
  test('is on the server where the role may create databases', async () => {
    const { url } = await postgresServer()
    expect((await scratch({ current: { connection: await connect(url), url } })).kind).toBe(
      'server',
    )
  })

  test('is embedded where the role may not, and says why it is refused where it has to be there', async () => {
    const server = await postgresServer()
    const admin = await connect(server.url)
    await admin.query(`CREATE ROLE humble LOGIN PASSWORD 'cinnabar'`)
    try {
      const url = Object.assign(new URL(server.url), {
        username: 'humble',
        password: 'cinnabar',
      }).href
      const current = { connection: await connect(url), url }
      expect((await scratch({ current })).kind).toBe('embedded')
      await expect(scratch({ mode: 'server', current })).rejects.toMatchObject({
        code: 'SCRATCH_UNAVAILABLE',
        message: expect.stringContaining('The role "humble" may not create databases.'),
        hint: expect.stringContaining('ALTER ROLE "humble" CREATEDB'),
      })
    } finally {
      await closeAll()
      await (await connect(server.url)).query('DROP ROLE humble')
    }
  })

  test.each([
    ['has its sessions', `CREATEDB CONNECTION LIMIT 1`, 'too many connections for role'],
    ['may create databases, and has one session left', `CREATEDB CONNECTION LIMIT 2`, undefined],
  ])('where the role %s', async (_, rights, reason) => {
    const server = await postgresServer()
    const admin = await connect(server.url)
    await admin.query(`CREATE ROLE limited LOGIN PASSWORD 'cinnabar' ${rights}`)
    try {
      const url = Object.assign(new URL(server.url), {
        username: 'limited',
        password: 'cinnabar',
      }).href
      const current = { connection: await connect(url), url }
      if (reason === undefined) {
        expect((await scratch({ current })).kind).toBe('server')
      } else {
        expect((await scratch({ current })).kind).toBe('embedded')
        await expect(scratch({ mode: 'server', current })).rejects.toMatchObject({
          code: 'SCRATCH_UNAVAILABLE',
          message: expect.stringContaining(reason),
          hint: expect.stringMatching(/more sessions.*embedded.*scratchUrl/),
        })
      }
    } finally {
      await closeAll()
      await (await connect(server.url)).query('DROP ROLE limited')
    }
  })

  test('is embedded where the current database is', async () => {
    const connection = await loadConnection(
      'postgresql',
      { kind: 'embedded' },
      { cacheDirectory: embeddedCache(), extensions: [] },
    )
    opened.push(connection)
    expect((await scratch({ current: { connection } })).kind).toBe('embedded')
  })

  test('is an error where it is turned off', async () => {
    await expect(scratch({ mode: 'none' })).rejects.toMatchObject({ code: 'SCRATCH_UNAVAILABLE' })
  })
})
