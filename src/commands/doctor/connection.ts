import type { Verdict } from '../../dialects/health.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'

/** Which database was reached, and which place said so. */
export function connectionVerdict({ database, urlFrom }: MigrationSession): Verdict {
  const from = urlFrom === undefined ? 'a connection that env.ts has opened' : `from ${urlFrom}`
  return { status: 'ok', message: `${database}, ${from}.` }
}

/** Whether a pooler that lends sessions stands between. */
export async function poolerVerdict({ connection }: MigrationSession): Promise<Verdict> {
  if (!(await connection?.isPooled?.()))
    return { status: 'ok', message: 'No pooler in transaction mode stands between.' }
  return {
    status: 'warning',
    message:
      'A pooler in transaction mode stands between: what env.ts sets for its session reaches others, and the lock of a run takes a second connection.',
    fix: "Give migrations the URL of the server itself, or of the pooler's session mode.",
  }
}
