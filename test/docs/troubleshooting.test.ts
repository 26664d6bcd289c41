import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LineOutcome, limbeckIn } from '../support/command-line.ts'
import { createRepository, type Repository } from '../support/git.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'
import { readPage } from './pages.ts'

// Every heading of the page is provoked, on a real server: limbeck says what the page says that it
// says, and what the page tells to do helps.

interface Section {
  readonly heading: string
  /** What limbeck says; absent for what is no message. */
  readonly said: string | undefined
  /** The lines of the first block that is typed. */
  readonly typed: readonly string[]
}

const sections: readonly Section[] = readPage('docs/troubleshooting.md')
  .split(/^##+ /m)
  .slice(1)
  .map(section => ({
    heading: section.slice(0, section.indexOf('\n')),
    said: /^```text\n(error .*?)^```$/ms.exec(section)?.[1],
    typed: [...(/^```console\n(.*?)^```$/ms.exec(section)?.[1] ?? '').matchAll(/^\$ (.*)$/gm)].map(
      ([, line]) => line!,
    ),
  }))
  .filter(({ said, typed }) => said !== undefined || typed.length > 0)

let database: TestDatabase
let other: TestDatabase
let project: TestProject
let repository: Repository

beforeEach(async () => {
  const server = await postgresServer()
  database = await server.createDatabase('trouble')
  other = await server.createDatabase('empty')
  project = createProject(database.url)
  repository = createRepository(project.folder)
})
afterEach(async () => {
  project.remove()
  await database.drop()
  await other.drop()
})

const limbeck = (line: string): Promise<LineOutcome> => {
  const words = line.match(/"[^"]*"|\S+/g) ?? []
  const said = words.map(word =>
    word.replaceAll('"', '').replace('$EMPTY_DATABASE_URL', () => other.url),
  )
  return limbeckIn(project.folder, said)
}
const query = (sql: string) => queryOnce(database.url, sql)
const versions = 'migrations/versions'

function write(
  [id, slug]: readonly [id: string, slug: string],
  down: string | null,
  upgrade: string,
  downgrade = '',
): void {
  const time = { aaaa1111: '09', bbbb2222: '10', cccc3333: '11' }[id] ?? '12'
  project.write(
    `${versions}/${id}_${slug}.ts`,
    `/**
 * ${slug.replaceAll('_', ' ')}
 *
 * Revision ID: ${id}
 * Create Date: 2026-11-20 ${time}:00:00+00:00
 */
import { integer, text, type Op } from 'limbeck'

export const revision = '${id}'
export const downRevision = ${down === null ? 'null' : `'${down}'`}
export const branchLabels = null
export const dependsOn = null

export function upgrade(op: Op) {
  ${upgrade}
}

export function downgrade(op: Op) {
  ${downgrade}
}
`,
  )
}

const users = () =>
  write(
    ['aaaa1111', 'create_users'],
    null,
    `op.createTable('users', { id: integer() })`,
    `op.dropTable('users')`,
  )
const nickname = () =>
  write(
    ['bbbb2222', 'add_nickname'],
    'aaaa1111',
    `op.addColumn('users', { nickname: text() })`,
    `op.dropColumn('users', 'nickname')`,
  )
const orders = (down = 'aaaa1111') =>
  write(['cccc3333', 'add_orders'], down, `op.createTable('orders', { id: integer() })`)
const nicknameFile = `${versions}/bbbb2222_add_nickname.ts`

function models(withNickname = true): void {
  project.write(
    'models.ts',
    `import { integer, table, text } from 'limbeck'
export const users = table('users', { id: integer()${withNickname ? ', nickname: text()' : ''} })
`,
  )
  project.write('migrations/env.ts', `export const target = () => import('../models.ts')\n`)
}

/** The nickname lies on a branch of git that has moved the database. */
async function nicknameOnBranch(): Promise<void> {
  users()
  repository.commit('start')
  repository.git('switch', '-q', '-c', 'feature/nickname')
  nickname()
  repository.commit('add nickname')
  await limbeck('upgrade head')
  repository.git('switch', '-q', 'main')
}

/** What leads to each heading; the last command is the one that limbeck complains about. */
const scenarios: Readonly<Record<string, () => Promise<LineOutcome>>> = {
  'Target database is not up to date': async () => {
    users()
    await limbeck('upgrade head')
    nickname()
    models()
    return limbeck('revision --autogenerate -m x')
  },
  "Can't locate revision identified by": async () => {
    await nicknameOnBranch()
    return limbeck('current')
  },
  'The file is there, under a name that is not read': async () => {
    users()
    nickname()
    await limbeck('upgrade head')
    const path = join(project.folder, nicknameFile)
    renameSync(path, `${path}.bak`)
    return limbeck('upgrade head')
  },
  'The file was never committed': async () => {
    project.write('.gitignore', 'migrations/versions/*.ts\n')
    users()
    nickname()
    await limbeck('upgrade head')
    rmSync(join(project.folder, nicknameFile))
    return limbeck('current')
  },
  'The file was deleted': async () => {
    users()
    nickname()
    repository.commit('add nickname')
    await limbeck('upgrade head')
    rmSync(join(project.folder, nicknameFile))
    repository.commit('clean up')
    return limbeck('current')
  },
  'Another revision follows it': async () => {
    await nicknameOnBranch()
    orders('bbbb2222')
    return limbeck('heads')
  },
  'Multiple head revisions are present': async () => {
    users()
    nickname()
    orders()
    return limbeck('upgrade head')
  },
  'Connection refused': () => {
    users()
    return limbeck('upgrade head --url postgresql://app:opensesame@localhost:1/shop')
  },
  'No such revision or branch': () => {
    users()
    return limbeck('upgrade bbbb22')
  },
  'Relation already exists': async () => {
    await query('CREATE TABLE users (id integer)')
    users()
    nickname()
    return limbeck('upgrade aaaa1111')
  },
  'Relation does not exist': async () => {
    users()
    nickname()
    await limbeck('stamp aaaa1111')
    return limbeck('upgrade head')
  },
  'Canceling statement due to lock timeout': async () => {
    users()
    await limbeck('upgrade head')
    nickname()
    const console = new Client({ connectionString: database.url, application_name: 'psql' })
    await console.connect()
    await console.query('BEGIN')
    await console.query('SELECT * FROM users')
    const outcome = await limbeck('upgrade head --lock-timeout 300ms --lock-retry 0')
    await console.end()
    return outcome
  },
  'New upgrade operations detected': async () => {
    users()
    await limbeck('upgrade head')
    models()
    return limbeck('check')
  },
  'A revision was edited after it had run': async () => {
    users()
    repository.commit('create users')
    await limbeck('upgrade head')
    write(
      ['aaaa1111', 'create_users'],
      null,
      `op.createTable('users', { id: integer(), nickname: text() })`,
    )
    models()
    expect((await limbeck('upgrade head')).stderr).not.toContain('Running')
    return limbeck('check')
  },
  'Requested revision overlaps with other requested revisions': async () => {
    users()
    nickname()
    await limbeck('upgrade head')
    await query(`INSERT INTO alembic_version VALUES ('aaaa1111')`)
    return limbeck('upgrade head')
  },
  'Revision is present more than once': async () => {
    users()
    project.write(`${versions}/copy.ts`, textOf(`${versions}/aaaa1111_create_users.ts`))
    return limbeck('heads')
  },
  'Cycle is detected in revisions': () => {
    users()
    write(['bbbb2222', 'add_nickname'], 'cccc3333', '')
    orders('bbbb2222')
    return limbeck('history')
  },
  'Could not determine revision id from filename': () => {
    users()
    project.write(`${versions}/helper.ts`, 'export const help = 1')
    return limbeck('heads')
  },
  'Online migration expected to match one row': async () => {
    users()
    await limbeck('upgrade head')
    write(['bbbb2222', 'x'], 'aaaa1111', `op.execute('DELETE FROM alembic_version')`)
    return limbeck('upgrade head')
  },
  'Value too long for type character varying(32)': () => {
    write(['2026_11_20_create_the_users_of_the_shop', 'x'], null, '')
    return limbeck('upgrade head')
  },
  'Destination is not a valid downgrade target': async () => {
    users()
    await limbeck('upgrade head')
    nickname()
    return limbeck('downgrade bbbb2222')
  },
  "Relative revision didn't produce migrations": async () => {
    users()
    await limbeck('upgrade head')
    return limbeck('downgrade -3')
  },
  'Autogenerate finds no models': () => {
    project.write('migrations/env.ts', '')
    return limbeck('revision --autogenerate -m x')
  },
  'No config file found': () => {
    rmSync(join(project.folder, 'limbeck.config.ts'))
    return limbeck('current')
  },
  "Path doesn't exist": () => {
    rmSync(join(project.folder, 'migrations'), { recursive: true })
    return limbeck('current')
  },
  'With a database that has no revisions yet': async () => {
    await query('CREATE TABLE users (id integer, nickname text)')
    models()
    return limbeck('heads')
  },
  'With a new line of revisions': async () => {
    users()
    await limbeck('upgrade head')
    rmSync(join(project.folder, versions, 'aaaa1111_create_users.ts'))
    write(['dddd4444', 'baseline'], null, `op.createTable('users', { id: integer() })`)
    return limbeck('current')
  },
}

const textOf = (path: string) => readFileSync(join(project.folder, path), 'utf8')

/** A shown text as a pattern: `…` alone on a line is any lines, elsewhere a part of one. */
function patternOf(said: string): RegExp {
  const lines = said
    .trimEnd()
    .split('\n')
    .map(line => {
      if (line.trim() === '…') return '(?:.*\\n)*?'
      return `${line
        .split('…')
        .map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
        .join('.*')}\\n`
    })
  return new RegExp(`^${lines.join('')}$`, 'm')
}

/** The complaint alone, as somebody sees it who works in the project's folder. */
const withoutProgress = (stderr: string): string =>
  stderr
    .replaceAll(/^(INFO|WARN) .*\n/gm, '')
    .replaceAll(` ${relative(process.cwd(), project.folder)}/`, ' ')

test('every heading has its scenario', () => {
  expect(Object.keys(scenarios).sort()).toEqual(sections.map(({ heading }) => heading).sort())
})

test.each(sections.map(section => [section.heading, section] as const))(
  '%s',
  async (heading, { said, typed }) => {
    const { status, stderr } = await scenarios[heading]!()
    if (said !== undefined) {
      expect(withoutProgress(stderr)).toMatch(patternOf(said))
      expect(status).not.toBe(0)
    }
    for (const line of typed) {
      const [program = '', ...rest] = line.replace(/^npx /, '').split(' ')
      if (program === 'git') repository.git(...rest)
      else {
        expect(program).toBe('limbeck')
        const outcome = await limbeck(rest.join(' '))
        expect(outcome.status, `${line}\n${outcome.stderr}`).toBe(0)
      }
    }
  },
)
