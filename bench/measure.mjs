import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/**
 * Runs several programs in turn, round after round, so that whatever else the machine does falls on
 * all of them alike; gives the median wall time of each in milliseconds.
 */
export function mediansOf(programs, { rounds, warmUps, cwd, env }) {
  const times = Object.fromEntries(Object.keys(programs).map(name => [name, []]))
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, words] of Object.entries(programs)) {
      const time = wallTime(words, { cwd, env })
      if (round >= 0) times[name].push(time)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

function wallTime(words, options) {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, words, { ...options, stdio: 'ignore' })
  const time = performance.now() - start
  if (status !== 0) throw new Error(`${words.join(' ')} ended with status ${status}.`)
  return time
}

/** The middle of some numbers. */
export function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Every median divided by that of the baseline. */
export function ratiosTo(baseline, medians) {
  return Object.fromEntries(
    Object.entries(medians)
      .filter(([name]) => name !== baseline)
      .map(([name, value]) => [name, value / medians[baseline]]),
  )
}
