import { LimbeckError } from '../errors.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import { revisionLine } from './spoken-revision.ts'
import { lineageOf } from './traversal.ts'

/** A place in the graph: at a revision, or below all of them. */
export type Position = RevisionNode | 'base'

/** Where a walk ended, and after how many steps: fewer than asked for at the end of the graph. */
export interface Walked {
  readonly position: Position
  readonly taken: number
}

/** Takes `steps` steps: up towards a head, or down if negative. */
export function walk(
  graph: RevisionGraph,
  start: Position,
  steps: number,
  branch?: RevisionNode,
): Walked {
  const lineage = branch && lineageOf([branch])
  let position = start
  for (let taken = 0; taken < Math.abs(steps); taken++) {
    const ahead = steps > 0 ? above(graph, position, lineage) : below(position)
    if (ahead.length > 1) throw ambiguousWalkError(position, ahead, steps)
    if (ahead[0] === undefined) return { position, taken }
    position = ahead[0]
  }
  return { position, taken: Math.abs(steps) }
}

function above(
  graph: RevisionGraph,
  position: Position,
  lineage: ReadonlySet<RevisionNode> | undefined,
): readonly RevisionNode[] {
  const next = position === 'base' ? graph.bases : position.nextRevisions
  return lineage ? next.filter(node => lineage.has(node)) : next
}

function below(position: Position): readonly Position[] {
  if (position === 'base') return []
  return position.downRevisions.length === 0 ? ['base'] : position.downRevisions
}

function ambiguousWalkError(at: Position, ahead: readonly Position[], steps: number): LimbeckError {
  const nodes = ahead.filter(position => position !== 'base')
  const way = steps > 0 ? 'up' : 'down'
  return new LimbeckError(
    'RELATIVE_AMBIGUOUS',
    [
      `From ${idOf(at)} there are ${ahead.length} ways ${way}:`,
      ...nodes.map(node => `  ${revisionLine(node)}`),
    ].join('\n'),
    {
      facts: { revision: idOf(at), ways: nodes.map(node => node.id) },
      hint:
        steps > 0
          ? `Name the revision, or the branch as in ${labelOf(nodes) ?? '<branch>'}@+1.`
          : 'Name the revision to go down to.',
    },
  )
}

/** A label that leads one way and no other. */
function labelOf(ways: readonly RevisionNode[]): string | undefined {
  const labels = ways.flatMap(node => node.labels)
  return labels.find(label => labels.indexOf(label) === labels.lastIndexOf(label))
}

const idOf = (position: Position) => (position === 'base' ? 'base' : position.id)
