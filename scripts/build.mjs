// Builds dist. It is put in place in one move, so that whoever runs the old one meanwhile is not
// left with half of it, and it is as old as the moment its build began: see ensure-built.mjs.
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const draft = join(root, '.cache', `dist-${process.pid}`)
const previous = `${draft}-previous`

const start = new Date()
try {
  await build({ cwd: root, outDir: draft, logLevel: 'warn' })
  for (const file of declarations()) excusePeers(file)
  utimesSync(draft, start, start)
  replace()
} finally {
  for (const folder of [draft, previous]) rmSync(folder, { recursive: true, force: true })
}

function declarations() {
  const files = readdirSync(draft, { recursive: true })
  return files.filter(file => file.endsWith('.d.ts')).map(file => join(draft, file))
}

/** Types name packages that a project need not have: where one is missing, its types are `any`. */
function excusePeers(file) {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(importsOfPeers(), '// @ts-ignore: it need not be installed\n$&'))
}

function importsOfPeers() {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = Object.keys(peerDependencies).join('|')
  return new RegExp(`^import .* from "(${names})(/.*)?";$`, 'gm')
}

function replace() {
  if (existsSync(dist)) renameSync(dist, previous)
  renameSync(draft, dist)
}
