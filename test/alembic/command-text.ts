import { isDeepStrictEqual } from 'node:util'
import { coloursFor } from '../../src/cli/colours.ts'
import { commands } from '../../src/cli/commands.ts'
import { type ParsedLine, parseLine } from '../../src/cli/parse-line.ts'
import type { RevisionLine } from '../../src/commands/results.ts'
import { revisionLine } from '../../src/commands/revision-line.ts'
import { LimbeckError } from '../../src/errors.ts'
import { buildGraph } from '../../src/revisions/graph.ts'
import { history, parseRange } from '../../src/revisions/history.ts'
import type { RevisionGraph } from '../../src/revisions/nodes.ts'
import { resolveRevisions, resolveRows } from '../../src/revisions/resolve.ts'
import type { ScannedRevision } from '../../src/revisions/revision.ts'
import { currentRevisions } from '../../src/revisions/traversal.ts'
import { categories } from './answer.ts'

/** A command line, and the text that Alembic 1.19.2 printed for it. */
export interface TextVector {
  readonly name: string
  readonly graph: { readonly revisions: readonly Revision[]; readonly rows: readonly string[] }
  readonly argv: readonly string[]
  readonly stdout: string
  readonly stderr_category: string | null
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

/** How the text of limbeck stands to Alembic's. */
export type TextVerdict =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'differs'; readonly by: string }
  | { readonly kind: 'fails'; readonly expected: string; readonly ours: string }
  /** The command, or one of its options, is not there yet. */
  | { readonly kind: 'notRun'; readonly what: string }

/** Compares what limbeck prints for a command line with what was recorded. */
export function judgeText(vector: TextVector): TextVerdict {
  const line = knownLine(vector.argv)
  if (typeof line === 'string') return { kind: 'notRun', what: line }
  const ours = printed(vector, line)
  if (ours === duplicateId) return { kind: 'differs', by: 'malformed-graph' }
  if (vector.stderr_category !== null) return judgeError(vector, ours)
  const answers = [vector, ...(vector.alternatives ?? [])].map(({ stdout }) => stdout)
  const agrees = answers.some(answer => isSame(answer, ours, vector))
  return agrees ? { kind: 'agrees' } : { kind: 'fails', expected: vector.stdout, ours }
}

const listings = ['current', 'heads', 'history', 'show']

/** The line where it is one of the listings with options that there are; else what is missing. */
function knownLine(argv: readonly string[]): ParsedLine | string {
  const [command = ''] = argv
  if (!listings.includes(command)) return command
  try {
    return parseLine(argv, commands)
  } catch (error) {
    if (!(error instanceof LimbeckError && error.code === 'USAGE')) throw error
    return [command, ...argv.filter(word => word.startsWith('--'))].join(' ')
  }
}

/** Two files with one id: Alembic takes the later, limbeck refuses. */
const duplicateId = 'error:REVISION_DUPLICATE'

function judgeError({ stderr_category: category }: TextVector, ours: string): TextVerdict {
  if (ours === category) return { kind: 'agrees' }
  const isUnknown = (text: string | null) => /^error:(no-such|not-in-branch)/.test(text ?? '')
  if (isUnknown(category) && isUnknown(ours)) return { kind: 'differs', by: 'unknown-name' }
  return { kind: 'fails', expected: String(category), ours }
}

/** What limbeck prints, or `error:` with the category. */
function printed({ graph: { revisions, rows } }: TextVector, line: ParsedLine): string {
  try {
    const files = revisions.toSorted((a, b) => (a.file < b.file ? -1 : 1))
    const graph = buildGraph(files.map(scanned))
    const command = line.command!
    const lines = revisionLines(graph, rows, command.name, command.input(line))
    const colours = coloursFor({ write: () => {}, isTerminal: false }, {})
    const result = { revisions: lines, database: 'sqlite:///<dir>/app.db' }
    return command.print(result, { isVerbose: line.globals.verbose, colours, cwd: '/' })
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    return `error:${categories[error.code] ?? error.code}`
  }
}

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

/** Alembic ends some outputs with an empty line more, and lists `current` in no particular order. */
function isSame(theirs: string, ours: string, { argv }: TextVector): boolean {
  const entries = (text: string) => text.trimEnd().split(/\n(?=Rev: |\w+(?: |$))/m)
  if (argv[0] !== 'current') return theirs.trimEnd() === ours.trimEnd()
  return isDeepStrictEqual(entries(theirs).sort(), entries(ours).sort())
}
