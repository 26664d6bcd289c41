import { existsSync, readFileSync } from 'node:fs'
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

  test('has types for everything a project writes', async () => {
    const compiler = join(projectRoot, 'node_modules/tsc7/bin/tsc')
    project.write('models.ts', models)
    project.write('tsconfig.json', JSON.stringify(tsconfig))
    const errors = await run(process.execPath, [compiler, '-p', '.'], project.folder).then(
      () => '',
      (error: Error) => error.message,
    )
    expect(errors).toBe('')
  })
})

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
