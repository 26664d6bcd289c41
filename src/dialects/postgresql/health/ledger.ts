import { displayName } from '../../../schema/index.ts'
import { listed } from '../../../text/sentences.ts'
import type { Connection } from '../../dialect.ts'
import type { HealthCheck, Verdict } from '../../health.ts'
import { quoteQualified } from '../quoting.ts'
import { readOwnTable } from './own-table.ts'

/** What a line of the ledger cannot be without. */
const needed = [
  ...['sequence', 'revision', 'direction', 'step', 'state', 'statement_hash', 'script_checksum'],
  ...['operations_hash', 'who', 'host', 'application', 'version', 'started', 'finished'],
]

/** The ledger is as limbeck makes it, and says who ran last. */
export const ledger: HealthCheck = {
  check: 'ledger',
  run: async (connection, { ledger: asked }) => {
    const table = await readOwnTable(connection, asked)
    const what = displayName(asked)
    if (table === undefined)
      return [{ status: 'note', message: `There is no ${what} yet: the first run creates it.` }]
    const names = table.columns.map(({ name }) => name)
    const missing = needed.filter(name => !names.includes(name))
    if (missing.length > 0) return [misshapen(what, missing)]
    return [await lastLine(connection, what, quoteQualified(asked))]
  },
}

const misshapen = (what: string, missing: readonly string[]): Verdict => ({
  status: 'problem',
  message: `${what} lacks ${listed(missing)}: it is not the ledger that limbeck makes.`,
  fix: `Rename it, and run \`limbeck ensure-version\`, which creates one.`,
})

interface Line {
  readonly revision: string
  readonly direction: string
  readonly who: string | null
  readonly host: string
  readonly at: string
}

async function lastLine(connection: Connection, what: string, sql: string): Promise<Verdict> {
  const { rows } = await connection.query<Line>(
    `SELECT revision, direction, who, host, to_char(started, 'YYYY-MM-DD HH24:MI:SSOF') AS at
FROM ${sql} ORDER BY sequence DESC LIMIT 1`,
  )
  const [line] = rows
  if (line === undefined) return { status: 'ok', message: `${what} is empty.` }
  const { revision, direction, who, host, at } = line
  return {
    status: 'ok',
    message: `The last entry is the ${direction} of ${revision}, by ${who ?? 'somebody'} on ${host}, ${at}.`,
  }
}
