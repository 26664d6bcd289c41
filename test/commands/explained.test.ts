import { afterEach, beforeEach, expect, test } from 'vitest'
import { heads, show } from '../../src/commands/index.ts'
import { createProject, type TestProject } from '../support/project.ts'

let project: TestProject
beforeEach(() => {
  project = createProject('postgresql://nowhere.invalid/x')
  project.write('migrations/versions/b.ts.bak', `export const revision = 'bbbb2222'`)
})
afterEach(() => project.remove())

test('whoever calls a command as a function is told where a revision is, too', async () => {
  await expect(show({ ...project.input, revision: 'bbbb22' })).rejects.toMatchObject({
    code: 'REVISION_NOT_FOUND',
    message: expect.stringMatching(/\n {2}.*b\.ts\.bak has the id bbbb2222, but its name/),
    hint: expect.stringMatching(/^Rename it to .*b\.ts\.$/),
    facts: {
      found: [{ revision: 'bbbb22', file: { path: expect.stringContaining('b.ts.bak') } }],
    },
  })
})

test('so is who reads a graph with a parent that no file has', async () => {
  project.writeRevision({ id: 'c', down: 'bbbb2222' })
  await expect(heads(project.input)).rejects.toMatchObject({
    code: 'REVISION_MISSING_PARENT',
    hint: expect.stringMatching(/^Rename it/),
  })
})

test('a word that is no id is not searched for', async () => {
  await expect(show({ ...project.input, revision: 'bbbb' })).rejects.toMatchObject({
    message: "There is no revision or branch 'bbbb'.",
  })
})
