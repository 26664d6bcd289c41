import { LimbeckError } from '../errors.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import { lineageOf } from './traversal.ts'

/** A place in the graph: at a revision, or below all of them. */
export type Position = RevisionNode | 'base'

export interface WalkOptions {
  /** Decides at a fork. */
  readonly branch?: RevisionNode | undefined
  /** Stop at the end of the graph where the walk would lead past it. */
  readonly clip?: boolean | undefined
}

/** Where `steps` steps lead: up towards a head, or down if negative; undefined past the end. */
export function walk(
  graph: RevisionGraph,
  start: Position,
  steps: number,
  options: WalkOptions = {},
): Position | undefined {
  const lineage = options.branch && lineageOf([options.branch])
  let position = start
  for (let taken = 0; taken < Math.abs(steps); taken++) {
    const ahead = steps > 0 ? above(graph, position, lineage) : below(position)
    if (ahead.length > 1) throw ambiguousWalkError(position, ahead, steps)
    if (ahead[0] === undefined) return options.clip ? position : undefined
    position = ahead[0]
  }
  return position
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
  const ids = ahead.map(idOf)
  const way = steps > 0 ? 'up' : 'down'
  return new LimbeckError(
    'RELATIVE_AMBIGUOUS',
    `From ${idOf(at)} there are several ways ${way}: ${ids.join(', ')}.`,
    {
      facts: { revision: idOf(at), ways: ids },
      hint:
        steps > 0
          ? 'Name the revision, or the branch as in <branch>@+1.'
          : 'Name the revision to go down to.',
    },
  )
}

const idOf = (position: Position) => (position === 'base' ? 'base' : position.id)
