import { describe } from 'vitest'
import { createSqliteDatabase, missingSqlite3 } from '../../support/sqlite3.ts'
import { promiseGuards } from '../offline-guards.ts'

describe.skipIf(missingSqlite3() !== undefined)('in sqlite3', () => {
  promiseGuards({
    dialect: 'sqlite',
    endsQuietly: false,
    open: async () => createSqliteDatabase(),
    odd: { config: { versionTable: 'mo`ves\'n "x"' } },
  })
})
