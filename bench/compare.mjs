// Comparing a database with a target that it equals: limbeck against `pg_dump --schema-only`, with 1,000
// tables and with ten times as many; introspection and comparison alone, and `limbeck check` as a process,
// when the target was compared before (warm) and when it has to be built in scratch first (cold).
// Alembic's check stands beside it where LIMBECK_BENCH_ALEMBIC names a Python that has Alembic and psycopg2.
import '../scripts/load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alembicEnvironment, tablesSql, writeTablesProject } from './many-tables.mjs'
import { median } from './measure.mjs'

const here = name => fileURLToPath(new URL(name, import.meta.url))
const few = Number(process.env.LIMBECK_BENCH_TABLES ?? 1000)
const many = few * 10
const python = process.env.LIMBECK_BENCH_ALEMBIC
const sources = ['models', 'SQL files']
const baseline = 'pg_dump --schema-only'
/** 5.7 s against 0.4 s, measured with SQLAlchemy 2 and psycopg2 on 1,000 tables of this kind. */
const recordedAlembic = 5.7 / 0.4

export async function bench() {
  const { postgresServer } = await import('../test/support/servers.ts')
  const server = await postgresServer(15)
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-bench-'))
  try {
    const small = await measured(server, folder, few, 7)
    const large = await measured(server, folder, many, 3)
    const { [baseline]: _, ...medians } = small.medians
    const ratios = Object.entries(medians).map(([name, time]) => [name, ratio(small, name, time)])
    return {
      baseline,
      medians: small.medians,
      ratios: Object.fromEntries(ratios),
      figures: figures(small, large),
      versions: { postgresql: server.major },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  }
}

const ratio = ({ medians }, name, time = medians[name]) => time / medians[baseline]

function figures(small, large) {
  const times = (name, limit) => ({
    name: `${name} / ${baseline}, ${few} tables`,
    value: ratio(small, name),
    unit: 'times',
    limit,
  })
  const growth = name => ({
    name: `${name}, ${many} tables / ${few} tables`,
    value: large.medians[name] / small.medians[name],
    unit: 'times',
  })
  const subjects = Object.keys(small.medians)
  return [
    times(compared, 1),
    ...sources.map(source => times(warm(source), 1.5)),
    ...sources.map(source => againstAlembic(small, cold(source))),
    ...subjects.filter(name => name in large.medians).map(growth),
    { name: 'catalog queries', value: small.queries, unit: 'queries', limit: 30 },
    ...Object.entries(small.memory).map(([name, value]) => ({
      name: `most memory of ${name}, ${few} tables`,
      value,
      unit: 'MB',
      limit: 300,
    })),
  ]
}

function againstAlembic({ medians }, name) {
  const isHere = alembic in medians
  const time = isHere ? medians[alembic] : medians[baseline] * recordedAlembic
  const whose = isHere ? alembic : `${alembic} (recorded: ${recordedAlembic} pg_dumps)`
  return { name: `${name} / ${whose}`, value: medians[name] / time, unit: 'times', limit: 0.6 }
}

const compared = 'introspect and compare'
const alembic = 'alembic check'
const warm = source => `limbeck check, warm, ${source}`
const cold = source => `limbeck check, cold, ${source}`

/** All subjects in turn, round after round. */
async function measured(server, folder, count, rounds) {
  const database = await server.createDatabase('bench')
  try {
    fill(database.url, count)
    const subjects = subjectsOf(database.url, join(folder, String(count)), count)
    const times = {}
    for (let round = -1; round < rounds; round++) {
      for (const [name, run] of Object.entries(subjects.timed)) {
        const time = run()
        if (round >= 0) times[name] = [...(times[name] ?? []), time]
      }
    }
    const medians = Object.entries(times).map(([name, list]) => [name, median(list)])
    return { medians: Object.fromEntries(medians), ...subjects.seen }
  } finally {
    await database.drop()
  }
}

/** Many tables take more locks than one transaction may have. */
function fill(url, count) {
  run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', url], { input: tablesSql(count) })
  run('psql', ['-X', '-q', '-c', 'VACUUM ANALYZE', url])
}

function subjectsOf(url, folder, count) {
  const env = { DATABASE_URL: url }
  const seen = { queries: 0, memory: {} }
  const projects = Object.fromEntries(sources.map(source => [source, join(folder, source)]))
  for (const source of sources) writeTablesProject(projects[source], count, source)
  const timed = {
    [baseline]: () => run('pg_dump', ['--schema-only', '-f', join(folder, 'dump.sql'), url]),
    [compared]() {
      const { stdout } = runNode([here('compare-phases.mjs'), url], {})
      const { time, queries, memory } = JSON.parse(stdout)
      seen.queries = queries
      seen.memory[compared] = memory
      return time
    },
  }
  const isColdToo = count === few
  for (const source of sources) {
    const checkOnce = name => checked(projects[source], env, seen, name)
    const forget = () =>
      rmSync(join(projects[source], '.limbeck'), { recursive: true, force: true })
    if (isColdToo) {
      timed[cold(source)] = () => {
        forget()
        return checkOnce(cold(source))
      }
    }
    timed[warm(source)] = () => checkOnce(warm(source))
  }
  if (python && isColdToo) timed[alembic] = alembicCheck(folder, url)
  return { timed, seen }
}

function checked(cwd, env, seen, name) {
  const path = join(cwd, 'memory')
  const words = ['--import', here('memory.mjs'), here('../bin/limbeck.js'), 'check']
  const { time } = runNode(words, { cwd, env: { ...env, LIMBECK_BENCH_MEMORY: path } })
  seen.memory[name] = Math.max(seen.memory[name] ?? 0, Number(readFileSync(path, 'utf8')))
  return time
}

function alembicCheck(folder, url) {
  const cwd = join(folder, 'alembic')
  mkdirSync(join(cwd, 'migrations', 'versions'), { recursive: true })
  writeFileSync(join(cwd, 'alembic.ini'), '[alembic]\nscript_location = migrations\n')
  writeFileSync(join(cwd, 'migrations', 'env.py'), alembicEnvironment)
  const env = {
    ...process.env,
    SQLALCHEMY_URL: url.replace(/^postgres(?:ql)?:/, 'postgresql+psycopg2:'),
  }
  const reflect =
    'import os, pickle, sqlalchemy as s; m = s.MetaData(); m.reflect(s.create_engine(os.environ["SQLALCHEMY_URL"])); pickle.dump(m, open("metadata.pickle", "wb"))'
  run(python, ['-c', reflect], { cwd, env })
  return () => run(python, ['-m', 'alembic', 'check'], { cwd, env })
}

function runNode(words, { cwd, env = {} }) {
  const start = performance.now()
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env
  const options = { cwd, env: { ...inherited, ...env }, encoding: 'utf8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, words, options)
  if (status !== 0) throw new Error(stderr)
  return { stdout, time: performance.now() - start }
}

function run(program, words, options = {}) {
  const start = performance.now()
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8', ...options })
  if (status !== 0) throw new Error(stderr)
  return performance.now() - start
}
