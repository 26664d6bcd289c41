import { type ErrorCode, LimbeckError } from '../errors.ts'
import { pathOf, pathsOf } from './malformed.ts'
import type { MutableNode } from './nodes.ts'
import type { Revision } from './revision.ts'

/** Refuses a revision that names itself. */
export function assertNoSelfReference(revision: Revision): void {
  const { id } = revision
  if (revision.downRevisions.includes(id)) {
    throw cycleError('REVISION_SELF_LOOP', `Revision ${id} follows itself${pathsOf([revision])}.`, [
      revision,
    ])
  }
  if ([id, ...revision.branchLabels].some(name => revision.dependsOn.includes(name))) {
    throw cycleError(
      'DEPENDENCY_SELF_LOOP',
      `Revision ${id} depends on itself${pathsOf([revision])}.`,
      [revision],
    )
  }
}

/** Refuses revisions that follow each other in a circle, then those that also depend in one. */
export function assertNoCycles(nodes: readonly MutableNode[]): void {
  const cycle = findCycle(nodes, node => node.downRevisions)
  if (cycle) {
    throw cycleError(
      'REVISION_CYCLE',
      `Revisions follow each other in a circle: ${ring(cycle)}.`,
      cycle.map(node => node.revision),
    )
  }
  const tangle = findCycle(nodes, node => [...node.downRevisions, ...node.dependencies])
  if (tangle) {
    const sentence = `Revisions depend on each other in a circle: ${ring(tangle)}.`
    throw cycleError(
      'DEPENDENCY_CYCLE',
      sentence,
      tangle.map(node => node.revision),
    )
  }
}

function ring(nodes: readonly MutableNode[]): string {
  const ids = nodes.map(node => node.id)
  return [...ids, ids[0]].join(' -> ') + pathsOf(nodes.map(node => node.revision))
}

function cycleError(
  code: ErrorCode,
  sentence: string,
  revisions: readonly Revision[],
): LimbeckError {
  return new LimbeckError(code, sentence, {
    facts: {
      revisions: revisions.map(({ id }) => id),
      paths: revisions.map(pathOf).filter(Boolean),
    },
    hint: `Correct downRevision or dependsOn in ${revisions.length > 1 ? 'one of these files' : 'the file'}.`,
  })
}

interface Visit {
  readonly node: MutableNode
  readonly ahead: readonly MutableNode[]
  next: number
}

/** Depth first with a stack of its own: histories are longer than the call stack is deep. */
function findCycle(
  nodes: readonly MutableNode[],
  follow: (node: MutableNode) => readonly MutableNode[],
): MutableNode[] | undefined {
  const done = new Set<MutableNode>()
  const open = new Set<MutableNode>()
  const stack: Visit[] = []
  const enter = (node: MutableNode) => {
    open.add(node)
    stack.push({ node, ahead: follow(node), next: 0 })
  }
  for (const start of nodes) {
    if (!done.has(start)) enter(start)
    for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
      const ahead = visit.ahead[visit.next++]
      if (ahead === undefined) {
        open.delete(visit.node)
        done.add(visit.node)
        stack.pop()
      } else if (open.has(ahead)) {
        return [...open].slice([...open].indexOf(ahead))
      } else if (!done.has(ahead)) enter(ahead)
    }
  }
  return undefined
}
