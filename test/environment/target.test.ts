import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Environment } from '../../src/environment/environment.ts'
import type { Project } from '../../src/environment/project.ts'
import { loadTarget } from '../../src/environment/target.ts'
import { integer, table } from '../../src/index.ts'
import { importModule } from '../../src/scripts/import-module.ts'
import { createProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(() => {
  project = createProject('postgresql://nowhere.invalid/x')
})
afterEach(() => project.remove())

const load = (target: unknown) =>
  loadTarget({ path: '/p/env.ts', target } as Environment, { config: {} } as Project)

const users = table('users', { id: integer() })

test.each([
  ['a module', { users }],
  ['a function', () => ({ users })],
  ['a promise in a function', async () => [users]],
  ['a list of lists', [[users]]],
])('%s is a target', async (_, target) => {
  const [source] = await load(target)
  expect(await source!.load({} as never)).toMatchObject({ operations: [{ kind: 'createTable' }] })
})

test('what is declared twice is named by its exports', async () => {
  const [source] = await load({ a: table('t', {}), b: table('t', {}) })
  await expect(source!.load({} as never)).rejects.toThrow(
    'table t: it is declared by a and again by b.',
  )
})

test.each([
  ['schema.sql', 'it is a text.'],
  [[], 'it is an empty list.'],
  [[users, undefined], 'it is missing.'],
  [5, 'it is a number.'],
])('%j is no target', async (target, message) => {
  await expect(load(target)).rejects.toMatchObject({
    code: 'TARGET_EMPTY',
    message: `The target declares nothing: ${message}`,
  })
})

test('where there is no env.ts it is said where one is looked for', async () => {
  const config = { scriptLocation: '/p/alembic', path: '/p/alembic.ini' }
  const work = loadTarget({ target: undefined } as Environment, { config } as Project)
  await expect(work).rejects.toMatchObject({
    code: 'TARGET_MISSING',
    message:
      'There is nothing to compare with: there is no /p/alembic/env.ts, and /p/alembic.ini names no target.',
  })
})

test('what the models throw has its place', async () => {
  const models = project.write('models.ts', `\nthrow new Error('not today')`)
  await expect(load(() => importModule(models))).rejects.toMatchObject({
    code: 'TARGET_UNREADABLE',
    message: `The target cannot be loaded: ${models}:2:7: not today`,
    facts: { path: models, line: 2 },
  })
})

test('a declaration that is refused has its place', async () => {
  const index = new URL('../../src/index.ts', import.meta.url)
  const models = project.write('refused.ts', `import { table } from '${index}'\n\ntable('')`)
  await expect(load(() => import(models))).rejects.toMatchObject({
    code: 'DECLARATION_INVALID',
    message: expect.stringContaining(`${models}:3:1: table: its argument name is an empty text`),
  })
})

test('what the function itself throws has its place', async () => {
  const boo = () => {
    throw new Error('boo')
  }
  await expect(load(boo)).rejects.toMatchObject({
    code: 'TARGET_UNREADABLE',
    message: expect.stringMatching(/target\.test\.ts:\d+:\d+: boo$/),
  })
})
