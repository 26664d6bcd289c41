import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import type { ErrorCode } from '../../src/errors.ts'
import { type CliProject, createCliProject } from '../support/cli-project.ts'

// A project of Alembic's, to the program as it is installed.

const password = 'opensesame'

const ini = `[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = postgresql+psycopg2://app:${password}@nowhere.invalid/shop
`

let project: CliProject

beforeAll(() => {
  ensureBuilt()
  project = createCliProject()
  project.write('alembic.ini', ini)
  project.write('pyproject.toml', '[tool.alembic]\nscript_location = "migrations"\n')
  project.write('single.ini', ini.replace(password, `open%ses${password}`))
  project.write('twice.ini', `${ini}sqlalchemy.url = postgresql://app:${password}@db/shop\n`)
  project.write(
    'migrations/versions/a_first.ts',
    `/**
 * first
 *
 * Revision ID: a
 */
export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade() {}
export function downgrade() {}
`,
  )
})
afterAll(() => project.remove())

test('its history is read, and what is not read is said once', async () => {
  const { status, stdout, stderr } = await project.limbeck(['-c', 'alembic.ini', 'history'])
  expect({ status, stdout }).toEqual({ status: 0, stdout: '<base> -> a (head), first\n' })
  expect(stderr).toMatch(/^WARN {2}\S+alembic\.ini: not read, .*: prepend_sys_path\. .*\n$/)
})

test('ALEMBIC_CONFIG names it as well', async () => {
  const env = { ALEMBIC_CONFIG: 'alembic.ini' }
  expect(await project.limbeck(['heads'], env)).toMatchObject({ status: 0, stdout: 'a (head)\n' })
})

test.each<[words: string, code: ErrorCode, says: string[]]>([
  ['heads', 'CONFIG_NOT_FOUND', ['-c alembic.ini', 'limbeck init']],
  ['-c alembic.in heads', 'CONFIG_NOT_FOUND', ['alembic.in does not exist']],
  ['-c alembic.ini -n nosuch heads', 'DATABASE_UNKNOWN', ['[nosuch]', 'it has [alembic]']],
  ['-c alembic.ini -n alembik heads', 'DATABASE_UNKNOWN', ['Did you mean alembic?']],
  ['-c pyproject.toml heads', 'CONFIG_UNREADABLE', ['[tool.alembic]', 'limbeck init']],
  ['-c single.ini heads', 'CONFIG_INVALID', ['sqlalchemy.url in [alembic]', 'written `%%`']],
  ['-c twice.ini heads', 'CONFIG_UNREADABLE', ['twice.ini:5', 'first in line 4']],
])('%s is refused with what to do', async (words, code, says) => {
  for (const form of [[], ['--json']]) {
    const { status, stdout, stderr } = await project.limbeck([...words.split(' '), ...form])
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(code) })
    for (const part of says) expect(stderr).toContain(part)
    expect(stdout + stderr).not.toContain(password)
  }
})
