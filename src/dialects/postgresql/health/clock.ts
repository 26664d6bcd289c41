import type { HealthCheck, Verdict } from '../../health.ts'

/** The server's clock and that of this machine say the same. */
export const clock: HealthCheck = {
  check: 'clock',
  run: async connection => {
    const asked = Date.now()
    const { rows } = await connection.query<{ now: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
    )
    const answered = Date.now()
    return [judge(Number(rows[0]?.now) - (asked + answered) / 2, answered - asked)]
  },
}

/** `ahead`: by how many milliseconds the server is ahead, give or take half of `trip`. */
export function judge(ahead: number, trip: number): Verdict {
  const seconds = Math.abs(ahead) / 1000
  if (seconds * 1000 - trip / 2 < 2000)
    return { status: 'ok', message: 'The server and this machine agree on the time.' }
  const message = `The server's clock is ${spoken(seconds)} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's.`
  return {
    status: seconds < 60 ? 'note' : 'warning',
    message,
    fix: 'Have both follow a time server. The ledger keeps the time of the server, revision files that of the machine.',
  }
}

const spoken = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
