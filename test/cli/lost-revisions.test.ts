import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limbeckIn } from '../support/command-line.ts'
import { createRepository, type Repository } from '../support/git.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

// What a team meets that works in branches of git, with a database that belongs to one of them.

let database: TestDatabase
let project: TestProject
let repository: Repository

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('team')
  project = createProject(database.url)
  repository = createRepository(project.folder)
  write('aaaa1111', null, 'start')
  repository.commit('start')
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const limbeck = (...words: readonly string[]) => limbeckIn(project.folder, words)

/** A revision that creates a table of its name. */
function write(id: string, down: string | null, message: string): string {
  return project.writeRevision({
    id,
    down,
    message: `${message}\n *\n * Create Date: 2026-11-2${id.length % 2} 10:00:00+00:00`,
    upgrade: `  op.createTable('t_${id}', { id: integer() })`,
    downgrade: `  op.dropTable('t_${id}')`,
  })
}

/** A branch of git with a revision after the first one. */
function branch(name: string, id: string): string {
  repository.git('switch', '-q', '-c', name, 'main')
  write(id, 'aaaa1111', `add ${name}`)
  return repository.commit(`add ${name}`)
}

describe('after a git merge with two heads', () => {
  beforeEach(() => {
    branch('users', 'bbbb2222')
    branch('orders', 'cccc3333')
    repository.git('merge', '-q', '-m', 'merge', 'users')
  })

  const heads = [
    '  bbbb2222, add users (2026-11-20 10:00:00+00:00)',
    '  cccc3333, add orders (2026-11-20 10:00:00+00:00)',
  ].join('\n')

  test.each([
    ['upgrade', 'head'],
    ['revision', '-m', 'more'],
    ['stamp', 'head'],
    ['downgrade', 'head'],
    ['show', 'head-1'],
    ['upgrade', 'head', '--sql'],
  ])('%s %s names both heads, with messages and dates', async (...words) => {
    const { status, stderr, stdout } = await limbeck(...words)
    expect(status).toBe(4)
    expect(stdout).toBe('')
    expect(stderr).toContain(`and there are 2 heads:\n${heads}\n`)
    expect(stderr).toMatch(/hint: .*`limbeck merge heads/)
  })

  test('the facts of --json hold the heads', async () => {
    const { status, stdout } = await limbeck('upgrade', 'head', '--json')
    expect(status).toBe(4)
    expect(JSON.parse(stdout).error.facts.heads).toEqual(
      [
        ['bbbb2222', 'add users'],
        ['cccc3333', 'add orders'],
      ].map(([id, message]) => ({
        id,
        message,
        createdAt: '2026-11-20 10:00:00+00:00',
        path: join(project.folder, `migrations/versions/${id}_test.ts`),
      })),
    )
  })

  test('check and revision --autogenerate say what is pending, and what joins the heads', async () => {
    for (const words of [['check'], ['revision', '--autogenerate', '-m', 'x']]) {
      const { stderr } = await limbeck(...words)
      expect(stderr).toMatch(/`limbeck merge heads/)
      expect(stderr).toContain('bbbb2222, add users')
    }
  })
})

describe('a version row that no file has', () => {
  const told = async () => (await limbeck('upgrade', 'head')).stderr

  /** The database has been moved by a branch that is no longer checked out. */
  async function moveByBranch(): Promise<string> {
    const commit = branch('users', 'bbbb2222')
    await limbeck('upgrade', 'head')
    repository.git('switch', '-q', 'main')
    return commit
  }

  test('is told of with who ran it, and with the branch that has the file', async () => {
    const commit = await moveByBranch()
    const [row] = await queryOnce<{ who: string }>(
      database.url,
      `SELECT who FROM limbeck_ledger WHERE revision = 'bbbb2222'`,
    )
    const { status, stderr } = await limbeck('upgrade', 'head')
    expect(status).toBe(1)
    expect(stderr).toContain(
      `error DATABASE_REVISION_UNKNOWN: The version table holds the row 'bbbb2222'`,
    )
    expect(stderr).toContain(
      `  The ledger: ${row!.who} ran the upgrade of bbbb2222 on ${hostname()} with limbeck `,
    )
    const path = 'migrations/versions/bbbb2222_test.ts'
    expect(stderr).toContain(`  On users: ${path} (${commit}, `)
    expect(stderr).toMatch(/, \d{4}-\d\d-\d\d, Ann: add users\)\.\n/)
    expect(stderr).toContain(
      `hint: Take it over: \`git merge users\`, or the file alone: \`git checkout users -- :/${path}\`.`,
    )
    repository.git('checkout', 'users', '--', `:/${path}`)
    expect((await limbeck('current')).stdout).toContain('bbbb2222')
  })

  test('is told of by every command that starts from it', async () => {
    await moveByBranch()
    for (const words of [
      ['current'],
      ['show', 'current'],
      ['downgrade', '-1'],
      ['stamp', 'head'],
      ['check'],
      ['history', '-r', 'current:'],
    ]) {
      const { status, stderr } = await limbeck(...words)
      expect(status, words.join(' ')).toBe(1)
      expect(stderr).toContain('On users: migrations/versions/bbbb2222_test.ts')
    }
  })

  test('is told of as a program reads it', async () => {
    const commit = await moveByBranch()
    const { stdout } = await limbeck('current', '--json')
    const { facts } = JSON.parse(stdout).error
    expect(facts).toMatchObject({
      revisions: ['bbbb2222'],
      found: [
        {
          revision: 'bbbb2222',
          run: { direction: 'upgrade', host: hostname(), application: 'limbeck' },
          git: { commit, branches: ['users'], path: 'migrations/versions/bbbb2222_test.ts' },
        },
      ],
    })
    expect(facts.runs).toBeUndefined()
  })

  test.each([
    ['bbbb2222_test.ts.bak', 'its name does not end in .ts', 'Rename it to'],
    ['.bbbb2222_test.ts', 'its name begins with a dot', 'Rename it to'],
    [
      '2026/bbbb2222_test.ts',
      'it is in a folder inside the version location',
      'recursiveVersionLocations',
    ],
    ['../old/bbbb2222_test.ts', 'it is in no version location', 'versionLocations'],
  ])('is found in %s', async (name, reason, hint) => {
    const path = write('bbbb2222', 'aaaa1111', 'add b')
    await limbeck('upgrade', 'head')
    const versions = join(project.folder, 'migrations/versions')
    project.write(join('migrations/versions', name), '')
    renameSync(path, join(versions, name))
    const text = await told()
    expect(text).toContain(
      `${join('migrations/versions', name)} has the id bbbb2222, but ${reason}`,
    )
    expect(text).toMatch(new RegExp(`hint: .*${hint}`))
  })

  test("is found in a Python file of Alembic's, which moved the database last", async () => {
    await limbeck('upgrade', 'head')
    await queryOnce(database.url, `UPDATE alembic_version SET version_num = 'dddd4444'`)
    project.write(
      'migrations/versions/dddd4444_x.py',
      `"""x"""\nrevision: str = 'dddd4444'\ndown_revision = 'aaaa1111'\n`,
    )
    const text = await told()
    expect(text).toContain(
      "dddd4444_x.py has the id dddd4444, but it is a Python revision of Alembic's.",
    )
    expect(text).not.toContain('The ledger')
  })

  test('is told of where .gitignore has kept its file from the others', async () => {
    project.write('.gitignore', 'migrations/versions/*.ts\n')
    const path = write('bbbb2222', 'aaaa1111', 'add b')
    await limbeck('upgrade', 'head')
    rmSync(path)
    const text = await told()
    expect(text).toContain('.gitignore:1:migrations/versions/*.ts keeps such a file out of git')
    expect(text).toContain('hint: Take that line out')
  })

  test('is told of where its file was deleted', async () => {
    const path = write('bbbb2222', 'aaaa1111', 'add b')
    repository.commit('add b')
    await limbeck('upgrade', 'head')
    rmSync(path)
    const deletion = repository.commit('clean up')
    const text = await told()
    expect(text).toContain(`migrations/versions/bbbb2222_test.ts was deleted by ${deletion}; `)
    const command = /`(git checkout .*?)`/.exec(text)![1]!
    repository.git(...command.split(' ').slice(1))
    expect((await limbeck('upgrade', 'head')).status).toBe(0)
  })

  test('is told of without any of that where nothing is known', async () => {
    await limbeck('upgrade', 'head')
    await queryOnce(database.url, `UPDATE alembic_version SET version_num = 'ffff9999'`)
    rmSync(join(project.folder, '.git'), { recursive: true })
    expect(await told()).toMatch(
      /error DATABASE_REVISION_UNKNOWN: The version table holds the row 'ffff9999', and no revision file has that id\.\nhint: Get the file .*`limbeck stamp --purge REVISION`\.\n$/,
    )
  })

  test('names every one of several rows', async () => {
    await limbeck('upgrade', 'head')
    await queryOnce(database.url, `INSERT INTO alembic_version VALUES ('ffff9999'), ('eeee8888')`)
    expect(await told()).toContain(
      `holds the rows 'ffff9999', 'eeee8888', and no revision file has these ids`,
    )
  })
})

test('a parent that no file has is found on another branch', async () => {
  branch('users', 'bbbb2222')
  repository.git('switch', '-q', 'main')
  write('cccc3333', 'bbbb2222', 'after it')
  const { status, stderr } = await limbeck('heads')
  expect(status).toBe(1)
  expect(stderr).toContain(`error REVISION_MISSING_PARENT: Revision cccc3333 follows 'bbbb2222'`)
  expect(stderr).toContain('On users: migrations/versions/bbbb2222_test.ts')
})

test('a revision that is typed is found under a name that is not read', async () => {
  const path = write('bbbb2222', 'aaaa1111', 'add b')
  renameSync(path, `${path}.orig`)
  const { stderr } = await limbeck('show', 'bbbb22')
  expect(stderr).toContain(
    'bbbb2222_test.ts.orig has the id bbbb2222, but its name does not end in',
  )
  writeFileSync(join(project.folder, 'limbeck.config.ts'), 'export default 1')
  expect((await limbeck('show', 'bbbb22')).stderr).toContain('CONFIG_INVALID')
})
