// What limbeck adds to the start of Node: the version alone, and `current` in a project with many
// revisions, whose config is TypeScript and whose models must not be loaded.
import '../scripts/load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mediansOf, ratiosTo } from './measure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'bin', 'limbeck.js')
const revisions = 1000
const baseline = 'node -e 0'
const current = `limbeck current, ${revisions} revisions`

export async function bench() {
  const { postgresServer } = await import('../test/support/servers.ts')
  const server = await postgresServer()
  const database = await server.createDatabase('bench')
  const project = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  // Node 20 reads the certificates named here at every start, which would hide what is measured.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const env = { ...inherited, DATABASE_URL: database.url }
  try {
    writeProject(project)
    stampHead(project, env)
    const medians = mediansOf(
      {
        [baseline]: ['-e', '0'],
        'limbeck --version': [program, '--version'],
        [current]: [program, 'current'],
      },
      { rounds: 25, warmUps: 2, cwd: project, env },
    )
    return {
      baseline,
      medians,
      ratios: ratiosTo(baseline, medians),
      limits: { 'limbeck --version': 20, [current]: 120 },
      versions: { postgresql: server.major },
    }
  } finally {
    rmSync(project, { recursive: true, force: true })
    await server.stop()
  }
}

function writeProject(project) {
  const versions = join(project, 'migrations', 'versions')
  mkdirSync(versions, { recursive: true })
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules', 'limbeck'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }')
  writeFileSync(join(project, 'limbeck.config.ts'), config)
  writeFileSync(join(project, 'migrations', 'env.ts'), environment)
  writeFileSync(join(project, 'models.ts'), `throw new Error('current must not load the models')\n`)
  for (let n = 1; n <= revisions; n++) {
    writeFileSync(join(versions, `${revisionId(n)}_create_table_${n}.ts`), revisionFile(n))
  }
}

const config = `import { defineConfig } from 'limbeck'

interface Settings { readonly url: string | undefined }
const settings: Settings = { url: process.env.DATABASE_URL }

export default defineConfig({ scriptLocation: './migrations', dialect: 'postgresql', url: settings.url })
`

const environment = `import type { MigrationContext } from 'limbeck'

export const target = () => import('../models.ts')

export async function runMigrationsOnline(context: MigrationContext): Promise<void> {
  await context.connect({})
  await context.runMigrations()
}
`

function revisionId(n) {
  return (0xa00000000000 + n * 7919).toString(16)
}

/** About the size of a real script. */
function revisionFile(n) {
  const down = n === 1 ? 'null' : `'${revisionId(n - 1)}'`
  const columns = Array.from(
    { length: 12 },
    (_, i) => `    column_${i}: varchar(${50 + i}).notNull(),`,
  )
  return `/**
 * create table ${n}
 *
 * Revision ID: ${revisionId(n)}
 * Revises: ${n === 1 ? '<base>' : revisionId(n - 1)}
 * Create Date: 2026-11-20 09:41:00+00:00
 * Downgrade: exact
 */
import { type Op, sql, timestamptz, uuid, varchar } from 'limbeck'

export const revision = '${revisionId(n)}'
export const downRevision = ${down}
export const branchLabels = null
export const dependsOn = null

export function upgrade(op: Op) {
  op.createTable('table_${n}', {
    id: uuid().primaryKey().default(sql\`gen_random_uuid()\`),
${columns.join('\n')}
    created_at: timestamptz().notNull().default(sql\`now()\`),
  })
  op.createIndex('ix_table_${n}_created', 'table_${n}', ['created_at'])
}

export function downgrade(op: Op) {
  op.dropTable('table_${n}')
}
`
}

/** Puts the database at the head, and makes sure that what is measured works. */
function stampHead(project, env) {
  const head = revisionId(revisions)
  for (const words of [['stamp', 'head'], ['current']]) {
    const result = spawnSync(process.execPath, [program, ...words], {
      cwd: project,
      env,
      encoding: 'utf8',
    })
    if (result.status !== 0) throw new Error(`limbeck ${words.join(' ')}: ${result.stderr}`)
    if (words[0] === 'current' && !result.stdout.includes(head)) {
      throw new Error(`limbeck current printed ${result.stdout}, not ${head}.`)
    }
  }
}
