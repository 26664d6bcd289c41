// Other tools that apply migrations, each with a folder of the same statements. They are installed once
// beside the benchmarks; without a registry they are left out.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = ['knex@3.3.0', 'node-pg-migrate@9.0.0', 'dbmate@2.36.0', 'pg@8.23.1']
const home = fileURLToPath(new URL('../.cache/bench-peers', import.meta.url))
const installed = (name, path) => join(home, 'node_modules', name, path)
const dbmateProgram = installed(`@dbmate/${process.platform}-${process.arch}`, 'bin/dbmate')

/** The tools: the folder and the format of their migrations, and the command that applies them. */
export function installPeers(project) {
  if (!existsSync(dbmateProgram) && !install()) return []
  return [knex(project), nodePgMigrate(project), dbmate(project)]
}

function install() {
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }')
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]
  const { status } = spawnSync('npm', words, { cwd: home, stdio: 'ignore' })
  if (status !== 0) console.error('The other tools cannot be installed: they are left out.')
  return status === 0
}

/** Writes the migrations of one tool: `text` gives a file from its two statements. */
export function writeMigrations(folder, migrations, { extension, text }) {
  mkdirSync(folder, { recursive: true })
  for (const [index, statements] of migrations.entries()) {
    const name = `${20_260_101_000_000 + index}_table_${index + 1}.${extension}`
    writeFileSync(join(folder, name), text(statements))
  }
}

const knex = project => ({
  name: 'knex',
  folder: join(project, 'knex'),
  format: {
    extension: 'cjs',
    text: statements =>
      `exports.up = async knex => {\n${statements.map(sql => `  await knex.raw(${JSON.stringify(sql)})\n`).join('')}}\nexports.down = async () => {}\n`,
  },
  command(url) {
    // It wants to be found from its own config.
    const local = join(project, 'node_modules', 'knex')
    if (!existsSync(local)) symlinkSync(installed('knex', '.'), local)
    writeFileSync(
      join(project, 'knexfile.cjs'),
      `module.exports = { client: 'pg', connection: ${JSON.stringify(url)}, migrations: { directory: ${JSON.stringify(this.folder)}, loadExtensions: ['.cjs'] } }\n`,
    )
    return [
      process.execPath,
      installed('knex', 'bin/cli.js'),
      'migrate:latest',
      '--knexfile',
      join(project, 'knexfile.cjs'),
    ]
  },
})

const nodePgMigrate = project => ({
  name: 'node-pg-migrate',
  folder: join(project, 'node-pg-migrate'),
  format: {
    extension: 'cjs',
    text: statements =>
      `exports.up = pgm => {\n${statements.map(sql => `  pgm.sql(${JSON.stringify(sql)})\n`).join('')}}\nexports.down = () => {}\n`,
  },
  command() {
    return [
      process.execPath,
      installed('node-pg-migrate', 'bin/node-pg-migrate.js'),
      'up',
      '-m',
      this.folder,
    ]
  },
})

const dbmate = project => ({
  name: 'dbmate',
  folder: join(project, 'dbmate'),
  format: {
    extension: 'sql',
    text: statements => `-- migrate:up\n${statements.join(';\n')};\n\n-- migrate:down\n`,
  },
  command(url) {
    const address = new URL(url)
    address.searchParams.set('sslmode', 'disable')
    return [dbmateProgram, '--no-dump-schema', '-d', this.folder, '--url', address.href, 'up']
  },
})
