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

/** The tables whose rules are named for what Alembic has and limbeck has not. */
const titles: Readonly<Record<string, string>> = {
  ini: '| Key | Instead |',
  configure: '| Parameter | Why |',
}

function table(name: string, rules: readonly StatedDifference[]): string {
  const rows = rules.map(({ id, reason }) => `| ${id} | ${reason.replaceAll('|', '\\|')} |\n`)
  const title = titles[name] ?? '| Rule | What limbeck does, and Alembic does not |'
  return `${title}\n|---|---|\n${rows.join('')}`
}

test.each(Object.entries(parts))(
  'the page on differences from Alembic lists every rule: %s',
  (name, rules) => {
    expectGenerated(page, name, table(name, rules))
  },
)

test('a rule has an id of its own, but where it is one in two places', () => {
  const both = differences
    .map(({ id }) => id)
    .filter(id => textDifferences.some(it => it.id === id))
  const ids = Object.values(parts).flatMap(rules => rules.map(({ id }) => id))
  expect(both).toEqual(['malformed-graph', 'labels-reach-down', 'check-heads-with-dependencies'])
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  expect(twice.sort()).toEqual([...both, 'output_encoding'].sort())
})
