import { LimbeckError } from '../../errors.ts'
import type { Dialect } from '../dialect.ts'
import { capabilities } from './capabilities.ts'
import { compile } from './compile/index.ts'
import { offlineGuard } from './offline-guard.ts'
import { literal, quote, quoteQualified } from './quoting.ts'
import { terminated } from './terminated.ts'

/** MySQL 8.0 and MariaDB 10.6 and newer, as SQL: what it takes to write a script. */
export const mysql: Dialect = {
  name: 'mysql',
  defaultSchema: '',
  capabilities,
  compile,
  introspect: async () => {
    throw new LimbeckError(
      'DIALECT_UNSUPPORTED',
      'limbeck writes SQL for MySQL and does not read its databases.',
      {
        facts: { dialect: 'mysql', capability: 'introspect' },
        hint: 'Write the script by hand, and its SQL with `limbeck upgrade base:head --sql`.',
      },
    )
  },
  quote,
  quoteQualified,
  literal,
  offlineGuard,
  terminated,
  clock: (secondsAgo = 0) =>
    secondsAgo === 0 ? 'SYSDATE(6)' : `SYSDATE(6) - INTERVAL ${secondsAgo.toFixed(3)} SECOND`,
  user: 'CURRENT_USER',
}
