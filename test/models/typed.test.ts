import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { models } from 'limbeck/commands'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { load } from '../round-trip/direct-build.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'
import { projectRoot } from '../support/source-files.ts'

let database: TestDatabase
let project: TestProject
beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('typed')
  project = createProject(database.url)
  project.write('package.json', '{ "type": "module" }')
})
afterAll(async () => {
  project.remove()
  await database.drop()
})

/** What the compiler says of the project, as strict as it can be. */
async function compilerSays(): Promise<string> {
  const config = {
    extends: join(projectRoot, 'tsconfig.json'),
    compilerOptions: {
      paths: { limbeck: [join(projectRoot, 'src/index.ts')] },
      typeRoots: [join(projectRoot, 'node_modules/@types')],
      noEmit: true,
    },
    include: ['src'],
  }
  writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(projectRoot, 'node_modules/tsc7/bin/tsc')
  const run = promisify(execFile)(process.execPath, [compiler, '-p', project.folder])
  return (await run.catch((failure: { stdout: string }) => failure)).stdout
}

test('models compile, and what they say of rows does', async () => {
  for (const name of ['every-kind', 'same-names', 'names', 'partitions']) {
    const path = fileURLToPath(new URL(`cases/${name}.sql`, import.meta.url))
    await load(database.url, `SET search_path = public; ${readFileSync(path, 'utf8')}`)
  }
  await models({ ...project.input })
  project.write(
    'src/use.ts',
    `import type { Database, InsertOf } from 'limbeck'
import * as models from './models/index.ts'
export const order: InsertOf<typeof models.orders> = { status: 'new', history: ['paid'] }
export const status: Database<typeof models>['auth.users'] extends { id: infer C } ? C : never = null as never
// @ts-expect-error no such value
export const wrong: InsertOf<typeof models.orders> = { status: 'lost' }
`,
  )
  expect(await compilerSays()).toBe('')
}, 120_000)
