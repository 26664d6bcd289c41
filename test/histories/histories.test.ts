import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { eachServer, notRun } from '../support/each-server.ts'
import { missingPsql } from '../support/psql.ts'
import { findHistory } from './find-history.ts'
import { runHistory } from './history.ts'
import { commands } from './project.ts'

const history = findHistory(fileURLToPath(new URL('cases/a-shop', import.meta.url)))

eachServer(
  'a history',
  ({ server }) => {
    const title = 'is the same in psql, up and down'
    const missing = missingPsql()
    if (missing !== undefined) return notRun(title, missing)
    test(title, { timeout: 240_000 }, async () => {
      const report = await runHistory(await server(), history)
      expect(report).toEqual({
        passed: history.steps.length + commands.length,
        failed: 0,
        failures: [],
      })
    })
  },
  { pgDump: true, usually: [15] },
)
