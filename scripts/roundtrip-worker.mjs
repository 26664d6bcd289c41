// Runs the cases that its parent sends it, one after the other, on servers of its own.
import './load-typescript.mjs'

const { missingFor } = await import('../test/round-trip/find-cases.ts')
const { roundTrip } = await import('../test/round-trip/round-trip.ts')
const { missingExtension, RoundTripServers } = await import('../test/round-trip/servers.ts')

const servers = RoundTripServers.find(Number(process.argv[2]))
process.on('message', async cases => {
  for (const roundTripCase of cases) process.send(await resultOf(roundTripCase))
})
process.on('disconnect', () => servers.stop())

async function resultOf(roundTripCase) {
  try {
    const missing = await servers.run(
      async server => missingFor(roundTripCase, server.major) ?? roundTrip(server, roundTripCase),
    )
    return missing === undefined ? { verdict: 'passed' } : { verdict: 'not run', message: missing }
  } catch (error) {
    const extension = missingExtension(error)
    if (extension !== undefined)
      return { verdict: 'not run', message: `this machine has no extension ${extension}` }
    return { verdict: 'failed', message: error.message }
  }
}
