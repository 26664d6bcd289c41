import { expect, test } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { Reporter } from '../../src/cli/reporter.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'

/** What is written of an event, without its level. */
function told(event: RuntimeEvent): string {
  let text = ''
  const output = { write: (line: string) => (text += line), isTerminal: false }
  new Reporter(output, coloursFor(output, {})).report(event)
  return text.replace(/^INFO {2}/, '').trimEnd()
}

const backfill = { type: 'backfill', revision: 'a', table: 'users' } as const

test.each([
  [{ rows: 5000, of: 5000, secondsLeft: 0 }, 'Backfill of users: 5,000 rows'],
  [{ rows: 5000 }, 'Backfill of users: 5,000 rows'],
  [{ rows: 1, of: 1 }, 'Backfill of users: 1 row'],
  [
    { rows: 5000, of: 20_001, secondsLeft: 45 },
    'Backfill of users: 5,000 of 20,001 rows (24 %), 45 s left',
  ],
  [
    { rows: 1, of: 2_000_000, isAbout: true, secondsLeft: 600 },
    'Backfill of users: 1 of about 2,000,000 rows (0 %), 10 min left',
  ],
  [
    { rows: 1, of: 2, secondsLeft: 3 * 3600 + 300 },
    'Backfill of users: 1 of 2 rows (50 %), 3 h 5 min left',
  ],
])('a backfill tells how far it is, and how long it will take: %s', (progress, text) => {
  expect(told({ ...backfill, ...progress })).toBe(text)
})

test('a plan names each commit with its reason, in a line', () => {
  const commits = [
    { revision: 'a', sql: 'VACUUM\n  t', reason: 'outside' },
    { revision: 'b', sql: 'op.run', reason: 'newValue' },
    { revision: 'b', sql: 'CALL p()', reason: 'autocommit' },
    { revision: 'c', sql: 'op.backfill t: a', reason: 'backfill' },
  ] as const
  expect(told({ type: 'plan', commits })).toBe(
    `This run commits 4 times on its way; where it fails later, what came before stays:
      in a, before VACUUM t: it cannot be in a transaction
      in b, before op.run: it may use an enum value that is only usable after a commit
      in b, before CALL p(): op.autocommit keeps it out of transactions
      in c, before op.backfill t: a: each of its batches is a transaction`,
  )
  expect(told({ type: 'plan', commits: [commits[0]] })).toContain(
    'This run commits once on its way',
  )
})

test('a commit says why it is there when it is reached', () => {
  const event = {
    type: 'commitBoundary',
    revision: 'a',
    sql: 'VACUUM t',
    reason: 'outside',
  } as const
  expect(told(event)).toBe('Committing here, in a: it cannot be in a transaction: VACUUM t')
})

test.each([
  [
    { index: 'ix', phase: 'building index: scanning table', done: 49, of: 100 },
    'Index ix on t: scanning table (49 %)',
  ],
  [{ index: null, phase: 'initializing' }, 'Index on t: initializing'],
])('an index that takes longer tells how far it is: %j', (build, text) => {
  expect(told({ type: 'indexBuild', table: 't', ...build })).toBe(text)
})
