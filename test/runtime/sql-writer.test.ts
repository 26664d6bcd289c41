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

/** What happens to the ledger, and around it, in a word for each statement. */
const notes = (script: string): string[] =>
  script.split(';\n\n').flatMap(text => {
    const entry = /INTO limbeck_ledger .* VALUES \(('a', 'upgrade', \d, '\w+')/.exec(text)?.[1]
    if (entry !== undefined) return [`INSERT ${entry}`]
    if (text.includes('UPDATE limbeck_ledger')) return ["UPDATE 'done'"]
    return /\b(COMMIT|BEGIN|CREATE INDEX)\b/.exec(text)?.[0] ?? []
  })

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

  test('keeps in the ledger what it is about to do where nothing takes it back', async () => {
    const outside = await sqlOf(`op.createIndex('ix', 't', ['a'], { concurrently: true })`)
    expect(notes(outside)).toEqual([
      "INSERT 'a', 'upgrade', 1, 'intent'",
      'COMMIT',
      'CREATE INDEX',
      'BEGIN',
      "UPDATE 'done'",
      "INSERT 'a', 'upgrade', 0, 'done'",
      'COMMIT',
    ])
    project.configure({ dialect: 'mysql' })
    expect(notes(await sqlOf(`op.createIndex('ix', 't', ['a'])`))).toEqual([
      "INSERT 'a', 'upgrade', 0, 'intent'",
      'CREATE INDEX',
      "UPDATE 'done'",
    ])
    project.configure({ offlineLedger: false })
    expect(notes(await sqlOf(`op.createIndex('ix', 't', ['a'])`))).toEqual([
      'CREATE INDEX',
      'COMMIT',
    ])
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

  test.each([
    ['op.run(async () => {})', 'RUN_OFFLINE'],
    [`op.execute('SELECT $2', { parameters: [1] })`, 'DECLARATION_INVALID'],
  ])('is whole or not there at all: %s', async (body, code) => {
    const attributes: Record<string, unknown> = { pieces: [] }
    project.write(
      'migrations/env.ts',
      `import type { MigrationContext } from 'limbeck'
export async function runMigrationsOffline(context: MigrationContext) {
  const pieces = context.config.attributes.pieces as string[]
  context.configure({ outputBuffer: text => pieces.push(text) })
  await context.runMigrations()
}
`,
    )
    project.writeRevision({ id: 'b', down: 'a', upgrade: `  ${body}` })
    project.writeRevision({ id: 'a', upgrade: `  op.execute('SELECT 1')` })
    const input = { ...project.input, attributes, sql: true }
    await expect(upgrade({ ...input, revision: 'head' })).rejects.toMatchObject({ code })
    expect(attributes.pieces).toEqual([])
    await upgrade({ ...input, revision: 'a' })
    expect(attributes.pieces).toContain('SELECT 1;\n\n')
  })
})
