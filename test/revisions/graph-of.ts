import { buildGraph } from '../../src/revisions/graph.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import type { Revision } from '../../src/revisions/revision.ts'

/**
 * A graph from lines such as `c: a, b needs x as label`: an id, what it follows, what it depends on
 * and its labels.
 */
export function graphOf(...lines: readonly string[]): RevisionGraph {
  return buildGraph(lines.map(revisionOf))
}

function revisionOf(line: string): Revision {
  const [, id = '', down, dependsOn, labels] =
    /^(\S+?)(?:: (.*?))?(?: needs (.*?))?(?: as (.*))?$/.exec(line) ?? []
  return {
    id,
    downRevisions: namesIn(down),
    dependsOn: namesIn(dependsOn),
    branchLabels: namesIn(labels),
    message: '',
    doc: '',
  }
}

function namesIn(text = ''): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
}
