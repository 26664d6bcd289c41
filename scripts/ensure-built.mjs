// Builds dist where it is missing or older than what it is made of; says so on stderr only.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['src', 'package.json', 'tsconfig.json', 'tsdown.config.ts']

/** Builds if need be; throws where the build fails. */
export function ensureBuilt() {
  if (changedAt('dist', false) >= Math.max(...sources.map(path => changedAt(path)))) return
  process.stderr.write('Building dist …\n')
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('The build of dist failed.')
}

/** When a file or anything in a folder was last changed, in milliseconds; 0 where it is missing. */
function changedAt(path, isDeep = true) {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return 0
  const stat = statSync(absolute)
  if (!isDeep || !stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(absolute).map(name => changedAt(join(path, name)))
  return Math.max(stat.mtimeMs, ...inside)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt()
