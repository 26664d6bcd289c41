import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeReport, runVectors } from './run-vectors.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test.each([
  ['the graph answers', 'vectors/graph-named.jsonl', 1600],
  ['random graphs answer', 'vectors/graph-random.jsonl', 2000],
  ['the command line answers', 'vectors/cli-text.jsonl', 690],
  ['graphs with their answers beside them answer', 'graphs', 100],
  ['directives are written', '../dialects/postgresql/alembic-ddl.jsonl', 220],
])('%s as Alembic does, but for documented differences', async (_, path, atLeast) => {
  const report = await runVectors([here(path)])
  expect(report.failures).toEqual([])
  expect(describeReport(report).at(-1)).toMatch(/^\d+ passed, 0 failed$/)
  expect(Number.parseInt(describeReport(report).at(-1)!, 10)).toBeGreaterThanOrEqual(atLeast)
})

test('what cannot be run yet counts as failed, and is named before the last line', async () => {
  const lines = describeReport(await runVectors([here('fixtures/of-another-kind.jsonl')]))
  expect(lines).toEqual([
    '0 as recorded; 0 by documented differences; 1 not run yet and counted as failed (unknown 1)',
    '0 passed, 1 failed',
  ])
})

test('a line that cannot be read or judged is a failure of its own', async () => {
  const report = await runVectors([here('fixtures/unreadable.jsonl')])
  expect(report.failures).toEqual([
    expect.stringContaining('unreadable.jsonl: no-command: '),
    expect.stringContaining('unreadable.jsonl: line 3: '),
  ])
  expect(describeReport(report).at(-1)).toBe('1 passed, 2 failed')
})
