import { execFileSync } from 'node:child_process'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject, plainEnvironment } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

// Two developers, one repository: each writes a revision on a branch of git, and the branches are merged.

let database: TestDatabase
let project: CliProject

beforeAll(ensureBuilt)

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('team')
  project = createCliProject()
  project.write('limbeck.config.ts', `export default { url: '${database.url}' }\n`)
  project.write('migrations/versions/.gitkeep', '')
  project.write('.gitignore', 'node_modules\n.limbeck\n')
  git('init', '--quiet', '--initial-branch=main')
  await newRevision('root', 'create users', `op.createTable('users', { id: integer() })`)
  commit('users')
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const git = (...words: string[]): string =>
  execFileSync('git', words, {
    cwd: project.folder,
    encoding: 'utf8',
    env: {
      ...plainEnvironment(),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    },
  })

function commit(message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

/** Runs the program; it must end with the status. */
async function limbeck(words: readonly string[], status = 0) {
  const outcome = await project.limbeck(words)
  expect(outcome.status, `${words.join(' ')}\n${outcome.stderr}`).toBe(status)
  return outcome
}

/** A command of a message, as somebody copies it: the words between its backticks. */
const typed = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!).slice(1)

async function newRevision(id: string, message: string, upgrade: string): Promise<void> {
  const { stdout } = await limbeck(['revision', '-m', message, '--rev-id', id])
  const path = /^Generating (.*) \.\.\. {2}done$/m.exec(stdout)![1]!
  const name = path.slice(path.indexOf('migrations'))
  const text = project.files()[name]!
  project.write(
    name,
    text
      .replace('import type { Op }', 'import { integer, type Op }')
      .replace('upgrade(op: Op) {', `upgrade(op: Op) {\n  ${upgrade}\n`),
  )
}

/** Both start from `main`; the second is merged into it last. */
async function twoDevelopers(first: string, second: string): Promise<void> {
  git('switch', '--quiet', '--create', 'carts')
  await newRevision('aaaa1', 'add carts', first)
  commit('carts')
  git('switch', '--quiet', 'main')
  git('switch', '--quiet', '--create', 'orders')
  await newRevision('bbbb1', 'add orders', second)
  commit('orders')
  git('switch', '--quiet', 'main')
  git('merge', '--quiet', 'carts')
  git('merge', '--quiet', '--no-edit', 'orders')
}

const carts = `op.createTable('carts', { id: integer() })`
const orders = `op.createTable('orders', { id: integer() })`

const rows = async () =>
  (await queryOnce<{ version_num: string }>(database.url, 'SELECT * FROM alembic_version')).map(
    row => row.version_num,
  )

describe('after a git merge that leaves two heads', () => {
  test('the command that upgrade names joins them as it stands', async () => {
    await twoDevelopers(carts, orders)
    const { stderr } = await limbeck(['upgrade', 'head'], 4)
    expect(stderr).toMatch(/aaaa1, add carts \(\d{4}-.*\)\n.*bbbb1, add orders \(\d{4}-/)
    const [, command = ''] = /`(limbeck merge [^`]*)`/.exec(stderr) ?? []
    const merged = await limbeck(typed(command))
    expect(merged.stdout).toMatch(/^Generating .*_merge_aaaa1_and_bbbb1\.ts \.\.\. {2}done\n$/)
    expect(merged.stderr).toContain('proved: aaaa1 and bbbb1 give the same schema in both orders')
    await limbeck(['upgrade', 'head'])
    expect(await rows()).toHaveLength(1)
    await limbeck(['downgrade', 'root'])
    expect(await rows()).toEqual(['root'])
  })

  test('one’s own revision goes behind the other, and git sees one file with two lines', async () => {
    await twoDevelopers(carts, orders)
    await limbeck(['upgrade', 'aaaa1'])
    const { stdout } = await limbeck(['rebase'])
    expect(stdout).toBe(
      [
        '  bbbb1 follows aaaa1, and followed root',
        '  wrote migrations/versions/bbbb1_add_orders.ts',
        '  next: limbeck upgrade head',
        '',
      ].join('\n'),
    )
    expect(git('diff', '--unified=0').match(/^[-+][^-+].*$/gm)).toEqual([
      '- * Revises: root',
      '+ * Revises: aaaa1',
      "-export const downRevision = 'root'",
      "+export const downRevision = 'aaaa1'",
    ])
    await limbeck(['upgrade', 'head'])
    expect(await rows()).toEqual(['bbbb1'])
    await limbeck(['downgrade', 'root'])
    expect(await rows()).toEqual(['root'])
  })

  test('what does not go together is shown, and rebase settles the order', async () => {
    await twoDevelopers(
      carts,
      `op.addColumn('carts', { order_id: integer() }, { ifNotExists: true })`,
    )
    await limbeck(['upgrade', 'aaaa1'])
    const { stderr, stdout } = await limbeck(['merge'], 1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /bbbb1, then aaaa1: bbbb1 fails at migrations\/versions\/bbbb1_add_orders\.ts:\d+:6: relation "carts" does not exist/,
    )
    expect(git('status', '--porcelain')).toBe('')
    const [, command = ''] = /`(limbeck rebase [^`]*)`/.exec(stderr) ?? []
    await limbeck(typed(command))
    await limbeck(['upgrade', 'head'])
    expect(await rows()).toEqual(['bbbb1'])
  })

  test('a program gets the verdict', async () => {
    await twoDevelopers(carts, orders)
    const { stdout } = await limbeck(['merge', 'heads', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      downRevisions: ['aaaa1', 'bbbb1'],
      verdict: 'proved',
    })
  })
})
