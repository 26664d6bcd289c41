// A project with as many revisions as one likes, of about the size of real ones.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Writes a project whose config is TypeScript and whose models must not be loaded. */
export function writeProject(project, revisions) {
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

/** The id of the n-th revision, from 1. */
export function revisionId(n) {
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
