import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { rebase } from '../../src/commands/rebase.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createRepository } from '../support/git.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('rebase')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const failure = (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const write = (id: string, down: string | null) =>
  project.writeRevision({
    id,
    down,
    upgrade: `  op.createTable('${id}', { id: integer().primaryKey() })`,
    downgrade: `  op.dropTable('${id}')`,
  })

/** `root`, then `theirs` and one's own line `mine`, `mine2`. */
function writeTwoLines(): string {
  write('root', null)
  write('theirs', 'root')
  const mine = write('mine', 'root')
  write('mine2', 'mine')
  return mine
}

const rows = () => queryOnce(database.url, 'SELECT version_num FROM alembic_version')
const go = (revision: string) => upgrade({ ...project.input, revision })

/** Every file of the versions folder with its text. */
const files = () => {
  const folder = join(project.folder, 'migrations/versions')
  return readdirSync(folder).map(name => [name, readFileSync(join(folder, name), 'utf8')])
}

describe('rebase', () => {
  test('puts the line that the database does not have behind the other, which then runs', async () => {
    const path = writeTwoLines()
    const before = readFileSync(path, 'utf8')
    await go('theirs')
    expect(await rebase(project.input)).toEqual({
      id: 'mine',
      path,
      downRevisionsBefore: ['root'],
      downRevisions: ['theirs'],
      heads: ['mine2'],
    })
    expect(readFileSync(path, 'utf8')).toBe(before.replace('"root"', '"theirs"'))
    const { steps } = await go('head')
    expect(steps.map(step => step.revision)).toEqual(['mine', 'mine2'])
    expect(await rows()).toEqual([{ version_num: 'mine2' }])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await rows()).toEqual([])
  })

  test('warns where git says that the line it moved is somebody else’s', async () => {
    const { git, commit } = createRepository(project.folder)
    writeTwoLines()
    commit('both lines')
    await go('theirs')
    const warnings = () => project.events.filter(event => event.type === 'warning')
    await rebase(project.input)
    expect(warnings()).toEqual([])
    git('checkout', '-q', '.')
    git('config', 'user.email', 'ben@example.com')
    await rebase(project.input)
    expect(warnings()).toEqual([
      {
        type: 'warning',
        message: expect.stringMatching(
          /^mine was taken for yours, .* Ann wrote it.*`limbeck merge/,
        ),
      },
    ])
    git('checkout', '-q', '.')
    await rebase({ ...project.input, revision: 'mine' })
    expect(warnings()).toHaveLength(1)
  })

  test('asks which line where the database has neither', async () => {
    writeTwoLines()
    await go('root')
    const before = files()
    const { code, message, exitStatus, facts } = await failure(rebase(project.input))
    expect([code, exitStatus]).toEqual(['MULTIPLE_HEADS', 4])
    expect(message).toContain('mine2, does mine2')
    expect(facts).toMatchObject({ heads: [{ id: 'mine2' }, { id: 'theirs' }] })
    expect(files()).toEqual(before)
    expect((await rebase({ ...project.input, revision: 'mine2' })).heads).toEqual(['mine2'])
  })

  test('refuses a line that the database has until the downgrade it names has run', async () => {
    writeTwoLines()
    await go('heads')
    const before = files()
    const { code, hint } = await failure(rebase({ ...project.input, revision: 'mine' }))
    expect(code).toBe('REBASE_APPLIED')
    expect(files()).toEqual(before)
    const [, target = ''] = /limbeck downgrade (\S+)`/.exec(hint!) ?? []
    await downgrade({ ...project.input, revision: target })
    expect(await rows()).toEqual([{ version_num: 'theirs' }])
    await rebase({ ...project.input, revision: 'mine' })
    await go('head')
    expect(await rows()).toEqual([{ version_num: 'mine2' }])
  })

  test('does not ask the database where there is one head', async () => {
    write('root', null)
    project.configure({ url: 'postgresql://127.0.0.1:1/nobody' })
    expect(await failure(rebase(project.input))).toMatchObject({ code: 'BRANCHES_JOINED' })
  })

  test('writes nothing where the database cannot be asked', async () => {
    writeTwoLines()
    const before = files()
    project.configure({ url: 'postgresql://127.0.0.1:1/nobody' })
    const work = rebase({ ...project.input, revision: 'mine' })
    expect(await failure(work)).toMatchObject({ code: 'CONNECTION_REFUSED' })
    expect(files()).toEqual(before)
  })

  test('writes nothing where the file cannot be changed alone', async () => {
    const path = writeTwoLines()
    const text = readFileSync(path, 'utf8')
      .replace(
        'export const downRevision = "root"',
        'const x = "root"\nexport { x as downRevision }',
      )
      .replace('export const dependsOn = null', 'export { x as dependsOn }')
    writeFileSync(path, text)
    await go('theirs')
    expect(await failure(rebase(project.input))).toMatchObject({ code: 'REVISION_NOT_REWRITABLE' })
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
