import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { history } from '../../src/commands/history.ts'
import type { RevisionInput } from '../../src/commands/inputs.ts'
import { revision } from '../../src/commands/revision.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'

/** Nothing listens there: a command that connects fails. */
const nowhere = 'postgresql://nobody@127.0.0.1:1/none'

let project: TestProject

beforeEach(() => {
  project = createProject(nowhere)
})
afterEach(() => project.remove())

const write = (input: Omit<RevisionInput, 'cwd'> = {}) => revision({ ...project.input, ...input })

const failure = async (input: Omit<RevisionInput, 'cwd'>): Promise<LimbeckError> =>
  write(input).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const versions = (folder = 'migrations/versions') =>
  readdirSync(join(project.folder, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => entry.name)

const textOf = (path: string | undefined) => readFileSync(path!, 'utf8')

/** `a` and on it two heads, `b1` with the label `billing` and `b2`. */
async function fork(): Promise<void> {
  await write({ revId: 'a', message: 'first' })
  await write({ revId: 'b1', branchLabels: ['billing'] })
  await write({ revId: 'b2', head: 'a', splice: true })
}

describe('where a revision goes', () => {
  test('it follows the only head, by default', async () => {
    await write({ revId: 'a' })
    const { path, downRevisions } = await write({ revId: 'b', message: 'second' })
    expect(downRevisions).toEqual(['a'])
    expect(path).toBe(join(project.folder, 'migrations/versions/b_second.ts'))
    expect(textOf(path)).toContain(`export const downRevision = 'a'`)
  })

  test('several heads ask for one, or for a merge', async () => {
    await fork()
    const error = await failure({ revId: 'c' })
    expect(error.code).toBe('MULTIPLE_HEADS')
    expect(error.exitStatus).toBe(4)
    expect(error.message).toMatch(/b1[\s\S]*b2/)
    expect(error.hint).toMatch(/--head[\s\S]*limbeck merge heads/)
    expect(versions()).toHaveLength(3)
  })

  test.each([
    ['b1', ['b1']],
    ['billing@head', ['b1']],
    ['heads', ['b1', 'b2']],
    ['base', []],
  ])('--head %s', async (head, downRevisions) => {
    await fork()
    expect((await write({ revId: 'c', head })).downRevisions).toEqual(downRevisions)
  })

  test('a revision that others follow is only followed with --splice', async () => {
    await fork()
    const error = await failure({ revId: 'c', head: 'a' })
    expect(error.code).toBe('REVISION_NOT_A_HEAD')
    expect(error.hint).toContain('--splice')
    expect((await write({ revId: 'c', head: 'a', splice: true })).downRevisions).toEqual(['a'])
  })

  test('dependencies are full ids, or the labels that were given', async () => {
    await write({ revId: 'abcd1234', branchLabels: ['left'], head: 'base' })
    await write({ revId: 'bbbb1234', head: 'base' })
    const { path } = await write({
      revId: 'c',
      head: 'bbbb',
      dependsOn: ['left', 'abcd'],
      branchLabels: ['one', 'two'],
    })
    expect(textOf(path)).toContain(`export const branchLabels = ['one', 'two']`)
    expect(textOf(path)).toContain(`export const dependsOn = ['left', 'abcd1234']`)
  })
})

test.each<[string, Omit<RevisionInput, 'cwd'>, string]>([
  ['a label that is taken', { head: 'b1', branchLabels: ['billing'] }, 'BRANCH_LABEL_TAKEN'],
  ['a label that is an id', { head: 'b1', branchLabels: ['b2'] }, 'BRANCH_LABEL_TAKEN'],
  ['a label with a sign', { head: 'b1', branchLabels: ['a-b'] }, 'BRANCH_LABEL_INVALID'],
  ['an id that is taken', { head: 'b1', revId: 'b2' }, 'REVISION_DUPLICATE'],
  ['an id of 33 characters', { head: 'b1', revId: 'x'.repeat(33) }, 'REVISION_ID_INVALID'],
  ['an id of 200 characters', { head: 'b1', revId: 'x'.repeat(200) }, 'REVISION_ID_INVALID'],
  ['an unknown dependency', { head: 'b1', dependsOn: ['nope'] }, 'REVISION_NOT_FOUND'],
  ['a folder that is no location', { head: 'b1', versionPath: '.' }, 'VERSION_LOCATION_INVALID'],
])('%s is refused before anything is written', async (_, input, code) => {
  await fork()
  expect((await failure(input)).code).toBe(code)
  expect(versions()).toHaveLength(3)
})

describe('the file', () => {
  test('lies in folders by date, is found again, and may be followed', async () => {
    project.configure({ fileTemplate: '%(year)d/%(month).2d/%(day).2d_%(slug)s_%(rev)s' })
    const { path } = await write({ revId: 'a', message: 'Add users' })
    expect(path).toMatch(/\/migrations\/versions\/\d{4}\/\d\d\/\d\d_add_users_a\.ts$/)
    await write({ revId: 'b' })
    const { revisions } = await history(project.input)
    expect(revisions.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  test('has its date and its name in the zone of the config', async () => {
    project.configure({ timezone: 'asia/kolkata', fileTemplate: '%(hour).2d%(minute).2d_%(rev)s' })
    const { path } = await write({ revId: 'a' })
    const [, clock] = /Create Date: \S+ (\d\d:\d\d):\d\d\+05:30$/m.exec(textOf(path)) ?? []
    expect(path).toContain(`/${clock!.replace(':', '')}_a.ts`)
  })

  test('cuts its slug where the config says', async () => {
    project.configure({ truncateSlugLength: 9 })
    const { path } = await write({ revId: 'a', message: 'one two three' })
    expect(path).toMatch(/\/a_one_two_\.ts$/)
  })

  test('never takes the place of another', async () => {
    project.configure({ fileTemplate: 'fixed' })
    await write({ revId: 'a' })
    const error = await failure({ revId: 'b' })
    expect(error.code).toBe('FILE_EXISTS')
    expect(versions()).toEqual(['fixed.ts'])
  })
})

describe('several version locations', () => {
  beforeEach(() => {
    project.configure({ versionLocations: ['./modules/users', './modules/billing'] })
    mkdirSync(join(project.folder, 'modules'))
  })

  test('ask for --version-path where nothing is followed', async () => {
    const error = await failure({ head: 'base' })
    expect(error.code).toBe('VERSION_LOCATION_INVALID')
    expect(error.message).toContain(join(project.folder, 'modules/billing'))
    expect(error.hint).toContain('--version-path')
  })

  test('keep a line together, in folders that are made', async () => {
    await write({ revId: 'u1', head: 'base', versionPath: 'modules/users' })
    await write({ revId: 'b1', head: 'base', versionPath: './modules/billing/' })
    await write({ revId: 'b2', head: 'b1' })
    await write({ revId: 'm', head: 'heads' })
    expect(versions('modules/users')).toEqual(['m_.ts', 'u1_.ts'])
    expect(versions('modules/billing')).toEqual(['b1_.ts', 'b2_.ts'])
  })

  test('take a path from the folder that the command runs in', async () => {
    const cwd = join(project.folder, 'modules')
    const { path } = await revision({
      ...project.input,
      cwd,
      config: '../limbeck.config.ts',
      head: 'base',
      versionPath: 'users',
    })
    expect(path).toContain('/modules/users/')
  })
})

describe('hooks', () => {
  const configure = (hooks: string) =>
    project.write(
      'limbeck.config.ts',
      `import { appendFileSync } from 'node:fs'\nexport default { url: '${nowhere}', postWriteHooks: [${hooks}] }\n`,
    )

  test('run on every new file, and the result names them', async () => {
    configure(
      `{ name: 'nothing', executable: 'true' }, function licence(path) { appendFileSync(path, '// MIT') }`,
    )
    const result = await write({ revId: 'a' })
    expect(result.hooks).toEqual(['nothing', 'licence'])
    expect(textOf(result.path)).toMatch(/\/\/ MIT$/)
  })

  test('that fail leave the file, and tell of the line in the config', async () => {
    configure(`\n  () => { throw new Error('no') }`)
    const error = await failure({ revId: 'a' })
    expect(error.code).toBe('WRITE_HOOK_FAILED')
    expect(error.message).toMatch(/postWriteHooks\[0\].*limbeck\.config\.ts:3:\d+: no/)
    expect(versions()).toEqual(['a_.ts'])
  })
})

describe('with revisionEnvironment', () => {
  const environment = (body: string) =>
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOffline(context) {\n${body}\n  await context.runMigrations()\n}\n`,
    )

  const template = (line: string) =>
    writeFileSync(
      join(project.folder, 'migrations/script.ts.template'),
      `${line}
export const revision = '\${revision}'
export const downRevision = \${downRevision}
export const branchLabels = \${branchLabels}
export const dependsOn = \${dependsOn}
export function upgrade(op) {
\${upgrades}
}
export function downgrade(op) {
\${downgrades}
}
`,
    )

  beforeEach(() => project.configure({ revisionEnvironment: true }))

  test('--sql runs env.ts offline, and the file is written', async () => {
    environment(`  context.configure({ templateArgs: { author: 'Ada' } })`)
    template('// by ${author}, ${message}')
    const { path } = await write({ revId: 'a', message: 'x', sql: true })
    expect(textOf(path)).toContain('// by Ada, x\n')
  })

  test('without --sql it connects', async () => {
    const error = await failure({ revId: 'a' })
    expect(error.code).toBe('CONNECTION_REFUSED')
    expect(versions()).toEqual([])
  })

  test('a variable that env.ts does not give is an error that says how to', async () => {
    template('// by ${author}')
    const error = await failure({ revId: 'a', sql: true })
    expect(error.code).toBe('TEMPLATE_INVALID')
    expect(error.message).toContain(`script.ts.template:1:7: there is no variable 'author'`)
    expect(error.hint).toContain('templateArgs')
    expect(versions()).toEqual([])
  })

  test('a hook changes what is written', async () => {
    await write({ revId: 'a', sql: true })
    environment(`  context.configure({ processRevisionDirectives(context, revision, directives) {
    const [directive] = directives
    directive.revId = 'b_of_env'
    directive.message = 'from ' + directive.message
    directive.branchLabels = ['chosen']
    directive.dependsOn = ['a']
    directive.downRevisions = []
    directive.upgradeOperations.push({ kind: 'execute', sql: 'SELECT 1', reverse: 'SELECT 2' })
  } })`)
    const { path, id } = await write({ message: 'here', sql: true })
    expect(id).toBe('b_of_env')
    expect(path).toMatch(/\/b_of_env_from_here\.ts$/)
    expect(textOf(path)).toContain(`export const downRevision = null
export const branchLabels = 'chosen'
export const dependsOn = 'a'

export function upgrade(op: Op) {
  op.execute(sql\`SELECT 1\``)
    expect(textOf(path)).toContain('  op.execute(sql`SELECT 2`')
    expect(textOf(path)).toContain('Downgrade: unproved')
  })

  test('a hook makes several files, which may follow each other, or none', async () => {
    environment(`  context.configure({ processRevisionDirectives(context, revision, directives) {
    if (revision.length > 0) throw new Error('offline there are no rows')
    const [first] = directives
    directives.push({ ...first, revId: 'second', downRevisions: [first.revId] })
  } })`)
    const result = await write({ revId: 'first', sql: true })
    expect(result.more).toMatchObject([{ id: 'second', downRevisions: ['first'] }])
    expect(versions()).toEqual(['first_.ts', 'second_.ts'])
    environment(
      `  context.configure({ processRevisionDirectives: async (_, __, directives) => { directives.length = 0 } })`,
    )
    expect((await write({ sql: true })).path).toBeUndefined()
    expect(versions()).toHaveLength(2)
  })

  test('a hook cannot break the graph, and nothing is written when it tries', async () => {
    environment(`  context.configure({ processRevisionDirectives(context, revision, directives) {
    directives.push({ ...directives[0], branchLabels: ['x'], revId: 'x' })
  } })`)
    expect((await failure({ revId: 'a', sql: true })).code).toBe('BRANCH_LABEL_TAKEN')
    expect(versions()).toEqual([])
  })

  test('a hook that throws is an error of env.ts, with its line', async () => {
    environment(`  context.configure({ processRevisionDirectives() {
    throw new Error('not today')
  } })`)
    const error = await failure({ revId: 'a', sql: true })
    expect(error.code).toBe('ENVIRONMENT_FAILED')
    expect(error.message).toMatch(/env\.ts:3:\d+: not today/)
  })
})

test('--sql has no sense with --autogenerate, nor where env.ts does not run', async () => {
  for (const autogenerate of [true, false]) {
    const error = await failure({ sql: true, autogenerate })
    expect(error.code).toBe('REVISION_OFFLINE')
    expect(error.exitStatus).toBe(2)
  }
  expect(versions()).toEqual([])
})
