import { hostname } from 'node:os'
import type { Operator } from '../runtime/ledger.ts'
import { version } from '../version.ts'

/** What a server shows as the application of a session, and the ledger as that of a line. */
export const applicationName = 'limbeck'

/** Who works here, as the ledger notes it. */
export function thisOperator(): Operator {
  return { host: hostname(), application: applicationName, version }
}
