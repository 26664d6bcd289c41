import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const compiler = join(root, 'node_modules/tsc7/bin/tsc')
const here = fileURLToPath(new URL('.', import.meta.url))

/** What the compiler says about a project; it never writes. */
async function check(project: string, ...options: readonly string[]): Promise<string> {
  const args = [compiler, '-p', project, '--noEmit', ...options]
  const run = promisify(execFile)(process.execPath, args)
  const { stdout } = await run.catch((failure: { stdout: string }) => failure)
  return stdout
}

test('what may be declared compiles, and what may not does not', async () => {
  expect(await check(here)).toBe('')
})

test('300 tables of 15 columns cost fewer than 20,000 instantiations', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'limbeck-types-'))
  try {
    const [empty, models] = [
      await project(directory, 'empty', 0),
      await project(directory, 'models', 300),
    ]
    expect((await instantiations(models)) - (await instantiations(empty))).toBeLessThan(20_000)
  } finally {
    await rm(directory, { recursive: true })
  }
})

async function instantiations(project: string): Promise<number> {
  const output = await check(project, '--extendedDiagnostics')
  expect(output).not.toContain('error')
  return Number(/Instantiations:\s+(\d+)/.exec(output)?.[1])
}

async function project(directory: string, name: string, tables: number): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      paths: { limbeck: [join(root, 'src/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    },
    files: [`${name}.ts`],
    include: [],
  }
  const file = join(directory, `${name}.json`)
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }')
  await writeFile(file, JSON.stringify(config))
  await writeFile(join(directory, `${name}.ts`), models(tables))
  return file
}

function models(count: number): string {
  const names = `table, uuid, varchar, text, integer, boolean, timestamptz, numeric, jsonb, bigint,
    enumType, index, unique, sql`
  const tables = Array.from({ length: count }, (_, i) => model(i))
  return [`import { ${names} } from 'limbeck'`, ...tables].join('\n')
}

const model = (i: number): string => `export const t${i} = table('t${i}', {
  id: uuid().primaryKey().default(sql\`gen_random_uuid()\`),
  org: integer().notNull().references('orgs.id', { onDelete: 'cascade' }),
  email: varchar(255).notNull().unique(),
  nick: text(),
  is_verified: boolean().notNull().default(false),
  created_at: timestamptz().notNull().default(sql\`now()\`),
  balance: numeric(10, 2).notNull().default(0),
  settings: jsonb<{ a: number }>(),
  number: bigint().identity({ always: true }),
  tags: text().array(),
  status: enumType('s${i}', ['a', 'b']).notNull(),
  k: integer(), l: integer().notNull(), m: varchar(10), n: integer().notNull(),
}, t => [index('ix${i}').on(t.org, t.created_at.desc()), unique('u${i}').on(t.k, t.l)])`
