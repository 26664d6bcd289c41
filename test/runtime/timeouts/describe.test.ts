import { expect, test } from 'vitest'
import type { Blocker } from '../../../src/dialects/timeouts.ts'
import { beforeBlockers, lengthText } from '../../../src/runtime/timeouts/describe.ts'

const blocker: Blocker = {
  pid: 4711,
  user: 'app',
  application: 'psql',
  address: '10.0.3.7',
  state: 'idle in transaction',
  since: '2026-11-20T14:02:11Z',
  seconds: 732,
  query: 'SELECT 1',
}

test('one who is in the way stands in the line, several in lines of their own', () => {
  const line =
    'pid 4711, user app, psql, from 10.0.3.7, idle in transaction, begun 12 min ago, SELECT 1'
  const hidden = { ...blocker, pid: 12, application: null, address: null, state: null, query: null }
  const active = { ...blocker, pid: 13, state: 'active', seconds: 3 }
  expect(beforeBlockers('behind', [blocker])).toBe(`behind ${line}`)
  expect(beforeBlockers('behind', [blocker, hidden, active, { ...hidden, pid: 0 }])).toBe(
    `behind:
  ${line}
  pid 12, user app, an application without a name
  pid 13, user app, psql, from 10.0.3.7, active for 3 s, SELECT 1
  a prepared transaction (pg_prepared_xacts has it)`,
  )
})

test.each([
  [0, '0 ms'],
  [999.6, '1 s'],
  [2540, '2.5 s'],
  [12_400, '12 s'],
  [119_000, '119 s'],
  [732_000, '12 min'],
  [11_100_000, '3 h 5 min'],
])('%d ms are %s', (milliseconds, text) => {
  expect(lengthText(milliseconds)).toBe(text)
})
