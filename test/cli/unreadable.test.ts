import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject, plainEnvironment } from '../support/cli-project.ts'

// Folders and files that whoever runs limbeck may not read. Root may read everything, so root runs it
// as somebody who may not.

let project: CliProject
const versions = 'migrations/versions'

beforeAll(ensureBuilt)
beforeEach(() => {
  project = createCliProject()
  chmodSync(project.folder, 0o755)
  project.write('limbeck.config.ts', `export default { url: 'postgresql://127.0.0.1:1/none' }\n`)
  project.write(`${versions}/a.ts`, text('aa01'))
})
afterEach(() => {
  chmodSync(join(project.folder, versions), 0o755)
  project.remove()
})

const text = (id: string) => `export const revision = '${id}'
export const downRevision = null
export function upgrade() {}
export function downgrade() {}
`

const isRoot = process.getuid?.() === 0
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']

function limbeck(...words: readonly string[]) {
  const program = join(project.folder, 'node_modules/limbeck/bin/limbeck.js')
  const [command, ...args] = [...(isRoot ? nobody : []), process.execPath, program, ...words]
  const { status, stdout, stderr } = spawnSync(command!, args, {
    cwd: project.folder,
    env: { ...plainEnvironment(), HOME: project.folder },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** Whether there is somebody who may not read everything, but this repository. */
const hasReader = (): boolean =>
  !isRoot ||
  spawnSync(nobody[0]!, [
    ...nobody.slice(1),
    process.execPath,
    join(import.meta.dirname, '../../bin/limbeck.js'),
    '--version',
  ]).status === 0

describe.runIf(process.platform !== 'win32' && hasReader())('without the right to read', () => {
  test('a project is read as by anybody', () => {
    expect(limbeck('heads')).toMatchObject({ status: 0, stdout: 'aa01 (head)\n' })
  })

  test.each([[['heads']], [['upgrade', 'head']], [['revision', '-m', 'x']]])(
    'a folder of revisions is told of: %j',
    words => {
      chmodSync(join(project.folder, versions), 0o000)
      const { status, stderr } = limbeck(...words)
      expect(status).toBe(1)
      expect(stderr).toMatch(
        /^error SCRIPT_DIRECTORY_UNREADABLE: The folder of revisions .*migrations\/versions cannot be read: EACCES.*\nhint: Check that it is a folder and who may read it\.\n$/,
      )
    },
  )

  test('a revision file is told of', () => {
    project.write(`${versions}/b.ts`, text('bb01'))
    chmodSync(join(project.folder, versions, 'b.ts'), 0o000)
    const { status, stderr } = limbeck('heads')
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^error SCRIPT_DIRECTORY_UNREADABLE: The revision file .*b\.ts cannot be read: EACCES/,
    )
  })

  test('a folder inside one that is read too is told of', () => {
    project.write(
      'limbeck.config.ts',
      `export default { recursiveVersionLocations: true, url: 'postgresql://127.0.0.1:1/none' }\n`,
    )
    const below = join(project.folder, versions, '2026')
    mkdirSync(below)
    chmodSync(below, 0o000)
    expect(limbeck('heads').stderr).toMatch(/^error SCRIPT_DIRECTORY_UNREADABLE: .*versions\/2026/)
  })

  test('a folder that may not be written is told of', () => {
    const { status, stderr } = limbeck('revision', '-m', 'x')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^error FILE_UNWRITABLE: .*migrations\/versions/)
  })
})

test('a link that leads nowhere is told of', () => {
  symlinkSync('gone.ts', join(project.folder, versions, 'b.ts'))
  const { status, stderr } = limbeck('heads')
  expect(status).toBe(1)
  expect(stderr).toMatch(/b\.ts cannot be read: it is gone, or a link that leads nowhere\./)
})

test('a file that another process is writing is no revision yet', () => {
  project.write(`${versions}/b.ts.part`, text('bb01').slice(0, 20))
  project.write(`${versions}/.b.ts.12345.part`, text('bb01').slice(0, 20))
  expect(limbeck('heads')).toMatchObject({ status: 0, stdout: 'aa01 (head)\n' })
})

test('a folder of nothing but Python revisions is told of', () => {
  rmSync(join(project.folder, versions, 'a.ts'))
  project.write(`${versions}/x.py`, `revision = 'x'`)
  const { status, stderr } = limbeck('heads')
  expect(status).toBe(0)
  expect(stderr).toMatch(
    /^WARN {2}.*versions holds a Python revision and none in TypeScript: .*\n$/,
  )
})
