import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { doctor } from '../../src/commands/doctor.ts'
import { ensureVersion } from '../../src/commands/ensure-version.ts'
import type { DoctorFinding, DoctorResult } from '../../src/commands/results/doctor.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { limbeckIn } from '../support/command-line.ts'
import { notRun } from '../support/each-server.ts'
import { shareEmbeddedCache } from '../support/embedded-cache.ts'
import { missingPgbouncer, type PgbouncerProcess, startPgbouncer } from '../support/pgbouncer.ts'
import { type PostgresProcess, serverPassword } from '../support/postgres-process.ts'
import { createProject, type TestProject } from '../support/project.ts'
import {
  postgresServer,
  privateServer,
  queryOnce,
  type TestDatabase,
  testServerAt,
} from '../support/servers.ts'
import { missingStandby, startStandby } from '../support/standby.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('doctor')
  project = createProject(database.url)
  project.write(
    'migrations/env.ts',
    `import { integer, table } from 'limbeck'
export const target = () => table('one', { id: integer() })
`,
  )
  project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string, url = database.url) => queryOnce<T>(url, sql)
const migrate = () => upgrade({ ...project.input, revision: 'head' })

/** No finding shows the password, wherever it was said. */
function expectNoPassword(result: unknown): void {
  expect(JSON.stringify(result)).not.toContain(serverPassword)
}

async function examine(url?: string): Promise<DoctorResult> {
  const result = await doctor({ ...project.input, url })
  expectNoPassword(result)
  return result
}

const about = ({ findings }: DoctorResult, check: string): readonly DoctorFinding[] =>
  findings.filter(finding => finding.check === check)

const serious = ({ findings }: DoctorResult) =>
  findings.filter(({ status }) => status === 'warning' || status === 'problem')

/** What a check found, where that is one thing. */
async function finding(check: string, url?: string): Promise<DoctorFinding> {
  const found = about(await examine(url), check)
  expect(found, check).toHaveLength(1)
  return found[0]!
}

describe('a healthy project', () => {
  test('has no warnings and no problems, before its first run and after it', async () => {
    const before = await examine()
    expect(serious(before)).toEqual([])
    expect(about(before, 'revisions')[0]!.fix).toBe('limbeck upgrade head')
    await migrate()
    const after = await examine()
    expect(serious(after)).toEqual([])
    expect(after.isHealthy).toBe(true)
    expect(about(after, 'revisions')[0]!.message).toBe('The database is at a1.')
    expect(about(after, 'ledger')[0]!.message).toContain('upgrade of a1')
  })

  test('is looked at in every place, each of which says its status', async () => {
    const { findings, counts } = await examine()
    const checks = new Set(findings.map(({ check }) => check))
    expect([...checks]).toEqual([
      ...['installation', 'config', 'revision files', 'env.ts', 'driver', 'target'],
      ...['connection', 'database', 'writing', 'rights', 'pooler', 'server version', 'encoding'],
      ...['clock', 'search_path', 'extensions', 'timeouts', 'version table', 'ledger'],
      ...['invalid indexes', 'constraints', 'open transactions', 'prepared transactions'],
      ...['revisions', 'half-done revisions', 'run lock', 'scratch database'],
    ])
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    expect(total).toBe(findings.length)
  })

  test('is left as it is', async () => {
    await examine()
    expect(await query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
  })

  test('is one page on the command line, and status 0', async () => {
    const { status, stdout, stderr } = await limbeckIn(project.folder, ['doctor'])
    expect(status).toBe(0)
    expectNoPassword([stdout, stderr])
    expect(stdout).toMatch(/^ok +server version +PostgreSQL \d+/m)
    expect(stdout).toMatch(/^0 problems, 0 warnings, \d notes?, \d+ ok$/m)
    expect(stdout.split('\n').length).toBeLessThan(60)
  })

  test('says where the URL came from', async () => {
    project.write('limbeck.config.ts', 'export default {}\n')
    const env = { DATABASE_URL: database.url }
    const { stdout } = await limbeckIn(project.folder, ['doctor'], env)
    expect(stdout).toMatch(/^ok +connection .*, from DATABASE_URL\.$/m)
    expectNoPassword(stdout)
    expect((await finding('connection', database.url)).message).toContain('from --url')
  })
})

test('an embedded database is looked at as any other', async () => {
  project.write('limbeck.config.ts', 'export default { embedded: true }\n')
  shareEmbeddedCache(project.folder)
  const result = await examine()
  expect(result.isHealthy).toBe(true)
  expect(about(result, 'driver')[0]!.message).toContain('pglite')
  expect(about(result, 'scratch database')[0]!.message).toContain('PGlite')
}, 300_000)

describe('an ill project', () => {
  const ended = async (check: string) => {
    const result = await limbeckIn(project.folder, ['doctor', '--json'])
    expectNoPassword([result.stdout, result.stderr])
    const { findings } = JSON.parse(result.stdout) as DoctorResult
    return { status: result.status, found: findings.filter(one => one.check === check) }
  }

  test('has a config that cannot be read', async () => {
    project.write('limbeck.config.ts', 'export default { scriptLocatoin: 1 }\n')
    const { status, found } = await ended('config')
    expect(status).toBe(1)
    expect(found[0]!.message).toContain('scriptLocatoin is not a key')
  })

  test('has no script directory', async () => {
    project.configure({ scriptLocation: './nowhere' })
    const { status, found } = await ended('revision files')
    expect(status).toBe(1)
    expect(found[0]!.fix).toContain('limbeck init')
  })

  test('has a revision file that cannot be read, and the database is looked at nevertheless', async () => {
    project.write('migrations/versions/b1_b.ts', 'export const revision = f()\n')
    const { status, found } = await ended('revision files')
    expect([status, found[0]!.status]).toEqual([1, 'problem'])
    expect((await ended('server version')).found[0]!.status).toBe('ok')
  })

  test('has a file under a name that is not read, and two heads: warnings, and status 0', async () => {
    project.write('migrations/versions/b1_b.txt.ts.bak', '')
    project.writeRevision({ id: 'b1' })
    const { status, found } = await ended('revision files')
    expect(status).toBe(0)
    expect(found.at(-1)).toMatchObject({
      status: 'warning',
      message: '2 revisions with 2 heads: a1, b1.',
      fix: expect.stringContaining('limbeck merge heads'),
    })
  })

  test('has an env.ts that does not load', async () => {
    project.write('migrations/env.ts', `throw new Error('not today')\n`)
    const { status, found } = await ended('env.ts')
    expect(status).toBe(1)
    expect(found[0]!.message).toContain('not today')
    expect((await ended('database')).found[0]!.message).toContain('Not looked at')
  })

  test('has a target that does not load', async () => {
    project.write('migrations/env.ts', `export const target = () => import('./missing.ts')\n`)
    const { status, found } = await ended('target')
    expect([status, found[0]!.status]).toEqual([1, 'problem'])
  })

  test('has none to compare with, which is a note', async () => {
    project.write('migrations/env.ts', 'export const nothing = 1\n')
    expect((await finding('target')).status).toBe('note')
  })
})

describe('a database that is not reached', () => {
  test.each([
    ['nothing listens', (url: URL) => (url.port = '1')],
    ['the password is wrong', (url: URL) => (url.password = 'petrichor-nine')],
    ['there is no such database', (url: URL) => (url.pathname = '/nowhere')],
  ])('is a problem, and the rest is looked at: %s', async (_, spoil) => {
    const url = new URL(database.url)
    spoil(url)
    const result = await examine(url.href)
    expect(result.isHealthy).toBe(false)
    expect(JSON.stringify(result)).not.toContain('petrichor-nine')
    expect(about(result, 'connection')[0]).toMatchObject({
      status: 'problem',
      fix: expect.any(String),
    })
    expect(about(result, 'database')[0]!.message).toBe('Not looked at: it was not reached.')
    expect(about(result, 'target')[0]!.status).toBe('ok')
  })
})

describe('an ill database', () => {
  const role = `doctor_${process.pid}`
  const asRole = () =>
    Object.assign(new URL(database.url), { username: role, password: serverPassword }).href
  const withRole = async (work: () => Promise<void>) => {
    await query(`CREATE ROLE ${role} LOGIN PASSWORD '${serverPassword}'`)
    try {
      await work()
    } finally {
      await query(`DROP OWNED BY ${role} CASCADE`)
      await query(`DROP ROLE ${role}`)
    }
  }

  test('is read-only', async () => {
    await query(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`)
    const found = await finding('writing')
    expect(found.status).toBe('problem')
    expect(found.message).toContain(`set for the database ${database.name}`)
  })

  test('is not the one that the config expects', async () => {
    project.configure({ expect: { database: 'shop' } })
    expect(await finding('database')).toMatchObject({
      status: 'problem',
      message: expect.stringContaining(`database is ${database.name}, not shop`),
    })
  })

  test('gives the role too few rights: what the fix grants is enough', () =>
    withRole(async () => {
      await ensureVersion(project.input)
      await query('REVOKE CREATE ON SCHEMA public FROM PUBLIC')
      const found = await finding('rights', asRole())
      expect(found.status).toBe('problem')
      for (const [grant] of found.fix!.matchAll(/GRANT .*?;/g)) await query(grant)
      expect((await finding('rights', asRole())).status).toBe('ok')
      await upgrade({ ...project.input, url: asRole(), revision: 'head' })
    }))

  test('has tables of others, which is a note', () =>
    withRole(async () => {
      await query('CREATE TABLE theirs (); GRANT CREATE ON SCHEMA public TO PUBLIC')
      const found = about(await examine(asRole()), 'rights')
      expect(found.map(({ status }) => status)).toEqual(['ok', 'note'])
      expect(found[1]!.message).toContain('public.theirs')
    }))

  test('has a schema with the name of the role, or none to create in', () =>
    withRole(async () => {
      await query(`CREATE SCHEMA AUTHORIZATION ${role}`)
      expect((await finding('search_path', asRole())).status).toBe('warning')
      await query(`ALTER ROLE ${role} SET search_path = nowhere`)
      expect((await finding('search_path', asRole())).status).toBe('problem')
      await query(`ALTER ROLE ${role} SET search_path = nowhere, public`)
      expect(await finding('search_path', asRole())).toMatchObject({
        status: 'note',
        message: expect.stringContaining('nowhere'),
      })
    }))

  test('has no place for scratch', () =>
    withRole(async () => {
      project.configure({ scratch: 'server' })
      const found = await finding('scratch database', asRole())
      expect(found).toMatchObject({ status: 'warning', fix: `ALTER ROLE ${role} CREATEDB;` })
      await query(found.fix!)
      expect((await finding('scratch database', asRole())).status).toBe('ok')
    }))

  test('lacks an extension that a script creates', async () => {
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.createExtension('no_such_thing')`,
    })
    expect(await finding('extensions')).toMatchObject({
      status: 'problem',
      message: expect.stringContaining('no_such_thing'),
    })
  })

  test('ends statements early', async () => {
    await query(`ALTER DATABASE "${database.name}" SET statement_timeout = '30s'`)
    const found = about(await examine(), 'timeouts')
    expect(found.map(({ message }) => message).join()).toContain('statement_timeout is 30s')
    const added = /`(options=\S+)`/.exec(
      found.find(({ message }) => /^statement/.test(message))!.fix!,
    )
    const mended = about(await examine(`${database.url}?${added![1]}`), 'timeouts')
    expect(mended.map(({ message }) => message).join()).not.toContain('statement_timeout is 30s')
  })

  test.each([
    ['without a primary key', '(version_num varchar(32) NOT NULL)', 'warning'],
    ['with too little room', '(version_num varchar(8) PRIMARY KEY)', 'warning'],
    ['with a column more', '(version_num varchar(32) PRIMARY KEY, note text)', 'note'],
    [
      'with a column that nobody fills',
      '(version_num varchar(32) PRIMARY KEY, n int NOT NULL)',
      'problem',
    ],
  ])('has a version table %s', async (_, columns, status) => {
    await query(`CREATE TABLE alembic_version ${columns}`)
    const found = await finding('version table')
    expect(found.status).toBe(status)
    if (found.fix === undefined) return
    await query(found.fix.split(';')[0]!)
    expect((await finding('version table')).status).toBe('ok')
  })

  test('has another table under the name of the version table', async () => {
    await query('CREATE TABLE alembic_version (id integer)')
    expect(about(await examine(), 'version table')[0]!.status).toBe('problem')
  })

  test('has another table under the name of the ledger', async () => {
    await query('CREATE TABLE limbeck_ledger (sequence integer)')
    expect((await finding('ledger')).status).toBe('problem')
  })

  test('is at a revision that has no file', async () => {
    await ensureVersion(project.input)
    await query("INSERT INTO alembic_version VALUES ('feedbeef')")
    const found = await finding('revisions')
    expect(found.status).toBe('problem')
    expect(found.message).toContain('feedbeef')
  })

  test.each([
    ['twice', `INSERT INTO alembic_version VALUES ('a1'), ('a1')`],
    ['as numbers', 'ALTER TABLE alembic_version ALTER version_num TYPE integer USING 1'],
  ])('has a version table that a run would refuse, with ids %s', async (_, sql) => {
    await query('CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)')
    await query(sql)
    const refused: Error = await migrate().then(
      () => expect.fail('It was not refused.'),
      error => error,
    )
    const found = await finding('revisions')
    expect(found).toMatchObject({ status: 'problem', message: refused.message })
  })

  test('has an invalid index and a constraint that is not validated', async () => {
    await query('CREATE TABLE twice (id integer); INSERT INTO twice VALUES (1), (1)')
    await expect(query('CREATE UNIQUE INDEX CONCURRENTLY ix ON twice (id)')).rejects.toThrow()
    await query('ALTER TABLE twice ADD CONSTRAINT positive CHECK (id > 0) NOT VALID')
    const [index, constraint] = [await finding('invalid indexes'), await finding('constraints')]
    expect([index.status, constraint.status]).toEqual(['warning', 'note'])
    await query(/DROP .*/.exec(index.fix!)![0])
    await query(/ALTER .*/.exec(constraint.fix!)![0])
    expect([
      (await finding('invalid indexes')).status,
      (await finding('constraints')).status,
    ]).toEqual(['ok', 'ok'])
  })

  test('cannot be asked everything: that is a note, and the rest is asked', async () => {
    await query('CREATE VIEW limbeck_ledger AS SELECT 1 / 0 AS sequence')
    const result = await examine()
    expect(about(result, 'run lock')[0]!.status).toBe('ok')
    expect(about(result, 'half-done revisions')[0]!.message).toContain('cannot be looked at')
  })
})

describe('a database of an env.ts that runs for several', () => {
  test('has its own part of the page', async () => {
    const other = await (await postgresServer()).createDatabase('doctor_b')
    try {
      project.write(
        'migrations/env.ts',
        `export async function runMigrationsOnline(context) {
  for (const url of ${JSON.stringify([database.url, other.url])}) {
    await context.connect({ url })
    await context.runMigrations()
  }
}
`,
      )
      const found = about(await examine(), 'connection')
      expect(found.map(one => one.database?.split('/').at(-1))).toEqual([database.name, other.name])
      const { stdout } = await limbeckIn(project.folder, ['doctor'])
      for (const { name } of [database, other])
        expect(stdout).toMatch(new RegExp(`^\\S+/${name}$`, 'm'))
      expectNoPassword(stdout)
    } finally {
      await other.drop()
    }
  })
})

describe('a server of its own', () => {
  const settings = { max_prepared_transactions: 2 }
  let server: PostgresProcess
  let own: TestDatabase

  beforeAll(async () => {
    server = await privateServer(15, settings)
    own = await testServerAt(server.url, server.major).createDatabase('doctor_own')
  }, 60_000)
  afterAll(() => server?.stop())

  test('has a prepared transaction', async () => {
    await query(`BEGIN; CREATE TABLE held (); PREPARE TRANSACTION 'it''s'`, own.url)
    const found = await finding('prepared transactions', own.url)
    expect(found.status).toBe('note')
    await query(/ROLLBACK .*/.exec(found.fix!)![0], own.url)
    expect((await finding('prepared transactions', own.url)).status).toBe('ok')
  })

  const noStandby = missingStandby(15)
  if (noStandby !== undefined) notRun('is a standby', noStandby)
  else
    test('is a standby', async () => {
      const standby = await startStandby(server, settings)
      try {
        const url = Object.assign(new URL(standby.url), { pathname: `/${own.name}` }).href
        const found = await finding('writing', url)
        expect(found.status).toBe('problem')
        expect(found.fix).toContain(`127.0.0.1:${new URL(server.url).port}`)
      } finally {
        await standby.stop()
      }
    }, 60_000)

  const noPooler = missingPgbouncer()
  if (noPooler !== undefined) notRun('is behind a pooler', noPooler)
  else
    test('is behind a pooler in transaction mode, through which everything else is looked at', async () => {
      const pooler: PgbouncerProcess = await startPgbouncer(server.url)
      try {
        const result = await examine(pooler.through(own.url))
        expect(about(result, 'pooler')[0]!.status).toBe('warning')
        expect(result.isHealthy).toBe(true)
      } finally {
        await pooler.stop()
      }
    }, 60_000)
})
