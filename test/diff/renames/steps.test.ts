import { describe, expect, test } from 'vitest'
import { stepsOf } from '../../../src/diff/renames/steps.ts'
import type { Rename } from '../../../src/operations/rename-words.ts'
import type { SchemaObject } from '../../../src/schema/index.ts'
import { schemaOf } from '../schemas.ts'

const table = (name: string, ...columns: readonly string[]): SchemaObject => ({
  kind: 'table',
  schema: 'public',
  name,
  columns: columns.map(column => ({ name: column, type: 'integer', notNull: false })),
})

const renameTable = (from: string, to: string): Rename => ({
  kind: 'table',
  schema: 'public',
  from,
  to,
})

const spoken = (renames: readonly Rename[]) => renames.map(({ from, to }) => `${from}=${to}`)

describe('renames', () => {
  test('leave a name before another takes it', () => {
    const { steps } = stepsOf(
      [renameTable('a', 'b'), renameTable('b', 'c'), renameTable('c', 'd')],
      schemaOf([table('a'), table('b'), table('c')]),
    )
    expect(spoken(steps)).toEqual(['c=d', 'b=c', 'a=b'])
  })

  test('in a circle go by way of a name that nothing has', () => {
    const { steps } = stepsOf(
      [renameTable('a', 'b'), renameTable('b', 'c'), renameTable('c', 'a')],
      schemaOf([table('a'), table('b'), table('c'), table('limbeck_aside_1')]),
    )
    expect(spoken(steps)).toEqual(['a=limbeck_aside_2', 'c=a', 'b=c', 'limbeck_aside_2=b'])
  })

  test('are blocked by what keeps the name, of whatever kind, and so are those behind them', () => {
    const index: SchemaObject = {
      kind: 'index',
      schema: 'public',
      table: 'a',
      name: 'c',
      elements: [{ column: 'x' }],
    }
    const { steps, blocked } = stepsOf(
      [renameTable('a', 'b'), renameTable('b', 'c'), renameTable('d', 'e')],
      schemaOf([table('a'), table('b'), table('d'), index]),
    )
    expect([spoken(steps), spoken(blocked)]).toEqual([['d=e'], ['a=b', 'b=c']])
  })

  test('of columns are in nobody’s way but their own table’s', () => {
    const rename: Rename = { kind: 'column', schema: 'public', of: 'a', from: 'x', to: 'y' }
    const { steps } = stepsOf([rename], schemaOf([table('a', 'x'), table('b', 'y'), table('y')]))
    expect(spoken(steps)).toEqual(['x=y'])
  })
})
