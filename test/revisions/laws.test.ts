import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history } from '../../src/revisions/history.ts'
import { type Plan, planDowngrade, planUpgrade } from '../../src/revisions/plan.ts'
import { resolveRevision, resolveRows } from '../../src/revisions/resolve.ts'
import type { Revision } from '../../src/revisions/revision.ts'
import { applyRowChanges, downgradeRows } from '../../src/revisions/rows.ts'
import { planStamp } from '../../src/revisions/stamp.ts'
import {
  ancestorsOf,
  currentRevisions,
  downAncestorsOf,
  nextDescendantsOf,
} from '../../src/revisions/traversal.ts'
import { brokenLaws, rowsAfterSteps, tips, withAncestors } from '../alembic/plain-graph.ts'
import { labelledSituations, type Situation } from './random-graph.ts'

const stepsOf = ({ steps }: Plan) =>
  steps.map(({ direction, revision, ...changes }) => ({
    op: direction,
    rev: revision.id,
    ...changes,
  }))

/** The laws that the vectors' README calls always true, and the arithmetic of the rows. */
function expectLawful({ plain, rows }: Situation, plan: Plan): void {
  expect(brokenLaws(plain, rows, stepsOf(plan), plan.headsAfter)).toEqual([])
  expect(plan.steps.reduce<readonly string[]>(applyRowChanges, rows)).toEqual(plan.headsAfter)
}

const anyOf = ({ revisions }: Situation, choice: number) => revisions[choice % revisions.length]!.id

const holds = (law: (situation: Situation, choice: number) => void) =>
  fc.assert(fc.property(labelledSituations, fc.nat(), law), { numRuns: 500 })

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

  test('every step up is undone by the step down: the rows are those before it', () => {
    holds(situation => {
      const { graph, plain, rows } = situation
      const up = planUpgrade(graph, rows, 'heads')
      const states = rowsAfterSteps(rows, stepsOf(up))
      for (const [index, { revision }] of up.steps.entries()) {
        const after = states[index]!
        const applied = [...withAncestors(plain, after)].map(id => graph.names.get(id)!)
        const changes = downgradeRows(graph.names.get(revision.id)!, after, new Set(applied))
        expect(applyRowChanges(after, changes).sort()).toEqual(
          [...(states[index - 1] ?? rows)].sort(),
        )
      }
    })
  })

  test('an upgrade of one line is undone by the downgrade to where it began', () => {
    holds((situation, choice) => {
      const { graph, plain, rows } = situation
      const start = anyOf(situation, choice)
      const alone = planStamp(graph, rows, ['base', start]).headsAfter
      const up = planUpgrade(graph, alone, 'heads')
      const isOnlyAbove = up.steps.every(({ revision }) =>
        nextDescendantsOf([graph.names.get(start)!]).has(graph.names.get(revision.id)!),
      )
      fc.pre(up.steps.length > 0 && isOnlyAbove && tips(plain, new Set(alone)).length === 1)
      expect(planDowngrade(graph, up.headsAfter, start).headsAfter).toEqual([start])
    })
  })

  test('what has been done is not done again', () => {
    holds((situation, choice) => {
      const { graph, rows } = situation
      const target = anyOf(situation, choice)
      const up = planUpgrade(graph, rows, target).headsAfter
      expect(planUpgrade(graph, up, target).steps).toEqual([])
      const stamped = planStamp(graph, rows, target).headsAfter
      expect(planStamp(graph, stamped, target).steps).toEqual([])
      fc.pre(graph.names.get(target)!.allNextRevisions.length === 0 || up.includes(target))
      const down = planDowngrade(graph, up, target).headsAfter
      expect(planDowngrade(graph, down, target).steps).toEqual([])
    })
  })

  test('a stamped revision is current, and no upgrade leads to it', () => {
    holds((situation, choice) => {
      const { graph, rows } = situation
      const target = anyOf(situation, choice)
      const { headsAfter } = planStamp(graph, rows, target)
      expect(headsAfter).toContain(target)
      const current = currentRevisions(graph, resolveRows(graph, headsAfter)).map(({ id }) => id)
      const applied = withAncestors(situation.plain, headsAfter)
      expect(current.every(id => applied.has(id))).toBe(true)
      expect(planUpgrade(graph, headsAfter, target).steps).toEqual([])
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

  test('files that are found in another order, and then put in the order of their names, give the very same plan', () => {
    holds(({ revisions, rows }, choice) => {
      const byName = (files: readonly Revision[]) =>
        planUpgrade(buildGraph([...files].sort((a, b) => (a.id < b.id ? -1 : 1))), rows, 'heads')
      const at = choice % revisions.length
      const turned = [...revisions.slice(at), ...revisions.slice(0, at)].reverse()
      expect(byName(turned)).toEqual(byName(revisions))
    })
  })

  test('a range lists what lies between its ends, both included', () => {
    holds((situation, choice) => {
      const { graph } = situation
      const end = graph.names.get(anyOf(situation, choice))!
      const below = [...downAncestorsOf([end])]
      const start = below[choice % below.length]!
      const listed = history(graph, { start: start.id, end: end.id })
      expect(listed[0]).toBe(end)
      expect(listed.at(-1)).toBe(start)
      for (const node of listed) {
        expect(nextDescendantsOf([start]).has(node)).toBe(true)
        expect(ancestorsOf([end]).has(node)).toBe(true)
      }
      const between = [...below].filter(node => nextDescendantsOf([start]).has(node))
      expect(listed).toEqual(expect.arrayContaining(between))
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
