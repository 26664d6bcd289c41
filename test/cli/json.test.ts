import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { main } from '../../src/cli/main.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('json')
  project = createProject(database.url)
  project.write(
    'migrations/env.ts',
    `import { integer, table } from 'limbeck'
export const target = table('one', { id: integer().primaryKey(), more: integer() })
`,
  )
  const one = `  op.createTable('one', { id: integer().primaryKey() })`
  project.writeRevision({ id: 'aaaa', upgrade: one, downgrade: `  op.dropTable('one')` })
  project.writeRevision({ id: 'bbbb', down: 'aaaa' })
  project.writeRevision({ id: 'cccc', down: 'aaaa' })
})
afterAll(async () => {
  project.remove()
  await database.drop()
})

const schemaOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8'))

const ajv = new Ajv({ allErrors: true })
const validators = new Map(
  [...commands.map(({ name }) => name), 'error'].map(name => [name, ajv.compile(schemaOf(name))]),
)

/** Runs the command line; what it prints has to be one document that its schema allows. */
async function json(...argv: string[]) {
  const written: string[] = []
  const silent = { write: () => {}, isTerminal: false }
  const status = await main([...argv, '--json'], {
    io: {
      cwd: project.folder,
      env: { PATH: process.env.PATH, EDITOR: 'true' },
      stdout: { write: text => written.push(text), isTerminal: false },
      stderr: silent,
    },
  })
  const document = JSON.parse(written.join(''))
  const validate = validators.get('error' in document ? 'error' : argv[0]!)!
  validate(document)
  expect(validate.errors, `${argv.join(' ')}: ${written.join('')}`).toBeNull()
  return { status, document }
}

/** In the order in which they can be run on one project. */
const lines = [
  'list-templates',
  'init elsewhere --config other/limbeck.config.ts --template async',
  'history',
  'history -r aaaa:bbbb -i',
  'heads',
  'heads --resolve-dependencies',
  'branches',
  'show heads',
  'show base',
  'edit heads',
  'ensure-version --sql',
  'ensure-version',
  'upgrade heads --sql',
  'upgrade heads',
  'upgrade heads',
  'current',
  'current --check-heads',
  'downgrade aaaa:base --sql',
  'downgrade cccc@-1',
  'current --check-heads',
  'stamp bbbb cccc',
  'stamp aaaa --purge',
  'stamp cccc --sql',
  'rebase cccc',
  'upgrade head',
  'check',
  'doctor',
  'models --from-database --dry-run',
  'revision --autogenerate -m more --rev-id dddd',
  'upgrade head',
  'check',
  'revision --autogenerate -m nothing',
  'revision -m empty --rev-id eeee',
  'revision -m beside --rev-id ffff --head dddd --splice',
  'merge heads -m together',
]

describe('the document of every command is what its schema says', () => {
  test.each(lines)('%s', async line => {
    const { document } = await json(...line.split(' '))
    expect(document).not.toHaveProperty('error')
  })

  test('and there is none that is not run here', () => {
    const run = new Set(lines.map(line => line.split(' ')[0]))
    expect(commands.map(({ name }) => name).filter(name => !run.has(name))).toEqual([])
  })
})

describe('the document of an error is what its schema says', () => {
  test.each([
    ['nonsense', 2],
    ['show nothing', 1],
    ['history --format png', 2],
    ['edit base', 1],
    ['init migrations', 1],
    ['downgrade base --sql', 2],
  ])('%s', async (line, status) => {
    const { document, ...ended } = await json(...line.split(' '))
    expect([ended.status, document.error.exitStatus]).toEqual([status, status])
  })

  test('with the facts that a refused statement has', async () => {
    await queryOnce(database.url, 'CREATE TABLE one_too_many (id integer)')
    project.writeRevision({ id: 'gggg', upgrade: `  op.execute('CREATE TABLE one_too_many ()')` })
    const { document } = await json('upgrade', 'gggg')
    expect(document.error.code).toBe('STATEMENT_FAILED')
  })
})

test('the same project and the same database give the same documents', async () => {
  for (const line of ['history -i', 'heads', 'branches', 'current', 'show heads']) {
    const [first, second] = [await json(...line.split(' ')), await json(...line.split(' '))]
    expect(first).toEqual(second)
  }
})
