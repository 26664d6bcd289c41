// npm run demo [-- --url postgresql://…]: the main job, end to end, with the real command line in a
// fresh project. Without a URL it needs no server: the project has a PostgreSQL of its own.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { url: { type: 'string' }, keep: { type: 'boolean' } },
})

const firstModel = `import { boolean, integer, sql, table, timestamptz, varchar } from 'limbeck'

export const users = table('users', {
  id: integer().primaryKey().identity(),
  email: varchar(255).notNull().unique(),
  is_verified: boolean().notNull().default(false),
  created_at: timestamptz().notNull().default(sql\`now()\`),
})
`

const secondModel = `import { boolean, enumType, index, integer, numeric, sql, table, timestamptz, varchar } from 'limbeck'

export const users = table('users', {
  id: integer().primaryKey().identity(),
  email: varchar(320).notNull().unique(),
  nickname: varchar(50),
  is_verified: boolean().notNull().default(false),
  created_at: timestamptz().notNull().default(sql\`now()\`),
}, t => [index('ix_users_created_at').on(t.created_at)])

const orderStatus = enumType('order_status', ['new', 'paid', 'shipped'])

export const orders = table('orders', {
  id: integer().primaryKey().identity(),
  user_id: integer().notNull().references('users.id', { onDelete: 'cascade' }),
  status: orderStatus.notNull().default('new'),
  total: numeric(10, 2).notNull(),
})
`

const environment = `export const target = () => import('../src/models.ts')
`

ensureBuilt()
if (values.url !== undefined) await expectEmptyDatabase(values.url)
const started = Date.now()
const project = mkdtempSync(join(tmpdir(), 'limbeck-demo-'))
try {
  createProject()
  limbeck(values.url === undefined ? 'init --embedded' : 'init')
  write('migrations/env.ts', environment, 'env.ts: the target is what the models say')
  write('src/models.ts', firstModel, 'a first model')
  limbeck('revision --autogenerate -m "create users"')
  limbeck('upgrade head')
  limbeck('current')
  limbeck('history --verbose')
  write('src/models.ts', secondModel, 'the model changes')
  limbeck('revision --autogenerate -m "add orders"')
  limbeck('upgrade head')
  limbeck('downgrade -1')
  limbeck('upgrade head --sql')
  limbeck('downgrade base')
  console.log(`\nDone in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
} finally {
  if (values.keep) console.log(`The project is in ${project}.`)
  else rmSync(project, { recursive: true, force: true })
}

/** An empty project that has installed limbeck and its drivers. */
function createProject() {
  write('package.json', '{ "name": "demo", "private": true, "type": "module" }\n')
  mkdirSync(join(project, 'node_modules', '@electric-sql'), { recursive: true })
  mkdirSync(join(project, 'src'))
  symlinkSync(root, join(project, 'node_modules', 'limbeck'), 'junction')
  for (const driver of ['pg', '@electric-sql/pglite'])
    symlinkSync(
      join(root, 'node_modules', driver),
      join(project, 'node_modules', driver),
      'junction',
    )
  if (values.url !== undefined) write('.env', `DATABASE_URL=${values.url}\n`)
}

function write(path, text, title) {
  const file = join(project, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
  if (title === undefined) return
  console.log(`\n— ${title}: ${path}\n`)
  console.log(text.replace(/^/gm, '    ').trimEnd())
}

/** Runs a command as a user types it; one that fails ends the demo. */
function limbeck(line) {
  console.log(`\n$ npx limbeck ${line}`)
  const words = line.match(/"[^"]*"|\S+/g).map(word => word.replaceAll('"', ''))
  const bin = join(project, 'node_modules', 'limbeck', 'bin', 'limbeck.js')
  const env = { ...process.env, DATABASE_URL: undefined, DB_DATABASE_URL: undefined }
  const { status } = spawnSync(process.execPath, [bin, ...words], {
    cwd: project,
    env: withoutUndefined(env),
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`limbeck ${line} ended with status ${status}`)
}

function withoutUndefined(env) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
}

/** The demo takes its database for its own, so it wants one that nobody uses. */
async function expectEmptyDatabase(url) {
  const { Client } = (await import('pg')).default
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    `SELECT count(*)::int AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
       AND relname NOT IN ('alembic_version', 'limbeck_ledger')`,
  )
  await client.end()
  if (rows[0].tables === 0) return
  console.error('The demo wants an empty database, and this one has tables: create one for it.')
  process.exit(1)
}
