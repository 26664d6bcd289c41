import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { eachServer } from '../support/each-server.ts'
import { findCases, missingFor } from './find-cases.ts'
import { roundTrip } from './round-trip.ts'

const cases = findCases(fileURLToPath(new URL('cases', import.meta.url)))

eachServer(
  'a round trip',
  ({ major, server }) => {
    for (const roundTripCase of cases) {
      const title = `leaves nothing behind: ${roundTripCase.name}`
      const missing = missingFor(roundTripCase, major)
      if (missing !== undefined) test.skip(`${title} — not run: ${missing}`)
      else test(title, async () => roundTrip(await server(), roundTripCase))
    }
  },
  { pgDump: true, usually: [13, 18] },
)
