import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { shellWords } from '../../src/text/shell-words.ts'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'
import { endOfInput, hasTerminal, interrupt, runInTerminal } from '../support/terminal.ts'

// `revision --autogenerate` where a column may have got another name: in a terminal, and without one.

let database: TestDatabase
let project: CliProject

beforeAll(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('renames')
  await queryOnce(
    database.url,
    `CREATE TYPE status AS ENUM ('it''s open', 'done'); CREATE TABLE users (nick varchar(50), s status)`,
  )
})
afterAll(() => database.drop())

beforeEach(() => {
  project = createCliProject()
  project.write(
    'limbeck.config.ts',
    `import { sqlFiles } from 'limbeck'
export default { url: process.env.TEST_URL, target: sqlFiles('schema.sql') }\n`,
  )
  project.write(
    'schema.sql',
    `CREATE TYPE status AS ENUM ('it''s open', 'done'); CREATE TABLE users (nickname varchar(50), s status)`,
  )
  project.write('migrations/versions/.keep', '')
  return () => project.remove()
})

const words = ['revision', '--autogenerate', '-m', 'names']
const env = () => ({ TEST_URL: database.url })
const limbeck = (line: readonly string[], own: NodeJS.ProcessEnv = {}) =>
  project.limbeck(line, { ...env(), ...own })

/** The bodies of the scripts that were written. */
function written(): string[] {
  const folder = join(project.folder, 'migrations/versions')
  const files = readdirSync(folder).filter(name => name.endsWith('.ts'))
  return files.map(name => readFileSync(join(folder, name), 'utf8'))
}

describe.runIf(hasTerminal)('in a terminal', () => {
  const ask = (answer: string, options: readonly string[] = [], own: NodeJS.ProcessEnv = {}) =>
    runInTerminal(
      [
        process.execPath,
        join(project.folder, 'node_modules/limbeck/bin/limbeck.js'),
        ...words,
        ...options,
      ],
      { cwd: project.folder, env: { ...env(), ...own }, question: /\[1-2\] /, answer },
    )

  test('it is asked what a new column was before, until there is an answer', async () => {
    const { status, text } = await ask('3\nnick\n2\n')
    expect(text).toContain(`The target has a new column, users.nickname. It is
  1) new: nick is dropped
  2) renamed from nick (both are varchar(50), the same place, the names are close)
`)
    expect(text).toContain('  ~ column users.nick: renamed to nickname\n')
    expect(status).toBe(0)
    expect(written()[0]).toContain(`op.alterColumn('users', 'nick', { newName: 'nickname'`)
  })

  test('the column is new where that is the answer', async () => {
    const { status, text } = await ask('1\n')
    expect(text).toContain('  + column users.nickname\n')
    expect(status).toBe(0)
    expect(written()[0]).toContain('Downgrade: lossy: users.nick')
  })

  test.each([
    ['Ctrl-C', interrupt],
    ['the end of the input', endOfInput],
  ])('%s is no answer: nothing is written', async (_, answer) => {
    const { status, text } = await ask(answer)
    expect(text).toContain('error ABORTED: What users.nickname was before was not answered')
    expect(status).toBe(1)
    expect(written()).toEqual([])
  })

  test.each([
    ['in a CI job', [], { CI: 'true' }],
    ['with --json', ['--json'], {}],
    ['with --no-renames', ['--no-renames'], {}],
    ['where --rename has said it', ['--rename', 'users.nick=nickname'], {}],
  ])('nobody is asked %s', async (_, options, own) => {
    const { status, text } = await ask('', options, own)
    expect(text).not.toContain('It is')
    expect(status).toBe(0)
  })
})

test('without a terminal nothing is guessed, and the words that say it are told', async () => {
  const { status, stdout } = await limbeck(words)
  expect(status).toBe(0)
  expect(stdout).toContain(
    '  renamed? column users.nick may have become nickname (both are varchar(50), the same place, the names are close): --rename users.nick=nickname\n',
  )
  expect(written()[0]).toContain('Downgrade: lossy: users.nick')
})

test('the words that check tells can be given as they stand', async () => {
  project.write(
    'schema.sql',
    `CREATE TYPE status AS ENUM ('it''s done', 'done'); CREATE TABLE users (nick varchar(50), s status)`,
  )
  const { status, stdout } = await limbeck(['check'])
  expect(status).toBe(3)
  const [, told = ''] = /: (--rename .*)$/m.exec(stdout) ?? []
  expect(told).toBe(`--rename "status.'it''s open'='it''s done'"`)
  const given = await limbeck(['check', '--json', ...shellWords(told)!])
  expect(JSON.parse(given.stdout)).toMatchObject({
    pending: [{ kind: 'renameEnumValue' }],
    renames: [{ kind: 'enumValue', decision: 'given' }],
  })
})

test.each([
  [['revision', '-m', 'x', '--rename', 'a=b'], '--rename says what is proposed, and nothing is.'],
  [[...words, '--rename', 'users.nik=nickname'], 'Did you mean users.nick?'],
])('wrong usage ends with status 2: %j', async (line, sentence) => {
  const { status, stderr } = await limbeck(line)
  expect(status).toBe(2)
  expect(stderr).toContain(sentence)
  expect(written()).toEqual([])
})
