// Packs the package and checks what a user would install: exports and types (publint,
// are-the-types-wrong), what is inside, and that nothing runs on installation.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './ensure-built.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare']
const expected = ['package.json', 'README.md', 'LICENSE', 'bin/limbeck.js', 'dist/cli.js']
const unexpected = /^(src|test|bench|scripts|examples)\/|\.tsbuildinfo$|\.map$/

ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'limbeck-package-'))
try {
  const { filename, files, size } = pack()
  const tarball = join(folder, filename)
  const complaints = [...scriptComplaints(), ...fileComplaints(files.map(({ path }) => path))]
  for (const complaint of complaints) console.error(complaint)
  const passed = [
    complaints.length === 0,
    // `limbeck/package.json` is data; CommonJS reaches the rest with require(esm) or import().
    run('publint/src/cli.js', ['run', tarball, '--strict']),
    run('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only']),
  ].every(Boolean)
  console.log(`${filename}: ${files.length} files, ${Math.round(size / 1024)} kB packed`)
  process.exitCode = passed ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function pack() {
  const json = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return Object.values(JSON.parse(json))[0]
}

/** Complaints about scripts that npm would run on a user's machine, ours or of what we depend on. */
function scriptComplaints() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const ours = installScripts.filter(name => name in scripts)
  const theirs = Object.entries(packages).filter(
    ([, entry]) => entry.hasInstallScript && !entry.dev,
  )
  return [
    ...ours.map(name => `package.json: "${name}" runs when the package is installed.`),
    ...theirs.map(([path]) => `${path} runs a script when the package is installed.`),
  ]
}

function fileComplaints(paths) {
  return [
    ...expected.filter(path => !paths.includes(path)).map(path => `${path} is not in the package.`),
    ...paths.filter(path => unexpected.test(path)).map(path => `${path} is in the package.`),
  ]
}

function run(program, args) {
  const path = join(root, 'node_modules', program)
  return spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' }).status === 0
}
