import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { commands } from '../../src/cli/commands.ts'
import { parseLine } from '../../src/cli/parse-line.ts'
import type { RevisionLine } from '../../src/commands/results.ts'
import { revisionLine } from '../../src/commands/revision-line.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history, parseRange } from '../../src/revisions/history.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import { resolveRevisions, resolveRows } from '../../src/revisions/resolve.ts'
import type { ScannedRevision } from '../../src/revisions/revision.ts'
import { currentRevisions } from '../../src/revisions/traversal.ts'

/** A command line, and the text that Alembic 1.19.2 printed for it. */
interface TextVector {
  readonly name: string
  readonly graph: { readonly revisions: readonly Revision[]; readonly rows: readonly string[] }
  readonly argv: readonly string[]
  readonly stdout: string
  readonly alternatives?: readonly { readonly stdout: string }[]
}
interface Revision {
  readonly id: string
  readonly down: string | readonly string[] | null
  readonly dependsOn: readonly string[]
  readonly labels: readonly string[]
  readonly doc: string
  readonly file: string
}

/** Two files with one id: Alembic takes the later, limbeck refuses. */
const refused = /^duplicate-id/

const path = new URL('./alembic-text.jsonl', import.meta.url)
const vectors = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as TextVector)
  .filter(({ name }) => !refused.test(name))

/** A revision as scanning its file gives it; a docstring begins with its first word. */
function scanned({ id, down, dependsOn, labels, doc, file }: Revision): ScannedRevision {
  const text = doc.trimStart()
  return {
    id,
    downRevisions: [down ?? []].flat(),
    dependsOn,
    branchLabels: labels,
    message: text.split('\n\n')[0]!,
    doc: text,
    path: `<dir>/${file}`,
  }
}

/** What limbeck prints for the vector's command line. */
function printed({ graph: { revisions, rows }, argv }: TextVector): string {
  const files = revisions.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const graph = buildGraph(files.map(scanned))
  const line = parseLine(argv, commands)
  const view = {
    isVerbose: line.globals.verbose,
    colours: coloursFor({ write: () => {}, isTerminal: false }, {}),
    cwd: '/',
  }
  const lines = revisionLines(graph, rows, line.command!.name, line.command!.input(line))
  const result = { revisions: lines, database: 'sqlite:///<dir>/app.db' }
  return line.command!.print(result, view)
}

function revisionLines(
  graph: RevisionGraph,
  rows: readonly string[],
  command: string,
  input: { range?: string; indicateCurrent?: boolean; revision?: string },
): RevisionLine[] {
  const marked = new Set(input.indicateCurrent ? rows : [])
  const { range, revision } = input
  const nodes = {
    current: () => currentRevisions(graph, resolveRows(graph, rows)),
    heads: () => graph.heads,
    history: () => history(graph, range === undefined ? {} : parseRange(range), rows),
    show: () =>
      revision === 'current' ? resolveRows(graph, rows) : resolveRevisions(graph, revision!),
  }[command]!()
  return nodes.map(node => revisionLine(node, marked))
}

/** Of `current` Alembic gives the entries in no particular order. */
const entries = (text: string, { argv }: TextVector): string =>
  argv[0] === 'current'
    ? text
        .split(/\n(?=Rev: |\w+(?: |$))/m)
        .sort()
        .join('\n')
    : text

/** Alembic ends some outputs with an empty line more. */
const same = (text: string): string => text.trimEnd()

test.each(vectors.map(vector => [vector.name, vector] as const))('%s', (_, vector) => {
  const answers = [vector, ...(vector.alternatives ?? [])].map(({ stdout }) =>
    entries(same(stdout), vector),
  )
  expect(answers).toContain(entries(same(printed(vector)), vector))
})
