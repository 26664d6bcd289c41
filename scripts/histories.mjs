// npm run -s histories -- SET_FOLDER…: takes the pairs of a set, in order, as the revisions of one
// project, up and down, on a real server and in psql, and compares dumps.
import './load-typescript.mjs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { major: { type: 'string', default: '15' } },
})
if (positionals.length === 0) {
  console.error('usage: npm run -s histories -- [--major N] SET_FOLDER…')
  process.exit(2)
}

ensureBuilt()
const { findHistory } = await import('../test/histories/find-history.ts')
const { runHistory } = await import('../test/histories/history.ts')
const { RoundTripServers } = await import('../test/round-trip/servers.ts')

const servers = RoundTripServers.find(Number(values.major))
let passed = 0
let failed = 0
try {
  for (const history of positionals.map(findHistory)) await run(history)
} finally {
  await servers.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = passed > 0 && failed === 0 ? 0 : 1

async function run(history) {
  const report = await runHistory(await servers.having(history.extensions), history)
  for (const line of report.failures)
    console.log(`${history.name}/${line.replaceAll('\n', ' ').slice(0, 400)}`)
  passed += report.passed
  failed += report.failed
}
