// 1,000 revisions of two statements each, from base to head: limbeck against `psql -f` of a file with
// the same statements and the same version and ledger rows, with and without a slow network between.
import '../scripts/load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDelay } from './delay.mjs'
import { writeProject } from './many-revisions.mjs'
import { median } from './measure.mjs'
import { installPeers, writeMigrations } from './peers.mjs'

const program = fileURLToPath(new URL('../bin/limbeck.js', import.meta.url))
const phases = fileURLToPath(new URL('apply-phases.mjs', import.meta.url))
const revisions = Number(process.env.LIMBECK_BENCH_REVISIONS ?? 1000)
const rounds = 5

export async function bench() {
  const { postgresServer } = await import('../test/support/servers.ts')
  const server = await postgresServer()
  const project = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  try {
    writeProject(project, revisions)
    const script = writeScript(project)
    const peers = writePeers(project, script)
    const delay = await startDelay(new URL(server.url).port, 2)
    const subjects = { project, script, peers }
    const near = await compare(server, subjects, url => url)
    const far = await compare(server, subjects, url => viaPort(url, delay.port))
    await delay.stop()
    return {
      ...near,
      figures: [...figures(near, ''), ...figures(far, ', 2 ms away')],
      versions: { postgresql: server.major },
    }
  } finally {
    rmSync(project, { recursive: true, force: true })
    await server.stop()
  }
}

/** The same statements as migrations of other tools. */
function writePeers(project, script) {
  const steps = readFileSync(script, 'utf8')
    .split(/^-- Running upgrade.*$/m)
    .slice(1)
  const migrations = steps.map(step => step.trim().split(/;\n\n/).slice(0, 2))
  const peers = installPeers(project)
  for (const { folder, format } of peers) writeMigrations(folder, migrations, format)
  return peers
}

/** The file for psql is what limbeck writes for the same plan. */
function writeScript(project) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [program, 'upgrade', 'head', '--sql'],
    { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 28, env: environment('postgresql://none') },
  )
  if (status !== 0) throw new Error(stderr)
  const path = join(project, 'upgrade.sql')
  writeFileSync(path, stdout)
  return path
}

/** All in turn, each round in a database of its own. */
async function compare(server, { project, script, peers }, address) {
  const times = {}
  const note = (name, time, round) => {
    times[name] ??= []
    if (round >= 0) times[name].push(time)
  }
  for (let round = -1; round < rounds; round++) {
    note('psql -f', await inDatabase(server, url => runPsql(address(url), script)), round)
    const ours = await inDatabase(server, url => runPhases(address(url), project))
    for (const [name, time] of Object.entries(ours)) note(name, time, round)
    for (const peer of peers) {
      note(peer.name, await inDatabase(server, url => runPeer(peer, address(url))), round)
    }
  }
  const medians = Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, median(list)]),
  )
  const base = medians['psql -f']
  const ratios = Object.entries(medians).map(([name, value]) => [name, value / base])
  return { baseline: 'psql -f', medians, ratios: Object.fromEntries(ratios) }
}

/** limbeck's own phases against psql; a whole process against whole processes. */
const figures = ({ ratios: { 'psql -f': _, ...ratios } }, where) =>
  Object.entries(ratios).map(([name, value]) => ({
    name: `${name} / psql -f${where}`,
    value,
    unit: 'times',
    limit: name === 'from lock to commit' ? 1.15 : undefined,
  }))

async function inDatabase(server, work) {
  const database = await server.createDatabase('bench')
  try {
    return work(database.url)
  } finally {
    await database.drop()
  }
}

function runPsql(url, script) {
  const start = performance.now()
  const words = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', script, url]
  const { status, stderr } = spawnSync('psql', words, { encoding: 'utf8', env: environment(url) })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - start
}

/** A process of its own that says how long each phase took; loading and what follows overlap. */
function runPhases(url, project) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [phases, project], {
    encoding: 'utf8',
    env: environment(url),
  })
  if (status !== 0) throw new Error(stderr)
  const limbeck = performance.now() - start
  const { working, loading, applying } = JSON.parse(stdout)
  return { limbeck, 'start-up': limbeck - working, loading, 'from lock to commit': applying }
}

function runPeer(peer, url) {
  const [program, ...words] = peer.command(url)
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    env: environment(url),
  })
  if (status !== 0) throw new Error(`${peer.name}: ${stdout}${stderr}`)
  return performance.now() - start
}

function environment(url) {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  return { ...inherited, DATABASE_URL: url, PGOPTIONS: '-c client_min_messages=warning' }
}

function viaPort(url, port) {
  const address = new URL(url)
  address.port = String(port)
  return address.href
}
