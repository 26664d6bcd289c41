import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { coloursFor } from '../../../src/cli/colours.ts'
import { printBranches, printCurrent, printHeads } from '../../../src/cli/print/revisions.ts'
import type { View } from '../../../src/cli/print/view.ts'
import { revisionLine } from '../../../src/commands/revision-line.ts'
import { buildGraph } from '../../../src/revisions/graph.ts'
import { branchPoints } from '../../../src/revisions/history.ts'
import type { RevisionGraph } from '../../../src/revisions/nodes.ts'
import type { ScannedRevision } from '../../../src/revisions/revision.ts'
import type { TextVector } from '../../alembic/text-vector.ts'

/** What Alembic 1.19.2 printed for `branches` and `heads --resolve-dependencies`. */
const vectors = readFileSync(new URL('./alembic-listings.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as TextVector)

const plain = coloursFor({ write: () => {}, isTerminal: false }, {})
const view = (isVerbose: boolean): View => ({ isVerbose, colours: plain, cwd: '/' })

/** A revision as scanning its file gives it; a docstring begins with its first word. */
function scanned(one: TextVector['graph']['revisions'][number]): ScannedRevision {
  const doc = one.doc.trimStart()
  return {
    id: one.id,
    downRevisions: [one.down ?? []].flat(),
    dependsOn: one.dependsOn,
    branchLabels: one.labels,
    message: doc.split('\n\n')[0]!,
    doc,
    path: `<dir>/${one.file}`,
  }
}

function printed(graph: RevisionGraph, [command, ...options]: readonly string[]): string {
  const shown = view(options.includes('-v'))
  if (command === 'heads') {
    return printHeads({ revisions: graph.realHeads.map(node => revisionLine(node)) }, shown)
  }
  const points = branchPoints(graph).map(node => ({
    revision: revisionLine(node),
    children: node.nextRevisions.map(next => revisionLine(next)),
  }))
  return printBranches({ branchPoints: points }, shown)
}

test.each(vectors.map(vector => [vector.name, vector] as const))(
  '%s is printed as Alembic does',
  (_, { graph: { revisions }, argv, stdout, alternatives = [] }) => {
    const files = revisions.toSorted((a, b) => (a.file < b.file ? -1 : 1)).map(scanned)
    const answers = [stdout, ...alternatives.map(one => one.stdout)]
    expect(answers).toContain(printed(buildGraph(files), argv))
  },
)

test('where env.ts runs for several databases, each is listed under its name', () => {
  const [first, second] = ['postgresql://h/a', 'postgresql://h/b'].map(database => ({
    database,
    heads: [],
    revisions: [],
  }))
  const print = printCurrent({ ...first!, databases: [first!, second!] }, view(false))
  expect(print).toBe(
    'Current revision(s) for postgresql://h/a:\nCurrent revision(s) for postgresql://h/b:\n',
  )
})
