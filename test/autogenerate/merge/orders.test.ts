import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginsAlike, mergeOrders } from '../../../src/autogenerate/merge/orders.ts'
import { withAncestors } from '../../alembic/plain-graph.ts'
import { graphOf } from '../../revisions/graph-of.ts'
import { situations } from '../../revisions/random-graph.ts'

const ordersOf = (lines: readonly string[], branches: readonly string[]) =>
  mergeOrders(graphOf(...lines), branches)

const shown = (lines: readonly string[], branches: readonly string[]): string[] =>
  ordersOf(lines, branches).map(({ steps }) => steps.map(({ revision }) => revision.id).join(' '))

describe('the orders of a merge', () => {
  test('run what the branches share, then one, then the other', () => {
    const lines = ['r', 'a1: r', 'a2: a1', 'b1: r']
    expect(shown(lines, ['a2', 'b1'])).toEqual(['r a1 a2 b1', 'r b1 a1 a2'])
    expect([...beginsAlike(ordersOf(lines, ['a2', 'b1']))]).toEqual(['r'])
  })

  test('of three branches are three, in which each of two comes before the other', () => {
    expect(shown(['r', 'a: r', 'b: r', 'c: r'], ['a', 'b', 'c'])).toEqual([
      'r a b c',
      'r b c a',
      'r c a b',
    ])
  })

  test('are one where a branch needs the other', () => {
    expect(shown(['r', 'a: r', 'b: r needs a'], ['a', 'b'])).toEqual(['r a b'])
    expect(shown(['r', 'a: r'], ['r', 'a'])).toEqual(['r a'])
    expect(shown(['r'], ['r'])).toEqual(['r'])
  })

  test('run all that the branches need and nothing else, each after what it needs, in any history', () => {
    fc.assert(
      fc.property(situations, ({ graph, plain }) => {
        const branches = graph.realHeads.map(head => head.id)
        const needed = [...withAncestors(plain, branches)].sort()
        for (const { steps } of mergeOrders(graph, branches)) {
          const ids = steps.map(({ revision }) => revision.id)
          expect([...ids].sort()).toEqual(needed)
          for (const [place, id] of ids.entries())
            for (const below of withAncestors(plain, [id]))
              expect(ids.indexOf(below)).toBeLessThanOrEqual(place)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('let each of two branches finish before the other in any history without dependencies', () => {
    fc.assert(
      fc.property(situations, ({ graph, revisions }) => {
        fc.pre(revisions.every(({ dependsOn }) => dependsOn.length === 0))
        const branches = graph.heads.map(head => head.id)
        const orders = mergeOrders(graph, branches)
        for (const one of branches)
          for (const other of branches.filter(id => id !== one)) {
            const before = orders.some(({ steps }) => {
              const ids = steps.map(({ revision }) => revision.id)
              return ids.indexOf(one) < ids.indexOf(other)
            })
            expect(before).toBe(true)
          }
      }),
      { numRuns: 300 },
    )
  })
})
