// A project with 10,000 revision files: how long the listings take, how much memory they need, and
// how long the graph alone takes to plan from base to head.
import '../scripts/load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { writeProject } from './many-revisions.mjs'
import { median, mediansOf, ratiosTo } from './measure.mjs'

const program = fileURLToPath(new URL('../bin/limbeck.js', import.meta.url))
const revisions = 10_000
const baseline = 'node -e 0'
const commands = ['heads', 'history', 'current']

export async function bench() {
  const { postgresServer } = await import('../test/support/servers.ts')
  const server = await postgresServer()
  const database = await server.createDatabase('bench')
  const project = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const env = { ...inherited, DATABASE_URL: database.url }
  try {
    writeProject(project, revisions)
    const programs = Object.fromEntries(commands.map(word => [`limbeck ${word}`, [program, word]]))
    const medians = mediansOf(
      { [baseline]: ['-e', '0'], ...programs },
      { rounds: 7, warmUps: 1, cwd: project, env },
    )
    return {
      baseline,
      medians,
      ratios: ratiosTo(baseline, medians),
      limits: Object.fromEntries(Object.keys(programs).map(name => [name, 1000])),
      figures: [
        ...commands.map(word => peakMemory(word, project, env)),
        ...(await planTimes(project)),
      ],
      versions: { postgresql: server.major },
    }
  } finally {
    rmSync(project, { recursive: true, force: true })
    await server.stop()
  }
}

/** The most memory that a command held at once. */
function peakMemory(word, cwd, env) {
  const report = `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))`
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(report)}`]
  const { stderr } = spawnSync(process.execPath, [...preload, program, word], {
    cwd,
    env,
    encoding: 'utf8',
  })
  const kilobytes = Number(/peak (\d+)/.exec(stderr)?.[1])
  return { name: `memory of limbeck ${word}`, value: kilobytes / 1024, unit: 'MB', limit: 200 }
}

/** The graph and its plans, without reading a file. */
async function planTimes(project) {
  const { openScriptDirectory } = await import('../src/scripts/script-directory.ts')
  const { buildGraph } = await import('../src/revisions/graph.ts')
  const { planDowngrade, planUpgrade } = await import('../src/revisions/plan.ts')
  const scripts = await openScriptDirectory({ directory: join(project, 'migrations') })
  const graphs = { 'one line': scripts.revisions, ladder: ladder(), fan: fan() }
  return Object.entries(graphs).flatMap(([name, list]) => {
    const graph = buildGraph(list)
    const { headsAfter } = planUpgrade(graph, [], 'heads')
    return [
      figure(`graph of ${list.length}, ${name}`, () => buildGraph(list)),
      figure(`plan base -> heads, ${name}`, () => planUpgrade(graph, [], 'heads')),
      figure(`plan heads -> base, ${name}`, () => planDowngrade(graph, headsAfter, 'base')),
    ]
  })
}

function figure(name, work) {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return { name, value: median(times), unit: 'ms', limit: 100 }
}

/** Forks and merges, one after the other. */
function ladder() {
  return [revision('top'), ...Array.from({ length: revisions / 3 }, (_, n) => rung(n)).flat()]
}

function rung(n) {
  const top = n === 0 ? 'top' : `merge${n - 1}`
  const sides = [revision(`left${n}`, top), revision(`right${n}`, top)]
  return [...sides, revision(`merge${n}`, `left${n}`, `right${n}`)]
}

/** A hundred branches of a hundred revisions. */
function fan() {
  const side = Math.sqrt(revisions)
  const branch = b =>
    Array.from({ length: side }, (_, n) =>
      revision(`b${b}n${n}`, n === 0 ? 'root' : `b${b}n${n - 1}`),
    )
  return [revision('root'), ...Array.from({ length: side }, (_, b) => branch(b)).flat()]
}

const revision = (id, ...downRevisions) => ({
  id,
  downRevisions,
  dependsOn: [],
  branchLabels: [],
  message: '',
  doc: '',
})
