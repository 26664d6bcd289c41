// Run after `npm install`: adds to package-lock.json the builds for other platforms that npm left out
// because the registry did not have them at that moment. Without them `npm ci` refuses the whole file.
// They are named without a checksum; npm downloads them on their own platforms only.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'windows']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(path, 'utf8'))
for (const [owner, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!isThere(owner, name, range)) add(owner, name, range, entry.dev)
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
)
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)

/** Whether Node would find a version in the range from the package at `owner`. */
function isThere(owner, name, range) {
  const found = foldersAbove(owner).find(folder => folder + name in lock.packages)
  return found !== undefined && satisfies(lock.packages[found + name].version, range)
}

/** The `node_modules/` folders that are searched from a package, nearest first. */
function foldersAbove(owner) {
  const ends = [...owner.matchAll(/\/node_modules\//g)].map(({ index }) => owner.slice(0, index))
  return [owner, ...ends.reverse()].map(folder => `${folder}/node_modules/`).concat('node_modules/')
}

/** Platform builds are asked for exactly, or by a range inside one major. */
function satisfies(version, range) {
  const [, operator, wanted] = /^([~^]?)(.*)$/.exec(range)
  return operator ? version.split('.')[0] === wanted.split('.')[0] : version === wanted
}

function add(owner, name, range, dev) {
  const words = name.split(/[/-]/)
  const [os, cpu] = [systems, processors].map(known => words.find(word => known.includes(word)))
  if (os === undefined || cpu === undefined) throw new Error(`${name} is of no known platform.`)
  const place = `node_modules/${name}` in lock.packages ? `${owner}/node_modules/` : 'node_modules/'
  lock.packages[place + name] = {
    version: range.replace(/^[~^]/, ''),
    cpu: [cpu],
    ...(dev && { dev }),
    ...libcOf(words),
    optional: true,
    os: [os.replace('windows', 'win32')],
  }
  console.log(`${place}${name} ${range}`)
}

function libcOf(words) {
  const word = words.find(word => /^(gnu|musl)/.test(word))
  return word && { libc: [word.startsWith('gnu') ? 'glibc' : 'musl'] }
}
