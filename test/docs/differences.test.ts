import { expect, test } from 'vitest'
import { differences } from '../alembic/differences.ts'
import { type StatedDifference, statedDifferences } from '../alembic/stated-differences.ts'
import { textDifferences } from '../alembic/text-differences.ts'
import { differences as ddlDifferences } from '../dialects/alembic/differences.ts'
import { expectGenerated } from './generated.ts'

const page = 'docs/reference/differences-from-alembic.md'

const parts: Readonly<Record<string, readonly StatedDifference[]>> = {
  graph: differences,
  text: textDifferences,
  sql: ddlDifferences,
  ...statedDifferences,
}

function table(rules: readonly StatedDifference[]): string {
  const rows = rules.map(({ id, reason }) => `| ${id} | ${reason.replaceAll('|', '\\|')} |\n`)
  return `| Rule | What limbeck does, and Alembic does not |\n|---|---|\n${rows.join('')}`
}

test.each(Object.entries(parts))(
  'the page on differences from Alembic lists every rule: %s',
  (name, rules) => {
    expectGenerated(page, name, table(rules))
  },
)

test('a rule has an id of its own, but where it is one for graphs and for text', () => {
  const both = differences
    .map(({ id }) => id)
    .filter(id => textDifferences.some(it => it.id === id))
  const ids = Object.values(parts).flatMap(rules => rules.map(({ id }) => id))
  expect(both).toEqual(['malformed-graph', 'labels-reach-down', 'check-heads-with-dependencies'])
  expect(new Set(ids).size).toBe(ids.length - both.length)
})
