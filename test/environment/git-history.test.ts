import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findInGit, ignoringLine } from '../../src/environment/git-history.ts'
import { createRepository, type Repository } from '../support/git.ts'

let folder: string
let versions: string
let git: Repository['git']
let commit: Repository['commit']

const write = (name: string, text: string) => writeFileSync(join(versions, name), text)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-git-'))
  versions = join(folder, 'app', 'versions')
  mkdirSync(versions, { recursive: true })
  ;({ git, commit } = createRepository(folder))
  commit('start')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a file of another branch is found, with the commit and the branches', async () => {
  git('switch', '-q', '-c', 'feature/users')
  write('a.ts', `export const revision = 'ab12cd34'\n`)
  const added = commit('add users')
  write('b.ts', `export const revision = 'b'\nexport const downRevision = 'ab12cd34'\n`)
  commit('follow it')
  git('branch', 'other')
  git('switch', '-q', 'main')
  const trace = {
    id: 'ab12cd34',
    path: 'app/versions/a.ts',
    commit: added,
    author: 'Ann',
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    subject: 'add users',
    branches: ['feature/users', 'other'],
  }
  expect(await findInGit({ id: 'ab12cd34' }, [versions])).toEqual(trace)
  expect(await findInGit({ id: 'ab12', isTyped: true }, [versions])).toEqual(trace)
  expect(await findInGit({ id: 'ab12' }, [versions])).toBeUndefined()
})

test('a file that was deleted is found, with the commit that deleted it', async () => {
  write('a.ts', `export const revision = 'ab12cd34'\n`)
  const added = commit('add users')
  rmSync(join(versions, 'a.ts'))
  const found = () => findInGit({ id: 'ab12cd34' }, [versions])
  expect(await found()).toMatchObject({ commit: added, deletion: { commit: undefined } })
  const deletion = commit('clean up')
  expect(await found()).toMatchObject({ branches: [], deletion: { commit: deletion } })
  git('switch', '-q', '--detach')
  expect(await found()).toMatchObject({ branches: ['main'], deletion: { commit: deletion } })
})

test('the line that keeps revisions out of git is found', async () => {
  expect(await ignoringLine('ab12cd34', versions)).toBeUndefined()
  writeFileSync(join(folder, '.gitignore'), '# ours\napp/*/*.ts\n')
  expect(await ignoringLine('ab12cd34', versions)).toBe('.gitignore:2:app/*/*.ts')
})

test('without a repository there is nothing to tell', async () => {
  rmSync(join(folder, '.git'), { recursive: true })
  expect(await findInGit({ id: 'ab12cd34' }, [versions])).toBeUndefined()
  expect(await findInGit({ id: 'ab12cd34' }, [join(folder, 'nowhere')])).toBeUndefined()
  expect(await ignoringLine('ab12cd34', versions)).toBeUndefined()
})
