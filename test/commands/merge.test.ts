import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { MergeInput } from '../../src/commands/inputs.ts'
import { merge } from '../../src/commands/merge.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { pgDump } from '../support/pg-dump.ts'
import { createProject, type TestProject, type TestRevision } from '../support/project.ts'
import {
  postgresServer,
  queryOnce,
  type TestDatabase,
  type TestServer,
} from '../support/servers.ts'

let server: TestServer
let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  server = await postgresServer()
  database = await server.createDatabase('merge')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const failure = (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const write = (
  id: string,
  down: string | null,
  upgrade: string,
  more: Partial<TestRevision> = {},
) => project.writeRevision({ id, down, upgrade, ...more })

/** `root` with a table, and a branch of one revision on each side. */
function writeTwoBranches(left: string, right: string): void {
  write('root', null, `  op.createTable('users', { id: integer().primaryKey(), name: text() })`)
  write('left', 'root', left)
  write('right', 'root', right)
}

const join2 = (input: Partial<MergeInput> = {}) =>
  merge({ ...project.input, revisions: ['left', 'right'], revId: 'both', ...input })

const versions = () => readdirSync(join(project.folder, 'migrations/versions')).sort()

const addColumn = (name: string) => `  op.addColumn('users', { ${name}: text() })`

/** What a database is like after these upgrades, by `pg_dump`, with the columns of a table in any order. */
async function dumpAfter(...targets: readonly string[]): Promise<string> {
  const other = await server.createDatabase('merge_order')
  try {
    for (const revision of targets) await upgrade({ ...project.input, url: other.url, revision })
    const own = ['--exclude-table=alembic_version', '--exclude-table=limbeck_ledger*']
    const dump = await pgDump(other.url, own)
    return dump.replace(/^CREATE TABLE [^;]*;$/gm, sortedLines)
  } finally {
    await other.drop()
  }
}

const sortedLines = (table: string): string =>
  table
    .split('\n')
    .map(line => line.replace(/,$/, ''))
    .sort()
    .join('\n')

/** Whether both orders give the same database, as somebody sees it who is not limbeck. */
async function isSameInBothOrders(): Promise<boolean> {
  return (await dumpAfter('left', 'right')) === (await dumpAfter('right', 'left'))
}

test('a merge of one head is written as Alembic writes it, and says that it joins nothing', async () => {
  write('root', null, '')
  const { downRevisions } = await merge({ ...project.input, revisions: ['heads'] })
  expect(downRevisions).toEqual(['root'])
  expect(project.events).toContainEqual({
    type: 'progress',
    message: 'This merge joins nothing: it follows root alone.',
  })
})

describe('branches that go together', () => {
  test('are proved, and the merge is written', async () => {
    writeTwoBranches(
      `  op.createTable('carts', { id: integer().primaryKey() })`,
      `  op.createTable('orders', { id: integer().primaryKey() })
  op.createIndex('ix_users_name', 'users', ['name'])`,
    )
    const result = await join2({ message: 'join them' })
    expect(result).toMatchObject({
      id: 'both',
      downRevisions: ['left', 'right'],
      verdict: 'proved',
      proof: ['proved: left and right give the same schema in both orders'],
    })
    expect(await isSameInBothOrders()).toBe(true)
    const text = readFileSync(result.path!, 'utf8')
    expect(text).toContain(`export const downRevision = ['left', 'right']`)
    expect(text).toContain(' * Downgrade: exact\n')
  })

  test('can be moved up, joined, and down again', async () => {
    writeTwoBranches(addColumn('a'), addColumn('b'))
    expect(await failure(upgrade({ ...project.input, revision: 'head' }))).toMatchObject({
      code: 'MULTIPLE_HEADS',
      exitStatus: 4,
    })
    await merge({ ...project.input, revisions: ['heads'] })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await queryOnce(database.url, 'SELECT * FROM alembic_version')).toHaveLength(1)
  })

  test('may leave the columns of a table in another order, which is said', async () => {
    writeTwoBranches(addColumn('a'), addColumn('b'))
    const { verdict, proof } = await join2()
    expect(verdict).toBe('proved')
    expect(proof[1]).toBe('the columns of users stand in the order of the branches')
    expect(await isSameInBothOrders()).toBe(true)
  })

  test('may use statements that no transaction holds', async () => {
    writeTwoBranches(
      `  op.createIndex('ix_a', 'users', ['name'], { concurrently: true })`,
      `  op.createEnum('mood', ['sad'])
  op.addEnumValue('mood', 'happy')
  op.execute("CREATE TABLE moods (m mood DEFAULT 'happy')")`,
    )
    expect((await join2()).proof).toEqual([
      'proved: left and right give the same schema in both orders',
    ])
  })

  test('are proved three at a time', async () => {
    writeTwoBranches(addColumn('a'), addColumn('b'))
    write('third', 'root', addColumn('c'))
    const { proof } = await join2({ revisions: ['heads'] })
    expect(proof[0]).toBe('proved: left, right and third give the same schema in 3 orders')
  })
})

describe('branches that do not go together', () => {
  test('are refused where both make the same table, in each order by the other revision', async () => {
    const table = (type: string) => `  op.createTable('carts', { id: ${type}().primaryKey() })`
    writeTwoBranches(table('integer'), table('text'))
    const { code, message, hint, facts } = await failure(join2())
    expect(code).toBe('MERGE_CONFLICT')
    expect(message).toMatch(
      /left, then right: right fails at migrations\/versions\/right_test.ts:14:6: relation "carts" already exists\n {4}statement: CREATE TABLE carts/,
    )
    expect(message).toMatch(
      /right, then left: left fails at migrations\/versions\/left_test.ts:14:6/,
    )
    expect(facts.failures).toMatchObject([
      { order: ['left', 'right'], revision: 'right', line: 14, sqlstate: '42P07' },
      { order: ['right', 'left'], revision: 'left', line: 14, sqlstate: '42P07' },
    ])
    expect(hint).toContain('--no-proof')
    expect(versions()).toEqual(['left_test.ts', 'right_test.ts', 'root_test.ts'])
  })

  test('are refused where a column gets two types', async () => {
    const column = (type: string) =>
      `  op.addColumn('users', { nick: ${type} }, { ifNotExists: true })`
    writeTwoBranches(column('text()'), column('varchar(10)'))
    const { code, message, facts } = await failure(join2())
    expect(code).toBe('MERGE_CONFLICT')
    expect(message).toContain(
      'From the schema after left, then right to that after right, then left:',
    )
    expect(message).toMatch(/users\.nick.*varchar\(10\)/)
    expect(facts).toMatchObject({
      orders: [
        ['left', 'right'],
        ['right', 'left'],
      ],
      objects: ['table:public.users'],
    })
    expect(await isSameInBothOrders()).toBe(false)
    expect(versions()).not.toContain('both_.ts')
  })

  test('are refused where a view needs a column that the other drops', async () => {
    writeTwoBranches(
      `  op.createView('names', sql\`SELECT name FROM users\`)`,
      `  op.dropColumn('users', 'name')`,
    )
    const { message } = await failure(join2())
    expect(message).toMatch(
      /left, then right: right fails at .*right_test.ts:14:6: cannot drop column name/,
    )
    expect(message).toMatch(/right, then left: left fails at .*: column "name" does not exist/)
  })

  test('are refused where a view shows what the other adds', async () => {
    writeTwoBranches(
      `  op.execute('CREATE VIEW everything AS SELECT * FROM users')`,
      addColumn('b'),
    )
    const { facts } = await failure(join2())
    expect(facts.objects).toEqual(['view:public.everything'])
    expect(await isSameInBothOrders()).toBe(false)
  })

  test('are refused where both insert the same row', async () => {
    const row = `  op.execute("INSERT INTO users VALUES (1, 'me')")`
    writeTwoBranches(row, row)
    expect((await failure(join2())).facts.failures).toMatchObject([
      { revision: 'right', sqlstate: '23505' },
      { revision: 'left', sqlstate: '23505' },
    ])
  })

  test('are refused where the values of an enum depend on the order', async () => {
    const add = (value: string) => `  op.addEnumValue('mood', '${value}')`
    writeTwoBranches(add('fine'), add('grim'))
    write('root', null, `  op.createEnum('mood', ['sad'])`)
    const { facts } = await failure(join2())
    expect(facts.objects).toEqual(['enum:public.mood'])
    expect(await isSameInBothOrders()).toBe(false)
  })

  test('are refused where one needs the other, with the order that works', async () => {
    writeTwoBranches(
      `  op.createTable('carts', { id: integer().primaryKey() })`,
      `  op.createIndex('ix_carts', 'carts', ['id'])`,
    )
    const { message, hint } = await failure(join2())
    expect(message).toContain('right, then left: right fails')
    expect(message).not.toContain('left, then right: ')
    expect(hint).toContain('limbeck rebase right --onto left')
  })

  test('are written all the same where that is asked for', async () => {
    const table = `  op.createTable('carts', { id: integer().primaryKey() })`
    writeTwoBranches(table, table)
    expect(await join2({ prove: false })).toMatchObject({
      verdict: 'unproved',
      proof: ['not proved: --no-proof'],
    })
    expect(versions()).toContain('both_.ts')
  })
})

describe('code of op.run', () => {
  const run = (options: string) => `  op.run(async ({ connection }) => {
    await connection.query('CREATE TABLE made_by_code ()')
  }, ${options})`

  test('is not called, and the proof says where it stands', async () => {
    writeTwoBranches(run('{}'), run('{}'))
    const { verdict, proof } = await join2()
    expect(verdict).toBe('partly')
    expect(proof[0]).toMatch(
      /^proved except run at migrations\/versions\/(left|right)_test.ts:14:6, migrations\/versions\/(left|right)_test.ts:14:6: left and right/,
    )
  })

  test('is called where it says that it may be', async () => {
    writeTwoBranches(run('{ scratch: true }'), run('{ scratch: true }'))
    const { message } = await failure(join2())
    expect(message).toMatch(
      /left, then right: right fails at .*: relation "made_by_code" already exists/,
    )
  })

  test('is not called in what the branches share, which is said aside', async () => {
    writeTwoBranches(addColumn('a'), '')
    write('root', null, `  op.createTable('users', { id: integer() })\n${run('{}')}`)
    const { verdict, proof } = await join2()
    expect([verdict, proof[1]]).toEqual([
      'proved',
      'code of 1 op.run in what they share was not called',
    ])
  })
})

describe('a merge is not proved, and is written,', () => {
  const expectUnproved = async (reason: RegExp) => {
    const { verdict, proof } = await join2()
    expect([verdict, proof.length]).toEqual(['unproved', 1])
    expect(proof[0]).toMatch(reason)
    expect(project.events).toContainEqual({ type: 'warning', message: proof[0] })
    expect(versions()).toContain('both_.ts')
  }

  beforeEach(() => writeTwoBranches(addColumn('a'), addColumn('b')))

  test('where the config turns scratch databases off', async () => {
    project.configure({ scratch: 'none' })
    await expectUnproved(/^not proved: The config turns scratch databases off\./)
  })

  test('where the server is to be used and cannot be reached', async () => {
    project.configure({ url: 'postgresql://127.0.0.1:1/nobody', scratch: 'server' })
    await expectUnproved(/^not proved: Nothing accepts connections on 127\.0\.0\.1:1\.$/)
  })

  test('where the revisions cannot be replayed from base', async () => {
    write('root', null, `  op.addColumn('there_before', { id: integer() })`)
    await expectUnproved(
      /cannot be replayed from base in scratch\. Upgrade of root failed .*there_before/,
    )
  })

  test('where a branch fails whatever came before it', async () => {
    write('right', 'root', `  op.execute('SELECT gone()')`)
    await expectUnproved(/Upgrade of right failed at .*right_test.ts/)
  })

  test('where a revision rests on code that is not called', async () => {
    write(
      'right',
      'root',
      `  op.run(async ({ connection }) => { await connection.query('CREATE TABLE t ()') })
  op.addColumn('t', { id: integer() })`,
    )
    await expectUnproved(/relation "t" does not exist\. Code of op\.run was not called\.$/)
  })

  test('where a script cannot be loaded', async () => {
    write('right', 'root', `  throw new Error('not today')`)
    await expectUnproved(/not today/)
  })

  test('where the server lacks an extension', async () => {
    write('right', 'root', `  op.createExtension('no_such_extension')`)
    await expectUnproved(
      /The revisions need what the server of the scratch database does not have: extension no_such_extension/,
    )
  })

  test('where a revision reaches beyond its database', async () => {
    write('right', 'root', `  op.execute('CREATE ROLE limbeck_test_never')`)
    await expectUnproved(
      /Revision right changes what all databases of a server share \(CREATE ROLE …\)/,
    )
    const roles = await queryOnce(
      database.url,
      `SELECT FROM pg_roles WHERE rolname = 'limbeck_test_never'`,
    )
    expect(roles).toEqual([])
  })
})

describe('without the database', () => {
  test('the branches run in an embedded PostgreSQL', async () => {
    writeTwoBranches(addColumn('a'), `  op.execute('CREATE ROLE app')`)
    project.configure({ url: 'postgresql://127.0.0.1:1/nobody' })
    const { verdict, proof } = await join2()
    expect(verdict).toBe('proved')
    expect(proof[1]).toMatch(/^tried without the database, which was not reached: .*127\.0\.0\.1/)
  })

  test('the branches run in the scratch database of the config', async () => {
    const table = `  op.createTable('carts', { id: integer().primaryKey() })`
    writeTwoBranches(table, table)
    const scratch = await server.createDatabase('scratch')
    project.configure({ url: 'postgresql://127.0.0.1:1/nobody', scratchUrl: scratch.url })
    expect(await failure(join2())).toMatchObject({ code: 'MERGE_CONFLICT' })
    const rest = await queryOnce(scratch.url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)
    expect(rest).toEqual([])
    await scratch.drop()
  })
})

describe('what is joined', () => {
  test('is every head where nothing is named, and the message says so', async () => {
    writeTwoBranches(addColumn('a'), addColumn('b'))
    const { downRevisions, message, path } = await merge({ ...project.input, revisions: [] })
    expect(downRevisions).toEqual(['left', 'right'])
    expect(message).toBe('merge left and right')
    expect(path).toMatch(/_merge_left_and_right\.ts$/)
  })

  test('is nothing where there is one head and nothing is named', async () => {
    write('root', null, '')
    expect(await failure(merge({ ...project.input, revisions: [] }))).toMatchObject({
      code: 'BRANCHES_JOINED',
    })
  })

  test('may be one revision, as in Alembic', async () => {
    write('root', null, '')
    expect(await join2({ revisions: ['heads'] })).toMatchObject({
      downRevisions: ['root'],
      proof: ['proved: there is only one order in which these can run'],
    })
  })

  test('may leave one order only, and then nothing is run', async () => {
    write('root', null, '')
    write('left', 'root', '')
    write('right', 'root', `  throw new Error('not run')`)
    const path = join(project.folder, 'migrations/versions/right_test.ts')
    const text = readFileSync(path, 'utf8').replace('dependsOn = null', `dependsOn = 'left'`)
    project.write('migrations/versions/right_test.ts', text)
    expect((await join2()).verdict).toBe('proved')
  })

  test.each([
    [['root', 'left'], {}, 'REVISION_NOT_A_HEAD'],
    [['left', 'left'], {}, 'REVISION_PARENT_TWICE'],
    [['left', 'right'], { branchLabels: ['left'] }, 'BRANCH_LABEL_TAKEN'],
    [['left', 'gone'], {}, 'REVISION_NOT_FOUND'],
    [['left', 'right'], { dependsOn: ['gone'] }, 'REVISION_NOT_FOUND'],
    [['left', 'right'], { versionPath: 'elsewhere' }, 'VERSION_LOCATION_INVALID'],
  ])('is refused before anything runs: %j %j', async (revisions, more, code) => {
    writeTwoBranches(addColumn('a'), addColumn('b'))
    expect(await failure(join2({ revisions, ...more }))).toMatchObject({ code })
    expect(project.events.filter(event => event.type === 'connected')).toEqual([])
    expect(versions()).toHaveLength(3)
  })
})

test('post-write hooks run on the file, and env.ts has its word where the config wants it', async () => {
  writeTwoBranches(addColumn('a'), addColumn('b'))
  project.write(
    'limbeck.config.ts',
    `import { appendFileSync } from 'node:fs'
const sign = (path: string) => appendFileSync(path, '// signed\\n')
export default { url: '${database.url}', revisionEnvironment: true, postWriteHooks: [sign] }
`,
  )
  project.write(
    'migrations/env.ts',
    `export async function runMigrationsOnline(context) {
  context.configure({ processRevisionDirectives(_, rows, [merge]) {
    merge.message = 'joins ' + merge.downRevisions.join(' and ')
  } })
  await context.connect()
  await context.runMigrations()
}
`,
  )
  const { path, message, hooks, verdict } = await join2()
  expect([message, hooks, verdict]).toEqual(['joins left and right', ['sign'], 'proved'])
  const text = readFileSync(path!, 'utf8')
  expect(text).toMatch(/ \* Downgrade: unproved\n[\s\S]*\/\/ signed\n$/)
})

test('an undone merge leaves both branches', async () => {
  writeTwoBranches(addColumn('a'), addColumn('b'))
  await join2()
  await upgrade({ ...project.input, revision: 'head' })
  await downgrade({ ...project.input, revision: 'left' })
  const rows = await queryOnce<{ version_num: string }>(
    database.url,
    'SELECT * FROM alembic_version',
  )
  expect(rows.map(row => row.version_num).sort()).toEqual(['left', 'right'])
})
