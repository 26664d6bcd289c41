// npm run -s models -- [--major N] PATH…: writes models of each schema below the paths (of a pair the one
// after), compares them with it, builds an empty database from them and compares dumps.
import './load-typescript.mjs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { major: { type: 'string', default: '15' } },
})
if (positionals.length === 0) {
  console.error('usage: npm run -s models -- [--major N] PATH…')
  process.exit(2)
}

ensureBuilt()
const { findCases, missingFor } = await import('../test/round-trip/find-cases.ts')
const { RoundTripServers } = await import('../test/round-trip/servers.ts')
const { modelsTrip } = await import('../test/models/models-trip.ts')

const servers = RoundTripServers.find(Number(values.major))
const counts = { passed: 0, failed: 0 }
try {
  for (const one of positionals.flatMap(findCases)) await run(one)
} finally {
  await servers.stop()
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.passed > 0 && counts.failed === 0 ? 0 : 1

async function run(schema) {
  const missing = missingFor(schema, Number(values.major))
  if (missing !== undefined) return console.log(`${schema.name}: not run: ${missing}`)
  try {
    await servers.run(server => modelsTrip(server, schema))
    counts.passed += 1
  } catch (error) {
    if (error.cause?.code === 'DATABASE_EMPTY') return console.log(`${schema.name}: not run: empty`)
    counts.failed += 1
    console.log(`${schema.name}: ${error.message.replaceAll('\n', ' ').slice(0, 400)}`)
  }
}
