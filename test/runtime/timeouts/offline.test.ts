import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../../support/project.ts'

let project: TestProject

beforeEach(() => {
  project = createProject('postgresql://nowhere.invalid/x')
  project.configure({ offlineLedger: false, offlineGuards: false })
})

afterEach(() => project.remove())

/** The statements between the first BEGIN and the last COMMIT, but for limbeck's own tables. */
async function sqlOf(body: string, options: object = {}): Promise<string[]> {
  project.writeRevision({ id: 'a', upgrade: body })
  const { sql = '' } = await upgrade({ ...project.input, revision: 'head', sql: true, ...options })
  return sql
    .replaceAll(/--.*\n/g, '')
    .split(';')
    .map(statement => statement.trim())
    .filter(statement => statement !== '' && !statement.includes('alembic_version'))
}

test('a script of SQL has no timeouts unless somebody has chosen them', async () => {
  expect(await sqlOf(`op.execute('SELECT 1')`)).toEqual(['BEGIN', 'SELECT 1', 'COMMIT'])
})

test('those that were chosen hold in each of its transactions, and for what stands outside but does not wait in the way', async () => {
  const body = `op.execute('SELECT 1')
    op.createIndex('ix', 't', ['a'], { concurrently: true })
    op.execute('VACUUM t')`
  expect(await sqlOf(body, { lockTimeout: '3s', statementTimeout: '1.5s' })).toEqual([
    'BEGIN',
    "SET LOCAL lock_timeout = '3s'",
    "SET LOCAL statement_timeout = '1500ms'",
    'SELECT 1',
    'COMMIT',
    "SET statement_timeout = '1500ms'",
    'CREATE INDEX CONCURRENTLY ix ON t (a)',
    'RESET statement_timeout',
    'BEGIN',
    "SET LOCAL lock_timeout = '3s'",
    "SET LOCAL statement_timeout = '1500ms'",
    'COMMIT',
    "SET lock_timeout = '3s'",
    "SET statement_timeout = '1500ms'",
    'VACUUM t',
    'RESET lock_timeout',
    'RESET statement_timeout',
    'BEGIN',
    "SET LOCAL lock_timeout = '3s'",
    "SET LOCAL statement_timeout = '1500ms'",
    'COMMIT',
  ])
})

test('operations have their own, which are set once and set back', async () => {
  const body = `op.execute('SELECT 1')
    op.withTimeouts({ lockTimeout: '10s' }, () => {
      op.execute('SELECT 2')
      op.execute('SELECT 3')
      op.withTimeouts({ statementTimeout: '0' }, () => op.execute('SELECT 4'))
    })
    op.withTimeouts({ lockTimeout: '1m' }, op => op.createIndex('ix', 't', ['a'], { concurrently: true }))`
  expect(await sqlOf(body)).toEqual([
    'BEGIN',
    'SELECT 1',
    "SET LOCAL lock_timeout = '10s'",
    'SELECT 2',
    'SELECT 3',
    'SET LOCAL lock_timeout TO DEFAULT',
    "SET LOCAL lock_timeout = '10s'",
    "SET LOCAL statement_timeout = '0'",
    'SELECT 4',
    'COMMIT',
    "SET lock_timeout = '60s'",
    'CREATE INDEX CONCURRENTLY ix ON t (a)',
    'RESET lock_timeout',
    'BEGIN',
    'COMMIT',
  ])
})

test('the downgrade that reverses them has the same', async () => {
  project.write(
    'migrations/versions/a_test.ts',
    `import { type Op, reversed } from 'limbeck'
export const revision = 'a'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  op.withTimeouts({ lockTimeout: '10s' }, () => op.createIndex('ix', 't', ['a']))
}
export const downgrade = reversed(upgrade)
`,
  )
  const { downgrade } = await import('../../../src/commands/downgrade.ts')
  const { sql = '' } = await downgrade({ ...project.input, revision: 'a:base', sql: true })
  expect(sql).toContain(
    `SET LOCAL lock_timeout = '10s';\n\nDROP INDEX ix;\n\nSET LOCAL lock_timeout TO DEFAULT;`,
  )
})

test.each([
  [`op.withTimeouts({ lockTimeout: '5 parsecs' }, () => {})`, 'no length of time'],
  [`op.withTimeouts({ lockTimout: '5s' } as never, () => {})`, 'lockTimout'],
  [`op.withTimeouts({ lockTimeout: 5000 } as never, () => {})`, 'lockTimeout'],
  [`op.withTimeouts({ lockTimeout: '5s' }, async () => {})`, 'withTimeouts'],
])('%s is refused', async (body, words) => {
  await expect(sqlOf(body)).rejects.toThrow(words)
})
