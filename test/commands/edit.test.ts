import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { edit } from '../../src/commands/edit.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer } from '../support/servers.ts'

let project: TestProject
let started: string[][]

beforeEach(() => {
  project = createProject('postgresql://nobody@127.0.0.1:1/nothing')
  project.writeRevision({ id: 'aaaa' })
  project.writeRevision({ id: 'bbbb', down: 'aaaa' })
  project.writeRevision({ id: 'cccc', down: 'aaaa' })
  started = []
})
afterEach(() => project.remove())

/** A program under `bin/`, which is the PATH of these tests. */
function install(name: string): string {
  const path = project.write(`bin/${name}`, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}

const open = (revision: string, env: NodeJS.ProcessEnv = {}, failure?: string) =>
  edit({
    ...project.input,
    revision,
    env: { PATH: join(project.folder, 'bin'), ...env },
    runProgram: async (program, words) => {
      started.push([program, ...words])
      return failure
    },
  })

const fileOf = (id: string) => join(project.folder, 'migrations/versions', `${id}_test.ts`)

test('EDITOR goes before VISUAL, and VISUAL before what is installed', async () => {
  const [first, second, usual] = ['first', 'second', 'nano'].map(install)
  await open('aaaa', { EDITOR: 'first', VISUAL: 'second' })
  await open('aaaa', { EDITOR: '', VISUAL: 'second' })
  await open('aaaa')
  expect(started.map(([program]) => program)).toEqual([first, second, usual])
})

test('the editor is given its own words, then the file', async () => {
  const code = install('code')
  expect(await open('bbbb', { EDITOR: `code --wait "a b"` })).toEqual({ paths: [fileOf('bbbb')] })
  expect(started).toEqual([[code, '--wait', 'a b', fileOf('bbbb')]])
})

test('a path to the editor may hold spaces', async () => {
  const spaced = install('my editor')
  await open('bbbb', { EDITOR: spaced })
  expect(started).toEqual([[spaced, fileOf('bbbb')]])
})

test('several revisions are opened one after the other', async () => {
  install('vim')
  await open('heads')
  expect(started.map(words => words.at(-1))).toEqual([fileOf('bbbb'), fileOf('cccc')])
})

describe('is an error', () => {
  test('when the identifier stands for no revision', async () => {
    install('vim')
    await expect(open('base')).rejects.toMatchObject({ code: 'NOTHING_TO_EDIT' })
    await expect(open('dddd')).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' })
    await expect(open('head')).rejects.toMatchObject({ code: 'MULTIPLE_HEADS' })
    expect(started).toEqual([])
  })

  test('when there is no editor, or not the one that was named', async () => {
    await expect(open('aaaa')).rejects.toMatchObject({ code: 'EDITOR_NOT_FOUND' })
    install('vim')
    await expect(open('aaaa', { EDITOR: 'emacs -nw' })).rejects.toMatchObject({
      code: 'EDITOR_NOT_FOUND',
      message: "EDITOR is 'emacs -nw', and there is no emacs.",
    })
    expect(started).toEqual([])
  })

  test('when the editor fails; what comes after is not opened', async () => {
    install('vim')
    await expect(open('heads', {}, 'ended with status 3')).rejects.toMatchObject({
      code: 'EDITOR_FAILED',
      message: expect.stringContaining('ended with status 3'),
    })
    expect(started).toHaveLength(1)
  })
})

test('`current` is where the database is', async () => {
  install('vim')
  const database = await (await postgresServer()).createDatabase('edit')
  project.configure({ url: database.url })
  await expect(open('current')).rejects.toMatchObject({ code: 'NOTHING_TO_EDIT' })
  await upgrade({ ...project.input, revision: 'bbbb' })
  expect((await open('current')).paths).toEqual([fileOf('bbbb')])
  await database.drop()
})
