import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Connection, Dialect } from '../../src/dialects/dialect.ts'
import type { IndexBuild } from '../../src/dialects/index-build.ts'
import { BuildWatch } from '../../src/runtime/build-watch.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const beside = {} as Connection
const build: IndexBuild = { table: 't', index: 'ix', phase: 'initializing' }

function watch(found: IndexBuild | undefined) {
  const events: RuntimeEvent[] = []
  const dialect = { indexBuild: async () => found } as unknown as Dialect
  return { events, watch: new BuildWatch(dialect, event => events.push(event)) }
}

test('a build is told of at each look after five seconds, in the log now and then', async () => {
  const { events, watch: builds } = watch(build)
  for (let seconds = 1; seconds <= 60; seconds++) {
    vi.advanceTimersByTime(1000)
    await builds.look(beside, 1, seconds * 1000)
  }
  expect(events).toHaveLength(56)
  expect(events[0]).toEqual({ type: 'indexBuild', ...build })
  const shown = events.flatMap((event, at) => ('isShown' in event ? [] : at + 5))
  expect(shown).toEqual([5, 20, 43])
})

test('nothing is told where no index is built, and nobody is asked before', async () => {
  const { events, watch: builds } = watch(undefined)
  await builds.look(beside, 1, 60_000)
  expect(events).toEqual([])
})
