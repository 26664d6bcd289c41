import fc from 'fast-check'
import { buildGraph } from '../../src/revisions/graph.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import { planUpgrade } from '../../src/revisions/plan.ts'
import type { Revision } from '../../src/revisions/revision.ts'
import { type PlainGraph, readPlainly } from '../alembic/plain-graph.ts'
import type { VectorRevision } from '../alembic/vector.ts'

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
    /** One in three has a label. */
    label: fc.nat(2),
    /** Depends on a label, where what it depends on has one. */
    namesLabels: fc.boolean(),
    sortsAt: fc.nat(),
  }),
  { minLength: 1, maxLength: 14 },
)

/** Any history without cycles, its files in any order, its database anywhere that upgrades lead. */
export const situations: fc.Arbitrary<Situation> = drafted(false)

/** The same with branch labels, which dependencies may name. */
export const labelledSituations: fc.Arbitrary<Situation> = drafted(true)

function drafted(hasLabels: boolean): fc.Arbitrary<Situation> {
  return fc.tuple(shape, fc.array(fc.nat(), { maxLength: 3 })).map(([drafts, stops]) => {
    const idOf = (index: number) => `rev${index}`
    const before = (index: number, choices: readonly number[]) =>
      index === 0 ? [] : [...new Set(choices.map(choice => choice % index))]
    const labelsOf = (index: number) =>
      hasLabels && drafts[index]!.label === 0 ? [`label${index}`] : []
    const revisions = drafts
      .map(({ down, dependsOn, namesLabels, sortsAt }, index) => ({
        id: idOf(index),
        downRevisions: before(index, down).map(idOf),
        dependsOn: before(index, dependsOn).map(
          other => (namesLabels ? labelsOf(other)[0] : undefined) ?? idOf(other),
        ),
        branchLabels: labelsOf(index),
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
}

/** What fast-check prints of a counterexample: the graph itself would fill pages. */
function shown(revisions: readonly Revision[], rows: readonly string[]): string {
  const files = revisions.map(
    ({ id, downRevisions, dependsOn, branchLabels }) =>
      `${id} < ${downRevisions} needs ${dependsOn} as ${branchLabels}`,
  )
  return [...files, `rows ${rows}`].join('; ')
}

/** The file of a revision, as the vectors write it. */
export const asVectorRevision = (revision: Revision): VectorRevision => ({
  id: revision.id,
  down: revision.downRevisions,
  dependsOn: revision.dependsOn,
  labels: revision.branchLabels,
})

function situationOf(revisions: readonly Revision[], stops: readonly string[]): Situation {
  const graph = buildGraph(revisions)
  const plain = readPlainly({
    revisions: revisions.map(asVectorRevision),
  })
  let rows: readonly string[] = []
  for (const stop of stops) rows = planUpgrade(graph, rows, stop).headsAfter
  return { revisions, graph, plain, rows, [fc.toStringMethod]: () => shown(revisions, rows) }
}
