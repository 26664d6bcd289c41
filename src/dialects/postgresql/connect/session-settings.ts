import type { Connection } from '../../dialect.ts'

/** What a session of the application has set, as it was before limbeck used it. */
export interface SessionSettings {
  readonly role: string
  /** A JSON object: settings that are neither the server's nor the role's nor those of the connection. */
  readonly settings: string
}

/** The columns of `SessionSettings`. */
export const settingsColumns = `current_setting('role') AS role, (SELECT coalesce(json_object_agg(name, setting), '{}')::text FROM pg_catalog.pg_settings WHERE source = 'session' AND name NOT LIKE 'transaction\\_%') AS settings`

export async function readSettings(connection: Connection): Promise<SessionSettings> {
  const { rows } = await connection.query<SessionSettings>(`SELECT ${settingsColumns}`)
  return rows[0]!
}

/** Sets anew what is not as it was. In a transaction that has failed, that is undone by its end. */
export async function restoreSettings(
  connection: Connection,
  { role, settings }: SessionSettings,
): Promise<void> {
  await connection.query(restoration, [role, settings])
}

/** The role comes first: the one before may be allowed to set the rest. */
const restoration = `SELECT set_config('role', $1, false) WHERE current_setting('role') <> $1
UNION ALL
SELECT set_config(now.name, coalesce(before.value, now.reset_val), false)
FROM pg_catalog.pg_settings AS now LEFT JOIN json_each_text($2::json) AS before(name, value) USING (name)
WHERE now.context IN ('user', 'superuser') AND now.name NOT LIKE 'transaction\\_%'
  AND (now.source = 'session' OR before.name IS NOT NULL)
  AND now.setting IS DISTINCT FROM coalesce(before.value, now.reset_val)`
