import { listed } from '../../../text/sentences.ts'
import type { HealthCheck, Verdict } from '../../health.ts'

interface Path {
  readonly path: string
  readonly first: string | null
  readonly missing: readonly string[]
  readonly isOwn: boolean
}

/** Where names without a schema lead. */
export const searchPath: HealthCheck = {
  check: 'search_path',
  run: async connection => {
    const { rows } = await connection.query<Path>(
      `SELECT current_setting('search_path') AS path, current_schema()::text AS first,
  current_schema() = current_user::name AS "isOwn",
  ARRAY(SELECT name FROM unnest(string_to_array(replace(current_setting('search_path'), '"', ''), ',')) AS item(item),
    trim(item) AS name
    WHERE name NOT IN ('', '$user', 'pg_catalog', 'pg_temp') AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = name)
  )::text[] AS missing`,
    )
    return judge(rows[0]!)
  },
}

function judge({ path, first, missing, isOwn }: Path): Verdict[] {
  if (first === null)
    return [
      {
        status: 'problem',
        message: `search_path is ${path || 'empty'}, and leads to no schema: what a script gives no schema cannot be created.`,
        fix: 'CREATE SCHEMA …, GRANT USAGE on it, or set another search_path: ALTER ROLE … SET search_path = public;',
      },
    ]
  if (missing.length > 0)
    return [
      {
        status: 'note',
        message: `search_path names ${listed(missing)}, which is not there; things without a schema are created in ${first}.`,
      },
    ]
  if (isOwn)
    return [
      {
        status: 'warning',
        message: `There is a schema with the name of the role, ${first}: things without a schema are created there, and other roles do not find them.`,
        fix: 'Connect as the role that the application has, or ALTER ROLE … SET search_path = public;',
      },
    ]
  if (first !== 'public')
    return [
      {
        status: 'note',
        message: `search_path is ${path}: things without a schema are created in ${first}.`,
      },
    ]
  return [{ status: 'ok', message: 'Things without a schema are created in public.' }]
}
