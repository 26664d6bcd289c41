import { readFileSync, writeFileSync } from 'node:fs'
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

  test('is one transaction on SQLite, with what a table rebuild needs around it', async () => {
    project.configure({ url: undefined, dialect: 'sqlite', offlineGuards: false })
    project.write(
      'models.ts',
      `import { integer, table } from 'limbeck'
export const existing = () => table('t', { a: integer() })\n`,
    )
    const body = `op.batchAlterTable('t', { existing: existing(), rebuild: 'always' }, () => {})`
    for (const [id, down] of [
      ['a', null],
      ['b', 'a'],
    ] as const) {
      const path = project.writeRevision({ id, down, upgrade: `  ${body}` })
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, `import { existing } from '../../models.ts'\n${text}`)
    }
    const { sql } = await upgrade({ ...project.input, revision: 'base:head', sql: true })
    const words = sql!.match(/PRAGMA foreign_keys = \w+|BEGIN;|COMMIT;|DROP TABLE t;/g)
    expect(words).toEqual([
      'PRAGMA foreign_keys = OFF',
      'BEGIN;',
      'DROP TABLE t;',
      'DROP TABLE t;',
      'COMMIT;',
      'PRAGMA foreign_keys = ON',
    ])
  })

  test('has no place for code without an offline form', async () => {
    await expect(sqlOf('op.run(async () => {})')).rejects.toMatchObject({
      code: 'RUN_OFFLINE',
      facts: { revision: 'a' },
    })
    expect(await sqlOf('op.run(async () => {}, { offline: sql`SELECT 2` })')).toContain('SELECT 2;')
  })
})
