import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: CliProject

beforeAll(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('container')
  project = createCliProject()
  // Files in the places of folders: nothing can be kept there, whoever runs the tests.
  project.write('node_modules/.cache', '')
  project.write('.limbeck', '')
  project.write('limbeck.config.ts', `export default { url: process.env.DATABASE_URL }`)
  project.write(
    'models.ts',
    `import { integer, table } from 'limbeck'\nexport const one = table('one', { id: integer() })`,
  )
  project.write('migrations/env.ts', `export const target = () => import('../models.ts')`)
  project.write(
    'migrations/versions/a.ts',
    `import { integer, type Op } from 'limbeck'
export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) { op.createTable('one', { id: integer() }) }
export function downgrade(op: Op) { op.dropTable('one') }
`,
  )
})

afterAll(async () => {
  project.remove()
  await database.drop()
})

test('in a container without a home, a terminal, or a place for caches, everything works', async () => {
  const env = { DATABASE_URL: database.url, NODE_ENV: 'production', HOME: undefined }
  const files = project.files()
  for (const words of [['upgrade', 'head'], ['current'], ['check'], ['downgrade', 'base']]) {
    const { status, stderr } = await project.limbeck(words, env)
    expect(stderr).toMatch(/^(INFO .*\n)+$/)
    expect(status).toBe(0)
  }
  expect(await queryOnce(database.url, 'SELECT * FROM alembic_version')).toEqual([])
  expect(project.files()).toEqual(files)
})

test('what the project prints is not mixed with what is asked for', async () => {
  project.write(
    'limbeck.config.ts',
    `console.log('hello')\nexport default { url: process.env.DATABASE_URL }`,
  )
  const { stdout, stderr } = await project.limbeck(['current', '--json'], {
    DATABASE_URL: database.url,
  })
  expect(JSON.parse(stdout)).toMatchObject({ heads: [] })
  expect(stderr).toContain('hello\n')
})
