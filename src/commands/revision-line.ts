import {
  isBranchPoint,
  isHead,
  isMergePoint,
  isRealHead,
  type RevisionNode,
} from '../revisions/nodes.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import type { RevisionLine } from './results/revision-line.ts'

/** A node of the graph as listings show it; `current` holds the ids that the database is at. */
export function revisionLine(node: RevisionNode, current?: ReadonlySet<string>): RevisionLine {
  const revision = node.revision as ScannedRevision
  return {
    id: node.id,
    downRevisions: revision.downRevisions,
    dependsOn: revision.dependsOn,
    dependencies: node.dependencies.map(({ id }) => id),
    labels: node.labels,
    isHead: isHead(node),
    isEffectiveHead: isHead(node) && !isRealHead(node),
    isCurrent: current?.has(node.id) ?? false,
    isBranchPoint: isBranchPoint(node),
    isMergePoint: isMergePoint(node),
    branchesInto: isBranchPoint(node) ? node.nextRevisions.map(next => next.id) : [],
    path: revision.path,
    message: revision.message,
    createdAt: revision.createdAt,
    doc: revision.doc,
    downgradeLabel: downgradeLabel(revision.doc),
  }
}

/** The docstring's `Downgrade:` line, which autogenerate writes after the proof. */
function downgradeLabel(doc: string): string | undefined {
  return /^Downgrade: *(.+)$/m.exec(doc)?.[1]
}
