import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history } from '../../src/revisions/history.ts'
import { type Plan, planDowngrade, planUpgrade } from '../../src/revisions/plan.ts'
import { resolveRevision } from '../../src/revisions/resolve.ts'
import { applyRowChanges } from '../../src/revisions/rows.ts'
import { planStamp } from '../../src/revisions/stamp.ts'
import { brokenLaws, tips, withAncestors } from '../alembic/plain-graph.ts'
import { type Situation, situations } from './random-graph.ts'

/** The laws that the vectors' README calls always true, and the arithmetic of the rows. */
function expectLawful({ plain, rows }: Situation, plan: Plan): void {
  const steps = plan.steps.map(({ direction, revision, ...changes }) => ({
    op: direction,
    rev: revision.id,
    ...changes,
  }))
  expect(brokenLaws(plain, rows, steps, plan.headsAfter)).toEqual([])
  expect(plan.steps.reduce<readonly string[]>(applyRowChanges, rows)).toEqual(plan.headsAfter)
}

const anyOf = ({ revisions }: Situation, choice: number) => revisions[choice % revisions.length]!.id

const holds = (law: (situation: Situation, choice: number) => void) =>
  fc.assert(fc.property(situations, fc.nat(), law), { numRuns: 500 })

describe('in any history', () => {
  test('an upgrade to the heads runs everything that is not applied, each after what it needs', () => {
    holds(situation => {
      const { graph, plain, rows, revisions } = situation
      const plan = planUpgrade(graph, rows, 'heads')
      expectLawful(situation, plan)
      const applied = withAncestors(plain, rows)
      expect(plan.steps).toHaveLength(revisions.length - applied.size)
    })
  })

  test('an upgrade to a revision runs what it needs, and nothing else', () => {
    holds((situation, choice) => {
      const { graph, plain, rows } = situation
      const target = anyOf(situation, choice)
      const plan = planUpgrade(graph, rows, target)
      expectLawful(situation, plan)
      const after = withAncestors(plain, [...rows, target])
      expect([...plan.headsAfter].sort()).toEqual(tips(plain, after))
    })
  })

  test('a downgrade takes down what stands above its target, and keeps the target', () => {
    holds((situation, choice) => {
      const { graph, plain, rows } = situation
      const applied = [...withAncestors(plain, rows)]
      const followed = graph.nodes.filter(({ nextRevisions }) =>
        nextRevisions.some(next => applied.includes(next.id)),
      )
      fc.pre(followed.length > 0)
      const target = followed[choice % followed.length]!.id
      const plan = planDowngrade(graph, rows, target)
      expectLawful(situation, plan)
      const left = withAncestors(plain, plan.headsAfter)
      expect(left).toContain(target)
      const { nextRevisions } = graph.names.get(target)!
      expect(nextRevisions.filter(next => left.has(next.id))).toEqual([])
    })
  })

  test('a downgrade to base undoes an upgrade to the heads', () => {
    holds(situation => {
      const { graph, rows } = situation
      const up = planUpgrade(graph, rows, 'heads')
      const down = planDowngrade(graph, up.headsAfter, 'base')
      expectLawful({ ...situation, rows: up.headsAfter }, down)
      expect(down.headsAfter).toEqual([])
    })
  })

  test('stamping the heads writes the rows that upgrading to them would', () => {
    holds(({ graph, rows }) => {
      const stamped = planStamp(graph, rows, 'heads').headsAfter
      expect([...stamped].sort()).toEqual([...planUpgrade(graph, rows, 'heads').headsAfter].sort())
    })
  })

  test('the order in which files are found changes neither what runs nor where it ends', () => {
    holds((situation, choice) => {
      const { revisions, graph, rows } = situation
      const at = choice % revisions.length
      const other = buildGraph([...revisions.slice(at), ...revisions.slice(0, at)])
      const [one, two] = [graph, other].map(each => planUpgrade(each, rows, 'heads'))
      const ran = ({ steps }: Plan) => steps.map(({ revision }) => revision.id).sort()
      expect(ran(one!)).toEqual(ran(two!))
      expect([...one!.headsAfter].sort()).toEqual([...two!.headsAfter].sort())
    })
  })

  test('the history lists every revision once, each before what it needs', () => {
    holds(({ graph, plain, revisions }) => {
      const listed = history(graph).map(node => node.id)
      expect([...listed].sort()).toEqual(revisions.map(({ id }) => id).sort())
      for (const [index, id] of listed.entries()) {
        for (const parent of plain.parents.get(id)!) {
          expect(listed.indexOf(parent)).toBeGreaterThan(index)
        }
      }
    })
  })

  test('a revision is found by its id', () => {
    holds((situation, choice) => {
      const id = anyOf(situation, choice)
      expect(resolveRevision(situation.graph, id)?.id).toBe(id)
    })
  })
})
