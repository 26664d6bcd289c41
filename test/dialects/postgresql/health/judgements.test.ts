import { expect, test } from 'vitest'
import { judge as judgeClock } from '../../../../src/dialects/postgresql/health/clock.ts'
import { serverVersion } from '../../../../src/dialects/postgresql/health/server-version.ts'

test.each([
  ['12.22', 'problem'],
  ['13.0', 'ok'],
  ['18.1', 'ok'],
  ['19devel', 'note'],
])('PostgreSQL %s is %s', async (version, status) => {
  const situation = { serverVersion: version } as never
  const [found] = await serverVersion.run(undefined as never, { situation } as never)
  expect(found!.status).toBe(status)
})

test.each([
  [0, 10, 'ok'],
  // A slow answer is no wrong clock.
  [2500, 3000, 'ok'],
  [5000, 20, 'note'],
  [-3_600_000, 20, 'warning'],
])('a clock that is %i ms ahead after %i ms is %s', (ahead, trip, status) => {
  expect(judgeClock(ahead, trip).status).toBe(status)
})

test('a clock says which way it is wrong', () => {
  expect(judgeClock(-3_600_000, 20).message).toContain('60 min behind')
  expect(judgeClock(10_000, 20).message).toContain('10 s ahead of')
})
