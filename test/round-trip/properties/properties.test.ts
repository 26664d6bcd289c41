import fc from 'fast-check'
import { test } from 'vitest'
import { eachServer } from '../../support/each-server.ts'
import { testMajors } from '../../support/servers.ts'
import { designPair } from './design.ts'
import { designSql } from './design-sql.ts'
import { expectRoundTrips } from './law.ts'

/** `npm run test:properties` asks for 2,000. */
const wanted = Number(process.env.LIMBECK_TEST_PAIRS ?? 200)
const together = 25
const numRuns = Math.ceil(wanted / together / testMajors().length)
const seed = fc.readConfigureGlobal().seed ?? Math.trunc(Math.random() * 2 ** 31)

eachServer(
  'schemas that nobody has written',
  ({ major, server }) => {
    test(`lead from one to another and back: ${numRuns * together} pairs, seed ${seed}`, async () => {
      const pairs = fc.array(designPair, { minLength: together, maxLength: together })
      await fc.assert(
        fc.asyncProperty(pairs, async drawn => {
          const sql = drawn.map(
            ([before, after]) => [designSql(before, major), designSql(after, major)] as const,
          )
          await expectRoundTrips(await server(), sql)
        }),
        { numRuns, seed, endOnFailure: true },
      )
    }, 3_600_000)
  },
  { pgDump: true },
)
