import { test } from 'vitest'
import { differences } from '../alembic/differences.ts'
import { expectGenerated } from './generated.ts'

test('the page on differences from Alembic lists every rule, with its reason', () => {
  const rows = differences.map(({ id, reason }) => `| ${id} | ${reason.replaceAll('|', '\\|')} |\n`)
  const head = '| Rule | What limbeck does, and Alembic does not |\n|---|---|\n'
  expectGenerated('docs/reference/differences-from-alembic.md', 'differences', head + rows.join(''))
})
