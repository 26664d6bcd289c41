import type { Dialect } from '../dialect.ts'
import { withoutCommentsBefore } from '../executed-sql.ts'
import { capabilities } from './capabilities.ts'
import { catchUp } from './catch-up.ts'
import { compile } from './compile/index.ts'
import { offlineGuard } from './offline-guard.ts'
import { literal, quote, quoteQualified } from './quoting.ts'
import { runLock } from './run-lock.ts'
import { tableShapes } from './table-shapes.ts'
import { terminated } from './terminated.ts'
import { timeouts } from './timeouts.ts'

/** PostgreSQL 13 and newer. */
export const postgresql: Dialect = {
  name: 'postgresql',
  defaultSchema: 'public',
  capabilities,
  compile,
  introspect: async (connection, options) => {
    const { introspect } = await import('./introspect/index.ts')
    return introspect(connection, options)
  },
  readSchema: async (connection, options) => {
    const { readSchema } = await import('./introspect/index.ts')
    return readSchema(connection, options)
  },
  asOnServer: async (schema, serverVersion) => {
    const { asOnServer } = await import('./older-spelling.ts')
    return asOnServer(schema, serverVersion)
  },
  countRows: async (connection, parts) => {
    const { countRows } = await import('./count-rows.ts')
    return countRows(connection, parts)
  },
  catchUp,
  uniqueKeys: async (connection, table) => {
    const { uniqueKeys } = await import('./unique-keys.ts')
    return uniqueKeys(connection, table)
  },
  differencesOf: async (connection, operation) => {
    const { differencesOf } = await import('./already-there/index.ts')
    return differencesOf(connection, operation)
  },
  removeLeftover: async (connection, operation) => {
    const { dropFailedIndex } = await import('./failed-index.ts')
    return dropFailedIndex(connection, operation)
  },
  cutOff: async (connection, sql) => {
    const { cutOff } = await import('./cut-off/index.ts')
    return cutOff(connection, sql)
  },
  // Their code may commit as it likes.
  mayBeTransaction: sql => !/^(call|do)\b/i.test(withoutCommentsBefore(sql)),
  situation: async (connection, question) => {
    const { readSituation } = await import('./preflight/situation.ts')
    return readSituation(connection, question)
  },
  writeBarrier: async (connection, situation) => {
    const { writeBarrier } = await import('./preflight/write-barrier.ts')
    return writeBarrier(connection, situation)
  },
  runLock,
  timeouts,
  blockers: async (connection, pid) => {
    const { readBlockers } = await import('./blockers.ts')
    return readBlockers(connection, pid)
  },
  indexBuild: async (connection, pid) => {
    const { readIndexBuild } = await import('./index-build.ts')
    return readIndexBuild(connection, pid)
  },
  tableShapes,
  healthChecks: async () => (await import('./health/index.ts')).healthChecks,
  // Rows that refer to them may still be written meanwhile.
  rowLock: 'FOR NO KEY UPDATE',
  quote,
  quoteQualified,
  literal,
  offlineGuard,
  terminated,
  returnedClock: 'extract(epoch FROM clock_timestamp())',
  clock: (secondsAgo = 0) =>
    secondsAgo === 0
      ? 'clock_timestamp()'
      : `clock_timestamp() - interval '${secondsAgo.toFixed(3)} seconds'`,
  user: 'CURRENT_USER',
  sessionName: (name, until) =>
    `set_config('application_name', ${literal(name)}, ${until === 'transaction'})`,
}
