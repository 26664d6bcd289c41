import type { Blocker } from '../../dialects/timeouts.ts'

/** A length of time in words: 300 ms, 3 s, 2.5 s, 5 min, 3 h 5 min. */
export function lengthText(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  const seconds = Math.round(milliseconds / 100) / 10
  if (seconds < 120) return `${seconds < 10 ? seconds : Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A session that keeps others waiting, in words. */
function describeBlocker(blocker: Blocker): string {
  const { pid, user, application, address, state, seconds, query } = blocker
  if (pid === 0) return 'a prepared transaction (pg_prepared_xacts has it)'
  return [
    `pid ${pid}`,
    ...(user === null ? [] : [`user ${user}`]),
    application ?? 'an application without a name',
    ...(address === null ? [] : [`from ${address}`]),
    ...(state === null ? [] : [stateText(state, seconds)]),
    ...(query === null ? [] : [query]),
  ].join(', ')
}

function stateText(state: string, seconds: number | null): string {
  if (seconds === null) return state
  const age = lengthText(Math.max(seconds, 0) * 1000)
  return state.startsWith('idle') ? `${state}, begun ${age} ago` : `${state} for ${age}`
}

/** Words before those who are in the way: one in the same line, several in lines of their own. */
export function beforeBlockers(words: string, blockers: readonly Blocker[]): string {
  if (blockers.length === 1) return `${words} ${describeBlocker(blockers[0]!)}`
  const lines = blockers.map(blocker => `\n  ${describeBlocker(blocker)}`)
  return `${words.replace(/:?$/, ':')}${lines.join('')}`
}
