// npm run -s faults -- [--only NAME]… [--rounds N] [--seed S] [--round K] [--jobs N] [--major N]: kills runs, their
// connections and their servers, fills disks, and compares what the next run leaves with what one does that
// nobody disturbs.
import './load-typescript.mjs'
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    round: { type: 'string' },
    jobs: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    major: { type: 'string', default: '15' },
  },
})

ensureBuilt()
const { createCliProject } = await import('../test/support/cli-project.ts')
const { faults, soakComplaints } = await import('../test/faults/faults.ts')

const names = [...Object.keys(faults), 'soak', 'processes']
const wanted = values.only ?? names
const unknown = wanted.filter(name => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const seed = Number(values.seed)
const major = Number(values.major)
const total = { passed: 0, failed: 0 }
let nextLine = Date.now() + 60_000
console.log(`seed ${seed}, PostgreSQL ${major}`)
for (const name of wanted) {
  if (name === 'processes') runProcesses()
  else {
    // A copy of the package: nothing that is built meanwhile reaches it.
    const project = createCliProject(['pg'])
    try {
      if (name === 'soak') await runSoak(project)
      else await runFault(name, project)
    } finally {
      project.remove()
    }
  }
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.passed > 0 && total.failed === 0 ? 0 : 1

/** Runs rounds until as many kills have met a run as are wanted. */
async function runFault(name, project) {
  const { what, count, isParallel, prepare } = faults[name]
  const prepared = await prepare({ project, seed, major })
  if (prepared.missing !== undefined) {
    console.log(`${what}: not run: ${prepared.missing}`)
    return
  }
  const most = Number(values.rounds ?? count)
  const seen = { kills: 0, equal: 0, different: 0 }
  let next = Number(values.round ?? 0)
  const isOver = () =>
    values.round === undefined ? seen.kills >= most : next > Number(values.round)
  const work = async () => {
    while (!isOver()) await runRound(next++)
  }
  const runRound = async number => {
    const { kills, story, differences } = await prepared.run(number).catch(error => ({
      kills: 0,
      story: 'the round itself failed',
      differences: [String(error.stack)],
    }))
    seen.kills += kills
    seen[differences.length === 0 ? 'equal' : 'different'] += 1
    if (differences.length > 0) tell(name, number, story, differences)
    progress(`${name}: ${seen.kills} of ${most}, ${seen.different} different`)
  }
  try {
    await Promise.all(Array.from({ length: isParallel ? Number(values.jobs) : 1 }, work))
  } finally {
    await prepared.stop()
  }
  progress('')
  const rounds = seen.equal + seen.different
  console.log(
    `${seen.kills} ${what} in ${rounds} rounds: ${seen.equal} equal, ${seen.different} different`,
  )
  total.passed += seen.equal
  total.failed += seen.different
}

function tell(name, number, story, differences) {
  progress('')
  console.log(`${name} ${number}: ${story}`)
  for (const line of differences.join('\n').split('\n').slice(-40)) console.log(`  ${line}`)
  console.log(`  again: npm run -s faults -- --only ${name} --seed ${seed} --round ${number}`)
}

async function runSoak(project) {
  const rounds = Number(values.rounds ?? 500)
  const { complaints, facts } = await soakComplaints({ project, major }, rounds)
  console.log(`${rounds} rounds of upgrade and downgrade in one process: ${facts}`)
  for (const complaint of complaints) console.log(`  ${complaint}`)
  total[complaints.length === 0 ? 'passed' : 'failed'] += 1
}

/** What the ordinary tests do with six processes, with twenty; and what else stands in the folder. */
function runProcesses() {
  const env = { ...process.env, LIMBECK_FAULTS_PROCESSES: '20' }
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/faults'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env,
    stdio: ['ignore', 2, 2],
  })
  console.log(
    `20 processes at once, blockers, and the short forms: ${status === 0 ? 'passed' : 'failed'}`,
  )
  total[status === 0 ? 'passed' : 'failed'] += 1
}

/** A line that is written over, for whoever watches; a line now and then for a log. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
  else if (text !== '' && Date.now() > nextLine) {
    nextLine = Date.now() + 60_000
    process.stderr.write(`${text}\n`)
  }
}
