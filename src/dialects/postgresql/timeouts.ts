import type { PassingReason, TimeoutName, TimeoutSql, Timeouts } from '../timeouts.ts'

const settings: Readonly<Record<TimeoutName, string>> = {
  lock: 'lock_timeout',
  statement: 'statement_timeout',
}

/** lock_timeout, or NOWAIT; deadlock_detected; serialization_failure. */
const passing: Readonly<Record<string, PassingReason>> = {
  '55P03': 'lock',
  '40P01': 'deadlock',
  '40001': 'conflict',
}

export const timeouts: TimeoutSql = {
  settings,
  inTransaction: wanted => {
    const set = entries(wanted).map(([name, value]) => `set_config('${name}', '${value}', true)`)
    return `SELECT ${['pg_backend_pid() AS pid', ...set].join(', ')}`
  },
  setLocal: wanted => entries(wanted).map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
  setSession: wanted => entries(wanted).map(([name, value]) => `SET ${name} = '${value}'`),
  resetLocal: names => names.map(name => `SET LOCAL ${settings[name]} TO DEFAULT`),
  resetSession: names => names.map(name => `RESET ${settings[name]}`),
  waitsQuietly: sql => concurrent.test(sql),
  passingReason: code => passing[code],
  // The same code says that somebody has cancelled it; the words may be in another language.
  isTooLong: (code, message) => code === '57014' && !/user request/i.test(message),
}

/**
 * They wait for transactions that were there before, of whatever table, under a lock that only keeps
 * other DDL away. Ended there they leave an invalid index, or a partition between two states.
 */
const concurrent =
  /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:create|drop|reindex|alter)\b[\s\S]*\bconcurrently\b/i

function entries(wanted: Timeouts): [string, string][] {
  return (Object.keys(settings) as TimeoutName[]).flatMap(name => {
    const milliseconds = wanted[name]
    return milliseconds === undefined ? [] : [[settings[name], spelled(milliseconds)] as const]
  }) as [string, string][]
}

/** What the settings hold at most, in milliseconds. */
const most = 2_147_483_647

function spelled(milliseconds: number): string {
  const whole = Math.min(Math.ceil(milliseconds), most)
  if (whole === 0) return '0'
  return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`
}
