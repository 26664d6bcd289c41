// Unpacks a pg_dump that reads every PostgreSQL limbeck supports into the tests' cache folder.
// It comes from Debian and needs apt-get and dpkg-deb but no rights: apt works on a state of its own,
// and the program runs with the libraries and the loader it was built for.
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { privateClients } from './cache-folder.mjs'

const major = 18
const suite =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main\n'
/** What pg_dump links to; the packages also bring Perl, which only Debian's wrappers need. */
const linked = /^(?!libperl)(lib|zlib1g_|postgresql-client-\d+_)/

const installed = join(privateClients, String(major))
if (!worksIn(installed)) install()
console.log(join(installed, 'bin', 'pg_dump'))

function worksIn(folder) {
  const program = join(folder, 'bin', 'pg_dump')
  if (!fs.existsSync(program)) return false
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).includes(` ${major}.`)
  } catch {
    return false
  }
}

function install() {
  fs.mkdirSync(privateClients, { recursive: true })
  const draft = fs.mkdtempSync(`${installed}@`)
  try {
    for (const deb of download(join(draft, 'apt'))) {
      execFileSync('dpkg-deb', ['-x', deb, join(draft, 'root')])
    }
    fs.rmSync(join(draft, 'apt'), { recursive: true })
    writeWrapper(draft)
    if (!worksIn(draft)) throw new Error('The unpacked pg_dump does not run.')
    fs.rmSync(installed, { recursive: true, force: true })
    fs.renameSync(draft, installed)
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    throw error
  }
}

/** Downloads the client and what it depends on; returns the packages to unpack. */
function download(apt) {
  fs.mkdirSync(join(apt, 'lists', 'partial'), { recursive: true })
  fs.mkdirSync(join(apt, 'archives', 'partial'), { recursive: true })
  fs.writeFileSync(join(apt, 'status'), '')
  fs.writeFileSync(join(apt, 'sources.list'), suite)
  const options = [
    ...['-qq', '-y', '--no-install-recommends', '--download-only'],
    ...set(
      `Dir::State=${apt}`,
      `Dir::State::status=${apt}/status`,
      `Dir::State::lists=${apt}/lists`,
    ),
    ...set(`Dir::Cache=${apt}`, `Dir::Etc::sourcelist=${apt}/sources.list`),
    ...set('Dir::Etc::sourceparts=/dev/null', 'Acquire::Languages=none'),
    // Root must not hand the download to an account that cannot enter this folder.
    ...(process.getuid() === 0 ? set('APT::Sandbox::User=root') : []),
  ]
  const run = (...words) =>
    execFileSync('apt-get', [...options, ...words], { stdio: ['ignore', 2, 2] })
  run('update')
  run('install', `postgresql-client-${major}`)
  const archives = join(apt, 'archives')
  return fs
    .readdirSync(archives)
    .filter(name => name.endsWith('.deb') && linked.test(name))
    .map(name => join(archives, name))
}

function set(...values) {
  return values.flatMap(value => ['-o', value])
}

function writeWrapper(folder) {
  const libraries = fs.readdirSync(join(folder, 'root/usr/lib')).find(n => n.endsWith('-linux-gnu'))
  const loader = fs
    .readdirSync(join(folder, 'root/usr/lib', libraries))
    .find(name => name.startsWith('ld-linux'))
  const program = join(folder, 'bin', 'pg_dump')
  fs.mkdirSync(join(folder, 'bin'))
  fs.writeFileSync(
    program,
    `#!/bin/sh
root=$(dirname "$0")/../root
lib=$root/usr/lib/${libraries}
exec "$lib/${loader}" --library-path "$lib" "$root/usr/lib/postgresql/${major}/bin/pg_dump" "$@"
`,
  )
  fs.chmodSync(program, 0o755)
}
