import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import type { ErrorCode } from '../../src/errors.ts'
import {
  type CliOutcome,
  type CliProject,
  createCliProject,
  type Driver,
} from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

// Wrong input as a user gives it, to the program as it is installed: each gets one sentence with the
// fact and the next step, a stable code, its exit status, no stack, no password, and changes nothing.

/** What is wrong, and what is said of it. */
interface Case {
  readonly words?: readonly string[]
  /** Beside the config and the revision `a`; null takes one of these away. */
  readonly files?: Readonly<Record<string, string | null>>
  readonly env?: NodeJS.ProcessEnv
  /** Which are installed; by default all. */
  readonly drivers?: readonly Driver[]
  readonly code: ErrorCode
  /** The exit status, where it is not that of its group. */
  readonly status?: number
  /** Parts of the sentence, or of the hint. */
  readonly says: readonly string[]
}

const role = `limbeck_bad_input_${process.pid}`
const humble = `${role}_humble`
const password = 'opensesame'

let database: TestDatabase

/** The database, and scratch databases beside it, belong to a role of this file. */
beforeAll(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('bad_input')
  for (const statement of [
    `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD '${password}'`,
    `CREATE ROLE ${humble} LOGIN PASSWORD '${password}'`,
    `ALTER DATABASE "${database.name}" OWNER TO ${role}`,
  ])
    await queryOnce(database.url, statement)
})

afterAll(async () => {
  const { url } = await postgresServer()
  await database.drop()
  for (const name of [role, humble]) await queryOnce(url, `DROP ROLE ${name}`)
})

/** The URL of the database for a role, or with another part. */
const urlWith = (parts: Partial<URL> = {}): string =>
  Object.assign(new URL(database.url), { username: role, password, ...parts }).href

const config = (text: string) => ({ 'limbeck.config.ts': text })
const versions = 'migrations/versions'

const revision = (id: string, down: string | null, upgrade = '') => `
import { integer, type Op } from 'limbeck'
export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
${upgrade}
}
export function downgrade(op: Op) {}
`
/** The revision `bb01` after `aa01`, whose upgrade begins in line 8. */
const second = (upgrade: string) => ({ [`${versions}/b.ts`]: revision('bb01', 'aa01', upgrade) })

function newProject({ files = {}, drivers }: Pick<Case, 'files' | 'drivers'> = {}): CliProject {
  const project = createCliProject(drivers)
  const all = {
    'limbeck.config.ts': 'export default { url: process.env.TEST_URL }',
    [`${versions}/a.ts`]: revision('aa01', null, `  op.createTable('one', { id: integer() })`),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) if (text !== null) project.write(path, text)
  return project
}

const tables = (): Promise<object[]> =>
  queryOnce(
    database.url,
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  )

const scratchDatabases = (): Promise<object[]> =>
  queryOnce(
    database.url,
    `SELECT datname FROM pg_database WHERE datdba = '${role}'::regrole AND datname <> current_database()`,
  )

/** No stack, no password, in either stream. */
function expectFitForUsers({ stdout, stderr }: CliOutcome): void {
  expect(stdout + stderr).not.toMatch(/\n\s+at .+:\d+/)
  expect(stdout + stderr).not.toContain(password)
}

async function expectRefusal(given: Case, status: number): Promise<void> {
  const { words = ['upgrade', 'head'] } = given
  const project = newProject(given)
  try {
    const before = project.files()
    const env = { TEST_URL: urlWith(), ...given.env }
    const outcome = await project.limbeck([...words, '--json'], env)
    expectFitForUsers(outcome)
    const { error } = JSON.parse(outcome.stdout)
    expect(error, outcome.stdout).toMatchObject({
      code: given.code,
      exitStatus: status,
      hint: expect.stringMatching(/\.$|\?$|;$/),
    })
    expect(outcome.status).toBe(status)
    expect(outcome.stderr).toContain(`error ${given.code}: ${error.message}\nhint: ${error.hint}\n`)
    for (const part of given.says) expect(`${error.message}\n${error.hint}`).toContain(part)
    expect(project.files()).toEqual(before)
    expect(await tables()).toEqual([])
  } finally {
    project.remove()
  }
}

type Cases = Readonly<Record<string, Case | (() => Case)>>

function check(name: string, status: number, cases: Cases): void {
  describe.concurrent(name, () => {
    for (const [what, entry] of Object.entries(cases))
      test(`${what} is refused`, () => {
        const given = typeof entry === 'function' ? entry() : entry
        return expectRefusal(given, given.status ?? status)
      })
  })
}

check('of the command line,', 2, {
  'no command': { words: [], code: 'USAGE', says: ['No command was given.', 'limbeck help'] },
  'an unknown command': { words: ['upgade', 'head'], code: 'USAGE', says: ['`limbeck upgrade`?'] },
  'an unknown option': { words: ['upgrade', 'head', '--sq'], code: 'USAGE', says: ['mean --sql?'] },
  'a missing word': {
    words: ['upgrade'],
    code: 'USAGE',
    says: ['needs a REVISION', 'upgrade head'],
  },
  'init in a folder with files': {
    words: ['init'],
    code: 'DIRECTORY_NOT_EMPTY',
    status: 1,
    says: ['migrations is not empty', 'limbeck init DIRECTORY'],
  },
})

check('of configs,', 2, {
  'none at all': {
    files: { 'limbeck.config.ts': null },
    code: 'CONFIG_NOT_FOUND',
    says: ['limbeck.config.ts', 'Run `limbeck init`'],
  },
  'one that does not parse': {
    files: config('export default {\n  url:'),
    code: 'CONFIG_UNREADABLE',
    says: ['limbeck.config.ts:2:'],
  },
  'one that throws': {
    files: config(`\nthrow new Error('no postgresql://app:opensesame@db/shop')`),
    code: 'CONFIG_UNREADABLE',
    says: ['limbeck.config.ts:2:7: no postgresql://app:***@db/shop'],
  },
  'one that needs a package that is not there': {
    files: config(`import 'no-such-package'\nexport default {}`),
    code: 'CONFIG_UNREADABLE',
    says: ["Cannot find package 'no-such-package'", '`npm install no-such-package`'],
  },
  'an unknown key': {
    files: config(`export default { scriptLocaton: './m' }`),
    code: 'CONFIG_INVALID',
    says: ['scriptLocaton is not a key. Did you mean scriptLocation?'],
  },
  'a wrong type': {
    files: config(`export default { url: 'postgresql://app:opensesame@db/shop', embedded: 'yes' }`),
    code: 'CONFIG_INVALID',
    says: ['embedded: expected boolean', 'got a string'],
  },
  'one without a default export': {
    files: config('export const config = {}'),
    code: 'CONFIG_INVALID',
    says: ['has no default export', 'export default defineConfig('],
  },
})

check('of URLs,', 2, {
  'a variable that is not set': {
    env: { TEST_URL: undefined, DATABASE_URL: 'postgresql://app:opensesame@db/shop' },
    code: 'URL_MISSING',
    says: ['limbeck.config.ts (undefined)', 'DATABASE_URL would be read without the key `url`'],
  },
  'none in the environment': {
    files: config('export default {}'),
    code: 'URL_MISSING',
    says: ['DATABASE_URL (unset)', 'Set DATABASE_URL'],
  },
  'an empty one': {
    words: ['current', '--url', ''],
    code: 'URL_MISSING',
    says: ['--url is empty'],
  },
  'the word undefined': {
    files: config('export default {}'),
    env: { DATABASE_URL: 'undefined' },
    code: 'URL_MISSING',
    says: ['DATABASE_URL is the word "undefined"'],
  },
  'an undefined part of one': {
    env: { TEST_URL: 'postgresql://app:opensesame@undefined/shop' },
    code: 'URL_INVALID',
    says: ['its host is the word "undefined"', 'not set here'],
  },
  'another kind of database': {
    env: { TEST_URL: 'mongodb://app:opensesame@db/shop' },
    code: 'URL_INVALID',
    says: ['its scheme is mongodb', 'postgresql://'],
  },
  'a database that SQL is only written for': {
    env: { TEST_URL: 'mysql://app:opensesame@db/shop' },
    code: 'DIALECT_UNSUPPORTED',
    says: ['SQL for MySQL', 'does not connect', '--sql'],
  },
})

check('of databases,', 1, {
  'the name of a container': {
    env: { TEST_URL: 'postgresql://app:opensesame@auth-db/shop' },
    code: 'HOST_NOT_FOUND',
    says: ['"auth-db" cannot be found', 'inside the container'],
  },
  'a port where nobody listens': {
    env: { TEST_URL: 'postgresql://app:opensesame@localhost:1/shop' },
    code: 'CONNECTION_REFUSED',
    says: ['localhost:1', 'kubectl port-forward'],
  },
  'an unknown user': () => ({
    env: { TEST_URL: urlWith({ username: 'limbeck_nobody' }) },
    code: 'AUTHENTICATION_FAILED',
    says: ['refused user "limbeck_nobody"', 'Check user and password'],
  }),
  'a missing database': () => ({
    env: { TEST_URL: urlWith({ pathname: '/limbeck_nowhere' }) },
    code: 'DATABASE_MISSING',
    says: ['no database "limbeck_nowhere"', 'createdb'],
  }),
  'a missing driver': {
    drivers: [],
    code: 'DRIVER_MISSING',
    says: ['pg is needed', 'npm install pg'],
  },
  'an embedded one that another process has open': {
    files: {
      ...config('export default { embedded: true }'),
      '.limbeck/database.lock': JSON.stringify({
        pid: process.pid,
        host: hostname(),
        since: 'now',
      }),
    },
    code: 'EMBEDDED_IN_USE',
    says: [`is open in process ${process.pid}`, 'one process at a time'],
  },
})

check('of revision files,', 1, {
  'one that throws when it is loaded': {
    files: { [`${versions}/b.ts`]: `${revision('bb01', 'aa01')}\nthrow new Error('not today')` },
    code: 'SCRIPT_LOAD_FAILED',
    says: ['b.ts:12:7: not today'],
  },
  'one that lacks an export': {
    files: { [`${versions}/b.ts`]: `export const revision = 'bb01'` },
    code: 'REVISION_EXPORT_MISSING',
    says: ['b.ts exports no `downRevision`', 'export const downRevision = null'],
  },
  'an export that cannot be scanned': {
    files: { [`${versions}/b.ts`]: 'export const revision = id()' },
    code: 'REVISION_NOT_LITERAL',
    says: ['b.ts:1:25', 'Write `export const revision'],
  },
  'a syntax error': {
    files: second('  op.createTable('),
    code: 'SCRIPT_LOAD_FAILED',
    says: ['b.ts:9:1'],
  },
  'an id that is there already': {
    files: { [`${versions}/b.ts`]: revision('aa01', null) },
    code: 'REVISION_DUPLICATE',
    says: ["id 'aa01'", 'a.ts and', 'b.ts'],
  },
  'a missing parent': {
    files: { [`${versions}/b.ts`]: revision('bb01', 'cc01') },
    code: 'REVISION_MISSING_PARENT',
    says: ["bb01 follows 'cc01'", 'b.ts'],
  },
  'a stray file': {
    files: { [`${versions}/helper.ts`]: 'export const help = 1' },
    code: 'REVISION_EXPORT_MISSING',
    says: ['helper.ts exports no `revision`', 'Move it out'],
  },
  'an upgrade that is async': {
    files: {
      [`${versions}/b.ts`]: revision('bb01', 'aa01').replace(
        'export function up',
        'export async function up',
      ),
    },
    code: 'SCRIPT_ASYNC',
    says: ['b.ts', 'op.run(async'],
  },
  'a directive that says too little': {
    files: second(`  op.createTable('two')`),
    code: 'DECLARATION_INVALID',
    says: ['b.ts:8:6: op.createTable: its argument columns is missing'],
  },
  'a directive after the end': {
    files: second(`  setTimeout(() => op.dropTable('one'))`),
    code: 'RECORDER_SEALED',
    says: ['op.dropTable', 'op.run(async'],
  },
  'a statement that the database refuses': {
    files: second(`  op.execute('CREATE TABLE two (id nope)')`),
    code: 'STATEMENT_FAILED',
    says: [
      'Upgrade of bb01 failed at migrations/versions/b.ts:8:6: type "nope" does not exist',
      'statement: CREATE TABLE two (id nope)',
      'Rolled back: aa01, bb01. Nothing of this run stays.',
    ],
  },
  'code that throws': {
    files: second(`  op.run(() => { throw new Error('not today') })`),
    code: 'RUN_FAILED',
    says: ['b.ts:8:6: not today', 'Rolled back: aa01, bb01'],
  },
})

check('of revisions,', 1, {
  'an unknown one': {
    words: ['upgrade', 'nope'],
    code: 'REVISION_NOT_FOUND',
    says: ["'nope'", '`limbeck history`'],
  },
  'the beginning of several': {
    files: { [`${versions}/b.ts`]: revision('aa02', 'aa01') },
    words: ['upgrade', 'aa0'],
    code: 'REVISION_AMBIGUOUS',
    says: ['\n  aa01', '\n  aa02', 'Write more'],
  },
  'one below base': {
    words: ['downgrade', '-1'],
    code: 'RELATIVE_OUT_OF_RANGE',
    says: ['there is no step that way', 'at base'],
  },
  'a range without --sql': {
    words: ['upgrade', 'base:head'],
    code: 'RANGE_NEEDS_SQL',
    status: 2,
    says: ['only possible with --sql', 'head.'],
  },
  'a range that goes down': {
    words: ['upgrade', 'aa01:base', '--sql'],
    code: 'REVISION_RANGE_INVALID',
    status: 2,
    says: ['from aa01 to base', 'limbeck downgrade aa01:base --sql'],
  },
  'a downgrade from nowhere': {
    words: ['downgrade', 'base', '--sql'],
    code: 'RANGE_REQUIRED',
    status: 2,
    says: ['where it starts', 'head:base'],
  },
})

/** The revision `bb01` after `aa01`, with other words in its head. */
const like = (changes: Readonly<Record<string, string>>): string =>
  Object.entries(changes).reduce(
    (text, [name, value]) => text.replace(new RegExp(`(const ${name} = ).*`), `$1${value}`),
    revision('bb01', 'aa01'),
  )
const graph = (changes: Readonly<Record<string, string>>) => ({
  files: { [`${versions}/b.ts`]: like(changes) },
})
const long = 'a'.repeat(200)

check('of revision graphs,', 1, {
  'a file after itself': {
    ...graph({ downRevision: `'bb01'` }),
    code: 'REVISION_SELF_LOOP',
    says: ['bb01 follows itself', 'b.ts', 'Correct downRevision'],
  },
  'a circle': {
    files: {
      [`${versions}/b.ts`]: revision('bb01', 'cc01'),
      [`${versions}/c.ts`]: revision('cc01', 'bb01'),
    },
    code: 'REVISION_CYCLE',
    says: ['bb01', 'cc01', '->', 'Correct downRevision'],
  },
  'a circle of dependencies': {
    files: {
      [`${versions}/b.ts`]: like({ dependsOn: `'cc01'` }),
      [`${versions}/c.ts`]: revision('cc01', 'bb01'),
    },
    code: 'DEPENDENCY_CYCLE',
    says: ['bb01', 'cc01', 'dependsOn'],
  },
  'a dependency on itself': {
    ...graph({ dependsOn: `['bb01']` }),
    code: 'DEPENDENCY_SELF_LOOP',
    says: ['bb01 depends on itself', 'b.ts'],
  },
  'a missing dependency': {
    ...graph({ dependsOn: `'nowhere'` }),
    code: 'REVISION_MISSING_DEPENDENCY',
    says: [`bb01 depends on 'nowhere'`, 'b.ts'],
  },
  'an id twice': {
    files: {
      [`${versions}/b.ts`]: revision('bb01', 'aa01'),
      [`${versions}/c.ts`]: revision('bb01', 'aa01'),
    },
    code: 'REVISION_DUPLICATE',
    says: [`'bb01'`, `${versions}/b.ts and `, `${versions}/c.ts`, 'another id'],
  },
  'a sign in an id': {
    ...graph({ revision: `'bb-01'` }),
    code: 'REVISION_ID_INVALID',
    says: [`'bb-01'`, `'-'`, 'b.ts'],
  },
  'an id of 200 characters': {
    ...graph({ revision: `'${long}'` }),
    code: 'REVISION_ID_INVALID',
    says: ['200 characters long', 'holds 32', 'Nothing was done', 'shorter id'],
  },
  'a label that is an id': {
    ...graph({ branchLabels: `['aa01']` }),
    code: 'BRANCH_LABEL_TAKEN',
    says: [`'aa01' of revision bb01`, 'the id of a revision', 'a.ts', 'b.ts'],
  },
  'a label twice': {
    files: {
      [`${versions}/b.ts`]: like({ branchLabels: `'left'` }),
      [`${versions}/c.ts`]: like({ revision: `'cc01'`, branchLabels: `'left'` }),
    },
    code: 'BRANCH_LABEL_TAKEN',
    says: [`'left' of revision cc01`, 'label of revision bb01', 'b.ts', 'c.ts'],
  },
  'a folder that is a file': {
    files: { [`${versions}/a.ts`]: null, [versions]: '' },
    code: 'SCRIPT_DIRECTORY_UNREADABLE',
    says: ['migrations/versions cannot be read', 'Check that it is a folder'],
  },
  'a script directory that is not there': {
    files: { [`${versions}/a.ts`]: null },
    code: 'SCRIPT_DIRECTORY_NOT_FOUND',
    says: ['migrations', '`limbeck init`'],
  },
})

/** Words that name no revision, and what is said of each. */
const slips: Readonly<Record<string, readonly [ErrorCode, ...says: string[]]>> = {
  '+1junk': ['REVISION_NOT_FOUND', `'+1junk'`, 'A number of steps is a sign and digits'],
  '-0': ['RELATIVE_OUT_OF_RANGE', `'-0'`, '0 steps lead nowhere'],
  'heads@': ['REVISION_NOT_FOUND', `'heads@'`, 'Give an id'],
  '@head': ['REVISION_NOT_FOUND', `'@head'`, 'Give an id'],
  '': ['REVISION_NOT_FOUND', `''`, 'Give an id'],
  'left@left@head': ['REVISION_NOT_FOUND', `'left@head'`, 'One @ is enough'],
  'nowhere@head': ['BRANCH_NOT_FOUND', `'nowhere'`, '`limbeck history`'],
  [long]: ['REVISION_NOT_FOUND', 'There is no revision or branch', '`limbeck history`'],
}

check(
  'of identifiers,',
  1,
  Object.fromEntries(
    Object.entries(slips).flatMap(([word, [code, ...says]]) =>
      [['upgrade'], ['downgrade'], ['show'], ['stamp'], ['merge'], ['revision', '--head']].map(
        words => [
          `${words.join(' ')} ${JSON.stringify(word).slice(0, 20)}`,
          {
            files: {
              [`${versions}/a.ts`]: revision('aa01', null).replace(
                'branchLabels = null',
                `branchLabels = ['left']`,
              ),
            },
            words: [...words, word],
            code,
            says,
          },
        ],
      ),
    ),
  ),
)

check('of new revisions,', 1, {
  'a label that is an id': {
    words: ['revision', '-m', 'x', '--branch-label', 'aa01'],
    code: 'BRANCH_LABEL_TAKEN',
    says: [`'aa01'`, 'the id of a revision'],
  },
  'a label with a sign': {
    words: ['revision', '-m', 'x', '--branch-label', 'a@b'],
    code: 'BRANCH_LABEL_INVALID',
    says: [`'a@b'`, 'Leave out @'],
  },
  'an id of 200 characters': {
    words: ['revision', '-m', 'x', '--rev-id', long],
    code: 'REVISION_ID_INVALID',
    says: ['200 characters long', 'up to 32'],
  },
  'an id that is there': {
    words: ['revision', '-m', 'x', '--rev-id', 'aa01'],
    code: 'REVISION_DUPLICATE',
    says: [`'aa01'`, 'another id'],
  },
})

/** Autogenerate from a database without revisions, with this `env.ts`. */
const target = (environment: string, files: Case['files'] = {}): Pick<Case, 'words' | 'files'> => ({
  words: ['revision', '--autogenerate', '-m', 'x'],
  files: { [`${versions}/a.ts`]: null, 'migrations/env.ts': environment, ...files },
})
const models = (text: string) =>
  target(`export const target = () => import('../models.ts')`, { 'models.ts': text })
const sql = (text: string) =>
  target(`import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')`, {
    'schema.sql': text,
  })

check('of targets,', 1, {
  'none at all': {
    ...target('export const tagret = 1'),
    code: 'TARGET_MISSING',
    says: ['env.ts', 'export const target'],
  },
  'a module that is not there': {
    ...target(`export const target = () => import('../nowhere.ts')`),
    code: 'TARGET_UNREADABLE',
    says: ['migrations/env.ts', 'nowhere.ts'],
  },
  'models that throw': {
    ...models(`\nthrow new Error('not today')`),
    code: 'TARGET_UNREADABLE',
    says: ['models.ts:2:7: not today'],
  },
  'models that declare nothing': {
    ...models('export const users = 1'),
    code: 'TARGET_EMPTY',
    says: ['declares no table', 'Export what table('],
  },
  'a path in place of sqlFiles': {
    ...target(`export const target = 'schema.sql'`),
    code: 'TARGET_EMPTY',
    says: ['it is a text', `sqlFiles('schema.sql')`],
  },
  'models that the database refuses': {
    ...models(
      `import { table, type } from 'limbeck'\nexport const t = table('t', { id: type('nope') })`,
    ),
    code: 'TARGET_BUILD_FAILED',
    says: ['table t', 'type "nope" does not exist'],
  },
  'SQL with rows': {
    ...sql('CREATE TABLE t ();\nCOPY t FROM stdin;\n\\.\n'),
    code: 'SQL_UNSUPPORTED',
    says: ['schema.sql:2: COPY'],
  },
  'SQL with a command of psql': {
    ...sql('\\i other.sql\n'),
    code: 'SQL_UNSUPPORTED',
    says: ['schema.sql:1: \\i', 'psql'],
  },
  'SQL that does not parse': {
    ...sql('CREATE TABL t ();'),
    code: 'SQL_SYNTAX',
    says: ['schema.sql:1:8', '"TABL"'],
  },
  'a missing extension': {
    ...sql('CREATE EXTENSION nope;'),
    code: 'REQUIREMENTS_MISSING',
    says: ['extension nope', 'scratchUrl'],
  },
  'a missing role': {
    ...sql('CREATE TABLE t (); CREATE POLICY p ON t TO limbeck_ghost;'),
    code: 'REQUIREMENTS_MISSING',
    says: ['role limbeck_ghost', 'CREATE ROLE limbeck_ghost;'],
  },
  'a database with pending revisions': {
    ...target('export const target = {}', { [`${versions}/a.ts`]: revision('aa01', null) }),
    code: 'TARGET_NOT_UP_TO_DATE',
    says: ['Target database is not up to date', 'aa01', '`limbeck upgrade head`'],
  },
  'no place for a scratch database': () => ({
    ...sql('CREATE TABLE t ();'),
    drivers: ['pg'],
    env: { TEST_URL: urlWith({ username: humble }) },
    code: 'SCRATCH_UNAVAILABLE',
    says: [`"${humble}" may not create databases`, 'CREATEDB', '@electric-sql/pglite'],
  }),
})

test('no scratch database is left', async () => {
  expect(await scratchDatabases()).toEqual([])
})

test('with a transaction for each revision those before the refused one stay', async () => {
  const own = await (await postgresServer()).createDatabase('bad_input')
  const project = newProject({
    files: {
      ...config('export default { url: process.env.TEST_URL, transactionPerMigration: true }'),
      ...second(`  op.execute('SELECT 1/0')`),
    },
  })
  const { status, stderr } = await project.limbeck(['upgrade', 'head'], { TEST_URL: own.url })
  expect(status).toBe(1)
  expect(stderr).toContain('  statement: SELECT 1/0\nRolled back: bb01. Stays: aa01.\n')
  expect(await queryOnce(own.url, 'SELECT version_num FROM alembic_version')).toEqual([
    { version_num: 'aa01' },
  ])
  project.remove()
  await own.drop()
})

test('an error is two lines on stderr, with --quiet too, and --trace adds the stack', async () => {
  const project = newProject({ files: { 'limbeck.config.ts': null } })
  const line = /^error CONFIG_NOT_FOUND: .+\nhint: .+\n/
  for (const words of [['current'], ['current', '--quiet']]) {
    const { stdout, stderr } = await project.limbeck(words)
    expect([stdout, stderr.replace(line, '')]).toEqual(['', ''])
  }
  const { stderr } = await project.limbeck(['current', '--trace'])
  expect(stderr).toMatch(line)
  expect(stderr).toMatch(/\n\s+at .+:\d+:\d+/)
  project.remove()
})
