import fc from 'fast-check'
import { buildGraph } from '../../src/revisions/graph.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import { planUpgrade } from '../../src/revisions/plan.ts'
import type { Revision } from '../../src/revisions/revision.ts'
import { type PlainGraph, readPlainly } from '../alembic/plain-graph.ts'

/** A random history, as limbeck reads it and as the tests do, and the rows of a database somewhere in it. */
export interface Situation {
  readonly revisions: readonly Revision[]
  readonly graph: RevisionGraph
  readonly plain: PlainGraph
  readonly rows: readonly string[]
  /** Read by fast-check. */
  readonly [fc.toStringMethod]: () => string
}

/** For each revision, numbers that choose what it follows and depends on among those before it. */
const shape = fc.array(
  fc.record({
    down: fc.array(fc.nat(), { maxLength: 3 }),
    dependsOn: fc.array(fc.nat(), { maxLength: 2 }),
    sortsAt: fc.nat(),
  }),
  { minLength: 1, maxLength: 14 },
)

/** Any history without cycles, its files in any order, its database anywhere that upgrades lead. */
export const situations: fc.Arbitrary<Situation> = fc
  .tuple(shape, fc.array(fc.nat(), { maxLength: 3 }))
  .map(([drafts, stops]) => {
    const idOf = (index: number) => `rev${index}`
    const before = (index: number, choices: readonly number[]) =>
      index === 0 ? [] : [...new Set(choices.map(choice => idOf(choice % index)))]
    const revisions = drafts
      .map(({ down, dependsOn, sortsAt }, index) => ({
        id: idOf(index),
        downRevisions: before(index, down),
        dependsOn: before(index, dependsOn),
        branchLabels: [],
        message: '',
        doc: '',
        sortsAt,
      }))
      .sort((a, b) => a.sortsAt - b.sortsAt)
    return situationOf(
      revisions,
      stops.map(stop => idOf(stop % drafts.length)),
    )
  })

/** What fast-check prints of a counterexample: the graph itself would fill pages. */
function shown(revisions: readonly Revision[], rows: readonly string[]): string {
  const files = revisions.map(
    ({ id, downRevisions, dependsOn }) => `${id} < ${downRevisions} needs ${dependsOn}`,
  )
  return [...files, `rows ${rows}`].join('; ')
}

function situationOf(revisions: readonly Revision[], stops: readonly string[]): Situation {
  const graph = buildGraph(revisions)
  const plain = readPlainly({
    revisions: revisions.map(({ id, downRevisions, dependsOn }) => ({
      id,
      down: downRevisions,
      dependsOn,
      labels: [],
    })),
  })
  let rows: readonly string[] = []
  for (const stop of stops) rows = planUpgrade(graph, rows, stop).headsAfter
  return { revisions, graph, plain, rows, [fc.toStringMethod]: () => shown(revisions, rows) }
}
