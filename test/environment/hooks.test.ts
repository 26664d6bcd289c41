import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
/** What the hooks were told, oldest first. */
let calls: [name: string, told: Record<string, unknown>][]
/** What a hook does, by its name. */
let acts: Record<string, (told: Record<string, unknown>) => unknown>

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('hooks')
  project = createProject(database.url)
  for (const [id, down] of [
    ['a', null],
    ['b', 'a'],
  ] as const)
    project.writeRevision({
      id,
      down,
      upgrade: `op.createTable('${id}', { id: integer() })`,
      downgrade: `op.dropTable('${id}')`,
    })
  calls = []
  acts = {}
  ;(globalThis as Record<string, unknown>).limbeckHook = async (
    name: string,
    told: Record<string, unknown>,
  ) => {
    calls.push([name, told])
    await acts[name]?.(told)
  }
  writeConfig()
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const names = ['beforeRun', 'beforeRevision', 'afterRevision', 'afterRun', 'onError']

const hooksText = (only = names) =>
  `{ ${only.map(name => `${name}: told => globalThis.limbeckHook('${name}', told)`).join(', ')} }`

function writeConfig(hooks = hooksText()): void {
  project.write(
    'limbeck.config.ts',
    `export default { url: ${JSON.stringify(database.url)}, hooks: ${hooks} }\n`,
  )
}

const heads = async () => (await current(project.input)).heads

const failure = async (): Promise<LimbeckError> => {
  const error = await upgrade({ ...project.input, revision: 'head' }).catch(thrown => thrown)
  expect(error).toBeInstanceOf(LimbeckError)
  return error
}

const throwing = () => {
  throw new Error('not on a Friday')
}

const called = () => calls.map(([name, { revision }]) => (revision ? `${name} ${revision}` : name))

describe('hooks', () => {
  test('are told of a run and of each of its revisions, in order', async () => {
    await upgrade({ ...project.input, revision: 'head' })
    const a = { revision: 'a', direction: 'upgrade', from: [], to: ['a'], message: 'does a' }
    const b = { revision: 'b', direction: 'upgrade', from: ['a'], to: ['b'], message: 'does b' }
    const run = {
      database: expect.stringContaining('postgresql://'),
      from: [],
      to: ['b'],
      revisions: [a, b],
    }
    const milliseconds = expect.any(Number)
    expect(calls).toEqual([
      ['beforeRun', run],
      ['beforeRevision', a],
      ['afterRevision', { ...a, milliseconds }],
      ['beforeRevision', b],
      ['afterRevision', { ...b, milliseconds }],
      ['afterRun', { ...run, milliseconds }],
    ])
  })

  test('are told of downgrades and stamps too, and of nothing where there is nothing to do', async () => {
    await stamp({ ...project.input, revisions: ['a'] })
    await upgrade({ ...project.input, revision: 'a' })
    expect(called()).toEqual(['beforeRun', 'beforeRevision a', 'afterRevision a', 'afterRun'])
    expect(calls[1]![1]).toMatchObject({ direction: 'stamp' })
    await upgrade({ ...project.input, revision: 'head' })
    calls = []
    await downgrade({ ...project.input, revision: 'a' })
    expect(called()).toEqual(['beforeRun', 'beforeRevision b', 'afterRevision b', 'afterRun'])
    expect(calls[1]![1]).toMatchObject({ direction: 'downgrade' })
    calls = []
    await upgrade({ ...project.input, revision: 'head', sql: true })
    expect(calls).toEqual([])
  })

  test('stand around what they are told of: the commit comes after afterRevision, before afterRun', async () => {
    const tables = () =>
      queryOnce(database.url, "SELECT FROM pg_tables WHERE tablename IN ('a', 'b')")
    const counts: number[] = []
    const count = async () => void counts.push((await tables()).length)
    acts = { beforeRun: count, afterRevision: count, afterRun: count }
    await upgrade({ ...project.input, revision: 'head' })
    expect(counts).toEqual([0, 0, 0, 2])
  })

  test('of context.configure stand in the place of those of the config, one by one', async () => {
    writeConfig(hooksText(['beforeRun', 'afterRun']))
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        context.configure({ hooks: { beforeRun: told => globalThis.limbeckHook('own', told) } })
        await context.runMigrations()
      }`,
    )
    await upgrade({ ...project.input, revision: 'head' })
    expect(called()).toEqual(['own', 'afterRun'])
  })
})

describe('a hook that throws', () => {
  test('before the run keeps it from beginning', async () => {
    acts = { beforeRun: throwing }
    expect(await failure()).toMatchObject({
      code: 'HOOK_FAILED',
      message: 'hooks.beforeRun failed: not on a Friday. Nothing was done.',
      facts: { hook: 'beforeRun', to: ['b'] },
    })
    expect(called()).toEqual(['beforeRun', 'onError'])
    expect(await heads()).toEqual([])
  })

  test.each(['beforeRevision', 'afterRevision'])(
    'as %s fails the revision, and all that is not committed is rolled back',
    async name => {
      acts = { [name]: ({ revision }) => revision === 'b' && throwing() }
      const error = await failure()
      expect(error.code).toBe('RUN_FAILED')
      expect(error.message).toContain(`Upgrade of b failed: hooks.${name}: not on a Friday`)
      expect(error.facts).toMatchObject({ revision: 'b', stayed: [], rolledBack: ['a', 'b'] })
      expect(await heads()).toEqual([])
    },
  )

  test('after the run is an error that says that the run was done', async () => {
    acts = { afterRun: throwing }
    expect(await failure()).toMatchObject({
      code: 'HOOK_FAILED',
      message: 'hooks.afterRun failed: not on a Friday. The run itself was done. Stays: a, b.',
    })
    expect(await heads()).toEqual(['b'])
  })

  test('as onError is a warning, and the error of the run is told', async () => {
    project.writeRevision({ id: 'b', down: 'a', upgrade: "op.execute('SELEKT')" })
    acts = { onError: throwing }
    const error = await failure()
    expect(error.code).toBe('STATEMENT_FAILED')
    expect(calls.at(-1)).toMatchObject(['onError', { error, to: ['b'] }])
    expect(project.events).toContainEqual({
      type: 'warning',
      message: 'hooks.onError failed itself: not on a Friday',
      facts: { hook: 'onError' },
    })
  })
})

test('a hook that is none is refused, in the config and in env.ts', async () => {
  writeConfig('{ beforeUpgrade() {} }')
  expect((await failure()).message).toContain('hooks.beforeUpgrade is not a key.')
  writeConfig()
  project.write(
    'migrations/env.ts',
    'export async function runMigrationsOnline(context) { context.configure({ hooks: { afterUpgrade() {} } }) }',
  )
  expect((await failure()).message).toContain('hooks: expected { beforeRun, ')
})
