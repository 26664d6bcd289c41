import { listed } from '../../../text/sentences.ts'
import type { HealthCheck, Verdict } from '../../health.ts'

interface Extension {
  readonly name: string
  readonly isAvailable: boolean
  readonly isCreated: boolean
}

/** What scripts and target create is installed on the server's machine. */
export const extensions: HealthCheck = {
  check: 'extensions',
  run: async (connection, { extensions: names }) => {
    if (names.length === 0)
      return [{ status: 'ok', message: 'Neither the scripts nor the target name an extension.' }]
    const { rows } = await connection.query<Extension>(
      `SELECT name, EXISTS (SELECT FROM pg_available_extensions AS a WHERE a.name = wanted.name) AS "isAvailable",
  EXISTS (SELECT FROM pg_extension WHERE extname = wanted.name) AS "isCreated"
FROM unnest($1::text[]) AS wanted(name) ORDER BY name`,
      [names],
    )
    return judge(rows)
  },
}

function judge(found: readonly Extension[]): Verdict[] {
  const absent = found.filter(({ isAvailable, isCreated }) => !(isAvailable || isCreated))
  if (absent.length > 0)
    return [
      {
        status: 'problem',
        message: `The server does not have ${listed(absent.map(({ name }) => name))}, which scripts or target need.`,
        fix: "Install it on the server's machine (a package such as postgresql-contrib, postgresql-15-postgis-3), or have the service enable it.",
      },
    ]
  const words = found.map(({ name, isCreated }) => (isCreated ? name : `${name} (not created yet)`))
  return [{ status: 'ok', message: `The server has ${listed(words)}.` }]
}
