// Builds dist. It is put in place in one move, so that whoever runs the old one meanwhile is not
// left with half of it, and it is as old as the moment its build began: see ensure-built.mjs.
import { existsSync, renameSync, rmSync, utimesSync } from 'node:fs'
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
  utimesSync(draft, start, start)
  replace()
} finally {
  for (const folder of [draft, previous]) rmSync(folder, { recursive: true, force: true })
}

function replace() {
  if (existsSync(dist)) renameSync(dist, previous)
  renameSync(draft, dist)
}
