import { LimbeckError } from '../../errors.ts'
import type { Dialect } from '../dialect.ts'
import { capabilities } from './capabilities.ts'
import { compile } from './compile/index.ts'
import { offlineGuard } from './offline-guard.ts'
import { literal, quote, quoteQualified } from './quoting.ts'

/** SQLite 3.35 and newer, as SQL: what it takes to write a script. */
export const sqlite: Dialect = {
  name: 'sqlite',
  defaultSchema: 'main',
  capabilities,
  compile,
  introspect: async () => {
    throw new LimbeckError(
      'DIALECT_UNSUPPORTED',
      'limbeck writes SQL for SQLite and does not read its databases.',
      {
        facts: { dialect: 'sqlite', capability: 'introspect' },
        hint: 'Write the script by hand, and its SQL with `limbeck upgrade base:head --sql`.',
      },
    )
  },
  quote,
  quoteQualified,
  literal,
  offlineGuard,
  clock: (secondsAgo = 0) =>
    `strftime('%Y-%m-%d %H:%M:%f', 'now'${secondsAgo === 0 ? '' : `, '-${secondsAgo.toFixed(3)} seconds'`})`,
}
