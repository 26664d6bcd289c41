// Runs the test suite on several versions of Node: `npm run test:nodes -- [MAJOR…] [vitest's words]`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.mjs'
import { ensureBuilt } from './ensure-built.mjs'

/** The oldest Node limbeck promises to run on, and one of each later line. */
const versions = ['20.19.0', '22.23.3', '24.21.0', '26.10.0']

const root = fileURLToPath(new URL('..', import.meta.url))
const words = process.argv.slice(2)
const isMajor = word => /^\d\d$/.test(word)
const chosen = words.filter(isMajor)
const passedOn = words.filter(word => !isMajor(word))

ensureBuilt()
const results = versions
  .filter(version => chosen.length === 0 || chosen.includes(version.slice(0, 2)))
  .map(version => ({ version, passed: test(version) }))
for (const { version, passed } of results) {
  console.log(`Node ${version}: ${passed ? 'passed' : 'failed'}`)
}
process.exitCode = results.length > 0 && results.every(({ passed }) => passed) ? 0 : 1

function test(version) {
  const node = install(version)
  console.log(`\nNode ${version}`)
  const { status } = spawnSync(node, ['node_modules/vitest/vitest.mjs', 'run', ...passedOn], {
    cwd: root,
    stdio: 'inherit',
    // Whatever the tests start as `node` is this version too.
    env: { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH },
  })
  return status === 0
}

/** The path of that Node, installed from npm where it is not there yet. */
function install(version) {
  const folder = join(cacheFolder, 'node', version)
  const node = join(folder, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(node)) return node
  mkdirSync(folder, { recursive: true })
  const dependencies = { node: `npm:${packageName()}@${version}` }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error(`Node ${version} cannot be installed from npm.`)
  return node
}

/** The package `node` fetches one of these with an install script, which we do not rely on. */
function packageName() {
  const platform = `${process.platform}-${process.arch}`
  return platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`
}
