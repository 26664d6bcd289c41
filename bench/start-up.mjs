// What limbeck adds to the start of Node: the version alone, and `current` in a project with many
// revisions, whose config is TypeScript and whose models must not be loaded.
import '../scripts/load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { revisionId, writeProject } from './many-revisions.mjs'
import { mediansOf, ratiosTo } from './measure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'bin', 'limbeck.js')
const revisions = 1000
const baseline = 'node -e 0'
const current = `limbeck current, ${revisions} revisions`

export async function bench() {
  const { postgresServer } = await import('../test/support/servers.ts')
  const server = await postgresServer()
  const database = await server.createDatabase('bench')
  const project = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  // Node 20 reads the certificates named here at every start, which would hide what is measured.
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const env = { ...inherited, DATABASE_URL: database.url }
  try {
    writeProject(project, revisions)
    stampHead(project, env)
    const medians = mediansOf(
      {
        [baseline]: ['-e', '0'],
        'limbeck --version': [program, '--version'],
        [current]: [program, 'current'],
      },
      { rounds: 25, warmUps: 2, cwd: project, env },
    )
    return {
      baseline,
      medians,
      ratios: ratiosTo(baseline, medians),
      limits: { 'limbeck --version': 20, [current]: 120 },
      versions: { postgresql: server.major },
    }
  } finally {
    rmSync(project, { recursive: true, force: true })
    await server.stop()
  }
}

/** Puts the database at the head, and makes sure that what is measured works. */
function stampHead(project, env) {
  const head = revisionId(revisions)
  for (const words of [['stamp', 'head'], ['current']]) {
    const result = spawnSync(process.execPath, [program, ...words], {
      cwd: project,
      env,
      encoding: 'utf8',
    })
    if (result.status !== 0) throw new Error(`limbeck ${words.join(' ')}: ${result.stderr}`)
    if (words[0] === 'current' && !result.stdout.includes(head)) {
      throw new Error(`limbeck current printed ${result.stdout}, not ${head}.`)
    }
  }
}
