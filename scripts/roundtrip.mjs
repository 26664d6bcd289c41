// npm run -s roundtrip -- [--dialect D] [--major N] [--jobs N] PATH…: takes each schema or pair of schemas
// below the paths through autogenerate, upgrade and downgrade on a real server, and compares dumps.
import './load-typescript.mjs'
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dialect: { type: 'string', default: 'postgresql' },
    major: { type: 'string', default: '15' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
})
if (positionals.length === 0 || values.dialect !== 'postgresql') {
  console.error(
    'usage: npm run -s roundtrip -- [--dialect postgresql] [--major N] [--jobs N] PATH…',
  )
  process.exit(2)
}

/** Neighbours have states in common, which a worker builds once. */
const neighbours = 16

ensureBuilt()
const { findCases } = await import('../test/round-trip/find-cases.ts')
const cases = positionals.flatMap(findCases)
const counts = { passed: 0, failed: 0, 'not run': 0 }
const workers = Math.min(Number(values.jobs), Math.ceil(cases.length / neighbours))
await Promise.all(Array.from({ length: workers }, runWorker))
if (counts['not run'] > 0) console.log(`${counts['not run']} not run`)
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.passed > 0 && counts.failed === 0 ? 0 : 1

/** Hands cases to a process of its own, with a server of its own, until none are left. */
async function runWorker() {
  while (cases.length > 0) {
    const open = []
    const worker = fork(new URL('roundtrip-worker.mjs', import.meta.url), [values.major])
    const handOut = () => {
      open.push(...cases.splice(0, neighbours))
      worker.send(open)
    }
    worker.on('message', result => {
      report(open.shift(), result)
      if (open.length > 0) return
      if (cases.length > 0) handOut()
      else worker.disconnect()
    })
    handOut()
    await new Promise(resolve => worker.once('exit', resolve))
    if (open.length > 0) {
      report(open.shift(), { verdict: 'failed', message: 'the process that ran it ended' })
      cases.unshift(...open)
    }
  }
}

function report({ name }, { verdict, message }) {
  counts[verdict] += 1
  if (message === undefined) return
  const text = message.replaceAll('\n', ' ').slice(0, 400)
  console.log(verdict === 'failed' ? `${name}: ${text}` : `${name}: ${verdict}: ${text}`)
}
