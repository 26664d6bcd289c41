import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type PlainGraph, readPlainly } from './plain-graph.ts'
import type { Answer, GraphVector, StepAnswer, VectorRevision } from './vector.ts'

/** What Alembic answers on the graph of a real project: one JSON file beside the graph's own. */
interface Oracle {
  /** The graph cannot be read. */
  readonly error?: string
  readonly heads: readonly string[]
  readonly bases: readonly string[]
  readonly realHeads: readonly string[]
  readonly realBases: readonly string[]
  readonly branchPoints: readonly string[]
  readonly mergePoints: readonly string[]
  /** Revision → the labels that apply to it. */
  readonly branchLabels: Readonly<Record<string, readonly string[]>>
  /** Pairs of a name and the revision it stands for, or `!` and the class of an error. */
  readonly abbrev: readonly (readonly [name: string, answer: string])[]
  readonly moves: readonly Move[]
}

interface Move {
  readonly op: string
  readonly from: readonly string[]
  readonly to: string | readonly string[]
  /** Pairs of a revision and the rows after its step. */
  readonly steps?: readonly (readonly [revision: string, rows: readonly string[]])[]
  /** `Class: message`. */
  readonly error?: string
  readonly deterministic: boolean
}

/** The path of the answers to a graph; undefined where the file is no graph that has some. */
export function oracleOf(path: string): string | undefined {
  const oracle = join(dirname(path), 'oracle', basename(path))
  return path.endsWith('.json') && existsSync(oracle) ? oracle : undefined
}

/** Everything that was recorded of a real graph, each fact, abbreviation and move as a vector. */
export function readRealGraph(path: string, oraclePath: string): GraphVector[] {
  const revisions: VectorRevision[] = JSON.parse(readFileSync(path, 'utf8'))
  const oracle: Oracle = JSON.parse(readFileSync(oraclePath, 'utf8'))
  const vector = (name: string, part: Omit<GraphVector, 'name' | 'revisions'>): GraphVector => ({
    name,
    revisions,
    ...part,
  })
  if (oracle.error !== undefined) {
    const category = loadFailure(oracle.error, readPlainly({ revisions }))
    const expect = { error: { category } }
    return [vector('graph', { heads: [], command: { kind: 'describe' }, expect })]
  }
  const graph = readPlainly({ revisions })
  return [
    ...factsOf(oracle).map(([fact, expect]) =>
      vector(fact, { heads: [], command: { kind: 'fact', fact }, expect }),
    ),
    ...oracle.abbrev.map(([name, answer]) =>
      vector(`abbreviation ${name}`, {
        heads: [],
        command: { kind: 'resolve', target: name, single: true },
        expect: abbreviation(graph, name, answer),
      }),
    ),
    ...oracle.moves.map(move =>
      vector(`${move.op} ${move.to} from ${move.from.join(',') || 'base'}`, {
        heads: move.from,
        command: { kind: move.op, target: move.to },
        expect: moved(graph, move),
        shows: move.deterministic ? 'rows' : 'end',
      }),
    ),
  ]
}

function factsOf(oracle: Oracle): [string, Answer][] {
  const lists = ['heads', 'bases', 'realHeads', 'realBases', 'branchPoints', 'mergePoints'] as const
  return [
    ...lists.map((fact): [string, Answer] => [fact, { revs: [...oracle[fact]].sort() }]),
    ['branchLabels', { branchLabels: oracle.branchLabels }],
  ]
}

/** Alembic fails with a KeyError where a revision is missing. */
function loadFailure(error: string, graph: PlainGraph): string {
  return error.startsWith('KeyError') && graph.defects.has('missing-revision')
    ? 'missing-revision'
    : error
}

function abbreviation(graph: PlainGraph, name: string, answer: string): Answer {
  if (!answer.startsWith('!')) return { revs: [answer] }
  const error = answer.slice(1)
  return { error: { category: classes[error]?.(graph, name) ?? error } }
}

/** Alembic has one error for a name that fits none and for one that fits several. */
const unresolved = ({ named }: PlainGraph, name: string): string => {
  const candidates = [...named.keys()].filter(key => key.length > 3 && key.startsWith(name))
  return candidates.length > 1 ? 'ambiguous-revision' : 'no-such-revision'
}

/** The vectors' categories, by the class of the exception. */
const classes: Readonly<Record<string, (graph: PlainGraph, name: string) => string>> = {
  MultipleHeads: () => 'multiple-heads',
  ResolutionError: unresolved,
}

function moved(graph: PlainGraph, { from, steps, error = '' }: Move): Answer {
  if (!steps) return { error: { category: categoryOf(graph, error) } }
  let before = from
  const changes = steps.map(([rev, rows]): StepAnswer => {
    const deletes = before.filter(id => !rows.includes(id))
    const inserts = rows.filter(id => !before.includes(id))
    before = rows
    return { op: '', rev, deletes, inserts, updates: [] }
  })
  return { steps: changes, headsAfter: [...before].sort() }
}

/** The vectors' categories, by the words of Alembic's messages. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/^AssertionError/, 'internal-assertion'],
  [/^KeyError/, 'internal-key'],
  [/Ambiguous walk/, 'ambiguous-walk'],
  [/Ambiguous upgrade/, 'ambiguous-upgrade'],
  [/Relative revision \S+ didn't produce|Walked too far/, 'relative-out-of-range'],
  [/Multiple head revisions are present/, 'multiple-heads'],
  [/[Nn]ot a valid downgrade target/, 'not-an-ancestor'],
  [/overlaps with other/, 'overlapping-revisions'],
]

function categoryOf(graph: PlainGraph, error: string): string {
  const [, unknown] = /Can't locate revision identified by '(.*)'/.exec(error) ?? []
  if (unknown !== undefined) return unresolved(graph, unknown)
  return messages.find(([words]) => words.test(error))?.[1] ?? error
}
