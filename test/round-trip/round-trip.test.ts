import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { eachServer } from '../support/each-server.ts'
import { findCases } from './find-cases.ts'
import { roundTrip } from './round-trip.ts'

const cases = findCases(fileURLToPath(new URL('cases', import.meta.url)))

eachServer(
  'a round trip',
  ({ server }) => {
    for (const roundTripCase of cases) {
      test(`leaves nothing behind: ${roundTripCase.name}`, async () => {
        await roundTrip(await server(), roundTripCase)
      })
    }
  },
  { pgDump: true },
)
