import { test } from 'vitest'
import { keysWithoutCounterpart } from '../../src/config/alembic-ini/without-counterpart.ts'
import { expectGenerated } from './generated.ts'

test('the page for users of Alembic lists every key without a counterpart, with its reason', () => {
  const rows = Object.entries(keysWithoutCounterpart).map(
    ([key, reason]) => `| \`${key}\` | ${reason} |\n`,
  )
  expectGenerated(
    'docs/guide/coming-from-alembic.md',
    'without-counterpart',
    `| Key | Instead |\n|---|---|\n${rows.join('')}`,
  )
})
