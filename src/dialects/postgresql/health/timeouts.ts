import type { HealthCheck, Verdict } from '../../health.ts'

interface Setting {
  readonly name: string
  /** In milliseconds; 0: none. */
  readonly value: number
  readonly text: string
  readonly source: string
}

/** What ends a statement or a session before its time. */
export const timeouts: HealthCheck = {
  check: 'timeouts',
  run: async connection => {
    const { rows } = await connection.query<Setting>(
      `SELECT name, setting::float8 AS value, current_setting(name) AS text, source FROM pg_settings
WHERE name IN ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')
ORDER BY name`,
    )
    const verdicts = rows.flatMap(judge)
    if (verdicts.length > 0) return verdicts
    const said = rows.map(({ name, text }) => `${name} = ${text}`).join(', ')
    return [{ status: 'ok', message: `${said}. Runs wait 3 s for a lock (\`lockTimeout\`).` }]
  },
}

/** In milliseconds: what builds an index takes longer sooner or later. */
const enough = 10 * 60_000

function judge({ name, value, text, source }: Setting): Verdict[] {
  // The runs of limbeck set one where nobody else does.
  if (name === 'lock_timeout')
    return value === 0
      ? []
      : [
          {
            status: 'note',
            message: `lock_timeout is ${text} (set by: ${source}), and runs keep to it: also CREATE INDEX CONCURRENTLY, which waits for older transactions and then has to begin again.`,
            fix: "For such a statement: op.withTimeouts({ lockTimeout: '0' }, () => …). For the others: `lockTimeout` in the config.",
          },
        ]
  if (value === 0 || value >= enough) return []
  const what = {
    statement_timeout: `a statement that takes longer is ended, such as the build of an index on a large table`,
    transaction_timeout: 'a run that takes longer is ended and rolled back',
    idle_in_transaction_session_timeout:
      'code of op.run that works longer without a statement loses its session',
  }[name]
  return [
    {
      status: 'note',
      message: `${name} is ${text} (set by: ${source}): ${what}.`,
      fix: `For limbeck alone: \`options=-c%20${name}%3D0\` in the URL.`,
    },
  ]
}
