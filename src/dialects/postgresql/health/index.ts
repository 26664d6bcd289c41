import type { HealthCheck } from '../../health.ts'
import { clock } from './clock.ts'
import { encoding } from './encoding.ts'
import { extensions } from './extensions.ts'
import { invalidIndexes } from './invalid-indexes.ts'
import { ledger } from './ledger.ts'
import { openTransactions } from './open-transactions.ts'
import { preparedTransactions } from './prepared-transactions.ts'
import { searchPath } from './search-path.ts'
import { serverVersion } from './server-version.ts'
import { timeouts } from './timeouts.ts'
import { unvalidatedConstraints } from './unvalidated-constraints.ts'
import { versionTable } from './version-table.ts'

/** What `doctor` looks at in a PostgreSQL database, in the order of its page. */
export const healthChecks: readonly HealthCheck[] = [
  serverVersion,
  encoding,
  clock,
  searchPath,
  extensions,
  timeouts,
  versionTable,
  ledger,
  invalidIndexes,
  unvalidatedConstraints,
  openTransactions,
  preparedTransactions,
]
