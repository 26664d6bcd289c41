import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeReport, runVectors } from './run-vectors.ts'

const files = ['graph-named', 'graph-random'].map(name =>
  fileURLToPath(new URL(`./vectors/${name}.jsonl`, import.meta.url)),
)

test.each(files)('the graph answers as Alembic does, but for documented differences: %s', path => {
  const report = runVectors([path])
  expect(report.failures).toEqual([])
  expect(report.agreed).toBeGreaterThan(1000)
  console.info(describeReport(report).join('\n'))
})
