// npm run -s roundtrip -- [--dialect D] PATH…: takes each schema or pair of schemas below the paths
// through autogenerate, upgrade and downgrade on a real server, and compares dumps.
import './load-typescript.mjs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dialect: { type: 'string', default: 'postgresql' }, major: { type: 'string' } },
})
if (positionals.length === 0 || values.dialect !== 'postgresql') {
  console.error('usage: npm run -s roundtrip -- [--dialect postgresql] [--major N] PATH…')
  process.exit(2)
}

ensureBuilt()
const { findCases, missingFor } = await import('../test/round-trip/find-cases.ts')
const { roundTrip } = await import('../test/round-trip/round-trip.ts')
const { RoundTripServers } = await import('../test/round-trip/servers.ts')

const servers = RoundTripServers.find(Number(values.major ?? 15))
let passed = 0
let failed = 0
try {
  for (const roundTripCase of positionals.flatMap(findCases)) await run(roundTripCase)
} finally {
  await servers.stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = passed > 0 && failed === 0 ? 0 : 1

async function run(roundTripCase) {
  try {
    const missing = await servers.run(
      async server => missingFor(roundTripCase, server.major) ?? roundTrip(server, roundTripCase),
    )
    if (missing === undefined) passed += 1
    else console.log(`${roundTripCase.name}: not run: ${missing}`)
  } catch (error) {
    failed += 1
    console.log(`${roundTripCase.name}: ${error.message.replaceAll('\n', ' ').slice(0, 400)}`)
  }
}
