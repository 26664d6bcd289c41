import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'

let project: TestProject

beforeEach(() => {
  project = createProject('postgresql://nowhere.invalid/x')
})

afterEach(() => project.remove())

async function sqlOf(body: string): Promise<string> {
  project.writeRevision({ id: 'a', upgrade: `  ${body}` })
  const { sql } = await upgrade({ ...project.input, revision: 'head', sql: true })
  return sql!.slice(sql!.indexOf('-- Running'))
}

describe('a script of SQL', () => {
  test('ends a statement whose last line is a comment on the next line', async () => {
    expect(await sqlOf(`op.execute('SELECT 1 -- one')`)).toContain('SELECT 1 -- one\n;\n\n')
    expect(await sqlOf(`op.execute("SELECT '--'")`)).toContain(`SELECT '--'\n;\n\n`)
    expect(await sqlOf(`op.execute('SELECT 1')`)).toContain('SELECT 1;\n\n')
  })

  test('holds the values of parameters', async () => {
    expect(
      await sqlOf(`op.execute('INSERT INTO t VALUES ($1, $2)', { parameters: ["it's", 2] })`),
    ).toContain(`INSERT INTO t VALUES ('it''s', 2);\n\n`)
  })

  test('puts what no transaction may hold between two', async () => {
    expect(await sqlOf(`op.createIndex('ix', 't', ['a'], { concurrently: true })`)).toContain(
      'COMMIT;\n\nCREATE INDEX CONCURRENTLY ix ON t (a);\n\nBEGIN;\n\n',
    )
  })

  test('has no place for code without an offline form', async () => {
    await expect(sqlOf('op.run(async () => {})')).rejects.toMatchObject({
      code: 'RUN_OFFLINE',
      facts: { revision: 'a' },
    })
    expect(await sqlOf('op.run(async () => {}, { offline: sql`SELECT 2` })')).toContain('SELECT 2;')
  })
})
