import { afterAll, beforeAll, describe } from 'vitest'
import { type MariadbProcess, missingMariadb, startMariadb } from '../../support/mariadb.ts'
import { promiseGuards } from '../offline-guards.ts'

describe.skipIf(missingMariadb() !== undefined)('in mariadb', () => {
  let server: MariadbProcess
  let count = 0

  beforeAll(async () => {
    server = await startMariadb()
  })

  afterAll(() => server?.stop())

  promiseGuards({
    dialect: 'mysql',
    endsQuietly: false,
    open: () => server.createDatabase(`limbeck_test_${++count}`),
    odd: {
      config: { versionTable: 'mo`ves\'n "x"', versionTableSchema: 'limbeck meta' },
      place: 'CREATE OR REPLACE DATABASE `limbeck meta`;',
    },
  })
})
