import type { HealthCheck } from '../../health.ts'

const oldest = 13
const newest = 18

/** The server is one that limbeck is tested with. */
export const serverVersion: HealthCheck = {
  check: 'server version',
  run: async (_, { situation }) => {
    const version = situation.serverVersion
    const major = Number.parseInt(version, 10)
    if (major < oldest)
      return [
        {
          status: 'problem',
          message: `PostgreSQL ${version} is older than ${oldest}, the oldest that limbeck supports.`,
          fix: 'Upgrade the server.',
        },
      ]
    if (major > newest)
      return [
        {
          status: 'note',
          message: `PostgreSQL ${version} is newer than ${newest}, the newest that this limbeck was tested with.`,
          fix: 'Look for a newer limbeck: `npm outdated limbeck`.',
        },
      ]
    return [{ status: 'ok', message: `PostgreSQL ${version}.` }]
  },
}
