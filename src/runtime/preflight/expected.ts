import type { ExpectConfig } from '../../config/config.ts'
import type { Situation } from '../../dialects/situation.ts'
import { LimbeckError } from '../../errors.ts'
import { listed } from '../../text/sentences.ts'

/** Something that is otherwise than the config expects. */
export interface Mismatch {
  readonly what: string
  readonly found: string
  readonly expected: string
}

/** In what a session differs from what the config expects. */
export function mismatches(expected: ExpectConfig, situation: Situation): Mismatch[] {
  const { database, user, host, serverVersion } = expected
  const { hosts, ports } = situation
  const found = hosts[0] === undefined ? 'unknown' : `${hosts[0]}:${ports[0]}`
  const users = new Set([situation.user, situation.sessionUser])
  return [
    ...unless(database, situation.database === database, 'database', situation.database),
    ...unless(user, users.has(user!), 'user', situation.user),
    ...unless(host, host !== undefined && isHost(host, situation), 'host', found),
    ...unless(
      serverVersion,
      isVersion(String(serverVersion), situation.serverVersion),
      'serverVersion',
      situation.serverVersion,
    ),
  ]
}

function unless(
  expected: string | number | undefined,
  isMet: boolean,
  what: string,
  found: string,
): Mismatch[] {
  return expected === undefined || isMet ? [] : [{ what, found, expected: String(expected) }]
}

/** `db.internal`, `10.0.0.5` or `db.internal:5432`. */
function isHost(expected: string, { hosts, ports }: Situation): boolean {
  const names = hosts.map(host => host.toLowerCase())
  const all = names.flatMap(host => [host, ...ports.map(port => `${host}:${port}`)])
  return all.includes(expected.toLowerCase())
}

/** `15` is every minor version of it. */
const isVersion = (expected: string, found: string): boolean =>
  found === expected || found.startsWith(`${expected}.`)

/** Refuses a database that is not the one that the config expects. */
export function expectDatabase(expected: ExpectConfig, situation: Situation): void {
  const wrong = mismatches(expected, situation)
  if (wrong.length === 0) return
  const parts = wrong.map(
    ({ what, found, expected: wanted }) => `${what} is ${found}, not ${wanted}`,
  )
  throw new LimbeckError(
    'DATABASE_UNEXPECTED',
    `This is not the database that the config expects: ${listed(parts)}. Nothing was done.`,
    {
      facts: { mismatches: wrong },
      hint: 'Correct the URL, or `expect` in the config.',
    },
  )
}
