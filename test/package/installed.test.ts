import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresServer, queryOnce } from '../support/servers.ts'
import { projectRoot } from '../support/source-files.ts'
import { type InstalledProject, installPackedLimbeck, run } from './installed-project.ts'

describe('the packed package, installed in an empty project', () => {
  let project: InstalledProject
  beforeAll(() => {
    project = installPackedLimbeck()
  })
  afterAll(() => project.remove())

  test.each(['limbeck', 'alembic'])('answers to the name %s', async name => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    expect((await project.npx([name, '--version'])).stdout).toBe(`limbeck ${version}\n`)
    expect((await project.npx([name, '--help'])).stdout).toContain('upgrade')
  })

  test('migrates a database from nothing to its models', async () => {
    const database = await (await postgresServer()).createDatabase('installed')
    const env = { DATABASE_URL: database.url }
    await project.npx(['limbeck', 'init', 'migrations'], env)
    expect(existsSync(join(project.folder, 'limbeck.config.ts'))).toBe(true)

    project.write('models.ts', models)
    project.write('migrations/env.ts', environment)
    await project.npx(['limbeck', 'revision', '--autogenerate', '-m', 'create users'], env)
    await project.npx(['limbeck', 'upgrade', 'head'], env)
    const columns = await queryOnce<{ column_name: string }>(
      database.url,
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'users' ORDER BY 1`,
    )
    expect(columns.map(column => column.column_name)).toEqual(['email', 'id'])

    expect((await project.npx(['limbeck', 'current'], env)).stdout).toContain('(head)')
    await project.npx(['limbeck', 'downgrade', 'base'], env)
    await expect(queryOnce(database.url, 'TABLE users')).rejects.toThrow('does not exist')
    await database.drop()
  })

  const complaints = () => {
    const compiler = join(projectRoot, 'node_modules/tsc7/bin/tsc')
    project.write('tsconfig.json', JSON.stringify(tsconfig))
    return run(process.execPath, [compiler, '-p', '.'], project.folder).then(
      () => '',
      (error: Error) => error.message,
    )
  }

  test('has types for everything a project writes', async () => {
    project.write('models.ts', models)
    expect(await complaints()).toBe('')
  })

  test('hands its connection to Kysely where that is installed, and does without its types else', async () => {
    const database = await (await postgresServer()).createDatabase('installed')
    const env = { DATABASE_URL: database.url }
    project.write('models.ts', models)
    project.write('kysely/limbeck.config.ts', config)
    project.write('kysely/versions/a_fill.ts', fill)
    project.write('typed.ts', typed)
    expect(await complaints()).toBe('')
    const words = ['limbeck', '-c', 'kysely/limbeck.config.ts', 'upgrade', 'head']
    await project.npx(words, env)
    expect(await queryOnce(database.url, 'SELECT email FROM users')).toEqual([{ email: 'a@b.c' }])

    rmSync(join(project.folder, 'node_modules/kysely'))
    rmSync(join(project.folder, 'typed.ts'))
    expect(await complaints()).toBe('')
    await queryOnce(database.url, 'DROP TABLE users, alembic_version, limbeck_ledger')
    await expect(project.npx(words, env)).rejects.toThrow(/npm install kysely/)
    await database.drop()
  })
})

const config = `import { defineConfig } from 'limbeck'

export default defineConfig({ scriptLocation: '.', url: process.env.DATABASE_URL })
`

const fill = `import { type Database, integer, type Op, varchar } from 'limbeck'
import type * as models from '../../models.ts'

export const revision = 'a'
export const downRevision = null

export function upgrade(op: Op) {
  op.createTable('users', { id: integer().primaryKey(), email: varchar(255).notNull().unique() })
  op.run(async ({ connection }) => {
    const db = await connection.kysely<Database<typeof models>>()
    await db.insertInto('users').values({ id: 1, email: 'a@b.c' }).execute()
  })
}

export function downgrade(op: Op) {
  op.dropTable('users')
}
`

const typed = `import type { Database, RunConnection } from 'limbeck'
import type * as models from './models.ts'

export async function names(connection: RunConnection): Promise<string[]> {
  const db = await connection.kysely<Database<typeof models>>()
  // @ts-expect-error: there is no such column
  await db.selectFrom('users').select('name').execute()
  return (await db.selectFrom('users').select('email').execute()).map(({ email }) => email)
}
`

const models = `import { integer, table, varchar } from 'limbeck'

export const users = table('users', {
  id: integer().primaryKey(),
  email: varchar(255).notNull().unique(),
})
`

const environment = `import * as models from '../models.ts'

export const target = () => models
`

const tsconfig = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(projectRoot, 'node_modules/@types')],
  },
  include: ['**/*.ts'],
}
