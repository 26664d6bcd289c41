import type { HealthCheck } from '../../health.ts'

/** Texts are UTF-8, and times are shown in a known zone. */
export const encoding: HealthCheck = {
  check: 'encoding',
  run: async connection => {
    const { rows } = await connection.query<{ server: string; zone: string }>(
      "SELECT current_setting('server_encoding') AS server, current_setting('TimeZone') AS zone",
    )
    const { server = '', zone = '' } = rows[0] ?? {}
    if (server !== 'UTF8')
      return [
        {
          status: 'warning',
          message: `The database's encoding is ${server}, which cannot hold every text of a script; its time zone is ${zone}.`,
          fix: "A new database can have another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;",
        },
      ]
    return [{ status: 'ok', message: `UTF8; sessions are in the time zone ${zone}.` }]
  },
}
