import type { PlainAnswer } from './plain-answer.ts'
import { type PlainGraph, rowsAfterSteps, superfluousRows } from './plain-graph.ts'
import { mistakesIn } from './plain-names.ts'
import { type GraphVector, listOf, type StepAnswer } from './vector.ts'

/** A recorded answer that limbeck does not give, with everything a rule may look at. */
export interface Disagreement {
  readonly vector: GraphVector
  readonly graph: PlainGraph
  /** What limbeck's documentation promises instead; its answer is held against that. */
  readonly promised: PlainAnswer
}

/** A rule by which limbeck knowingly answers otherwise than Alembic. */
export interface Difference {
  readonly id: string
  readonly reason: string
  /** Whether the situation and the recorded answer are the rule's. */
  concerns(disagreement: Disagreement): boolean
}

const text = ({ vector }: Disagreement) => listOf(vector.command.target).join(' ')
const recorded = ({ vector }: Disagreement) => vector.expect.error?.category ?? 'ok'
const promised = ({ promised }: Disagreement) => ('error' in promised ? promised.error : 'ok')
const isKind = ({ vector }: Disagreement, ...kinds: string[]) => kinds.includes(vector.command.kind)

export const differences: readonly Difference[] = [
  {
    id: 'malformed-graph',
    reason:
      'Duplicate and reserved ids, missing revisions and every cycle are reported by each command; Alembic warns, notices some of them only, or hangs.',
    concerns: d => d.graph.defects.size > 0,
  },
  {
    id: 'internal-failure',
    reason:
      'Where Alembic fails with an unhandled exception, a request that makes sense succeeds and any other is a proper error.',
    concerns: d => recorded(d).startsWith('internal-'),
  },
  {
    id: 'rows-are-tips',
    reason:
      'A downgrade gives a row only to what nothing applied needs; Alembic also inserts ancestors of other rows, and then refuses to upgrade.',
    concerns: d => isKind(d, 'downgrade') && hasNewSuperfluousRows(d, d.vector.expect.steps),
  },
  {
    id: 'stamp-by-destination',
    reason:
      'Each destination replaces the rows related to it; Alembic treats the rows of all as one. `base` among others clears first.',
    concerns: d =>
      isKind(d, 'stamp') && recorded(d) === 'ok' && promised(d) === 'ok' && isManyfold(d),
  },
  {
    id: 'stamp-contradiction',
    reason:
      'Stamping a revision together with what it needs is an error; Alembic writes both, or one.',
    concerns: d =>
      isKind(d, 'stamp') &&
      promised(d) === 'overlapping-revisions' &&
      (listOf(d.vector.command.target).length > 1 || /@heads$/.test(text(d))),
  },
  {
    id: 'rows-are-full-ids',
    reason:
      'A version row must be the full id of a revision; Alembic also takes the beginning of one.',
    concerns: d =>
      promised(d) === 'no-such-revision' && d.vector.heads.some(row => !d.graph.ids.includes(row)),
  },
  {
    id: 'relative-to-the-end',
    reason: '`+1junk` and `+1.5` name no revision; Alembic reads them as `+1`.',
    concerns: d =>
      /(^|@|\w)[+-]\d+[^\d]+$/.test(text(d)) &&
      recorded(d) === 'ok' &&
      promised(d) === 'no-such-revision',
  },
  {
    id: 'relative-to-any-name',
    reason:
      'Steps can be counted from every id and label, and names that contain + or - are taken whole.',
    concerns: d =>
      /[+-]\d+/.test(text(d)) &&
      ['no-such-revision', 'ambiguous-revision'].includes(recorded(d)) &&
      ['ok', 'ambiguous-walk', 'multiple-heads', 'ambiguous-revision'].includes(promised(d)),
  },
  {
    id: 'history-relative-start',
    reason:
      'The start of a history range counts from its end, and may be relative to any revision; Alembic counts from the heads only.',
    concerns: d =>
      isKind(d, 'history') &&
      /[+-]\d+:/.test(text(d)) &&
      ['ok', 'relative-out-of-range', 'ambiguous-walk'].includes(promised(d)),
  },
  {
    id: 'history-relative-end',
    reason:
      'Where the end of a history range could count from each of several revisions, the error says so; Alembic speaks of several heads.',
    concerns: d =>
      isKind(d, 'history') &&
      /:([^:]*@)?\+\d+$/.test(text(d)) &&
      recorded(d) === 'multiple-heads' &&
      promised(d) === 'ambiguous-upgrade',
  },
  {
    id: 'history-current',
    reason: '`current` works at both ends, and lists nothing where nothing is applied.',
    concerns: d => isKind(d, 'history') && /\bcurrent\b/.test(text(d)) && promised(d) === 'ok',
  },
  {
    id: 'history-branch',
    reason:
      '`<branch>@<start>:` lists that branch alone, also where a revision stands for it; Alembic takes whatever shares its label, or fails.',
    concerns: d =>
      isKind(d, 'history', 'iterate') && startOf(d).includes('@') && promised(d) === 'ok',
  },
  {
    id: 'downgrade-branch-is-checked',
    reason:
      'In `downgrade <branch>@<revision>` both must exist and belong together, and the branch narrows what the revision means; Alembic looks at the branch only at a fork.',
    concerns: d =>
      (isKind(d, 'downgrade') || d.vector.command.forDowngrade === true) &&
      `${text(d)}${d.vector.command.lower}`.includes('@') &&
      recorded(d) !== promised(d),
  },
  {
    id: 'branch-narrows',
    reason:
      'In `<branch>@head-1` and in `stamp <branch>@<beginning>` the branch decides between several revisions.',
    concerns: d =>
      text(d).includes('@') &&
      ['ambiguous-revision', 'multiple-heads'].includes(recorded(d)) &&
      promised(d) !== recorded(d),
  },
  {
    id: 'branch-of-a-revision',
    reason:
      '`<branch>@-1` counts down from the heads of a branch that a revision stands for, too; Alembic knows labels only.',
    concerns: d => isKind(d, 'resolve') && /@-\d+( |$)/.test(text(d)) && recorded(d) === 'ok',
  },
  {
    id: 'branch-is-checked',
    reason:
      'Wherever `<branch>@…` is written the branch must exist and hold what is named; Alembic does not look where steps or `base` follow.',
    concerns: d =>
      wordsOf(d).some(word => word.includes('@')) &&
      ['not-in-branch', 'no-such-branch', 'ambiguous-revision'].includes(promised(d)) &&
      !isUnknown(recorded(d)),
  },
  {
    id: 'two-names-of-one',
    reason:
      'The beginning of both the id and a label of one revision stands for it; Alembic finds two.',
    concerns: d =>
      ['ambiguous-revision', 'no-such-branch'].includes(recorded(d)) &&
      wordsOf(d).some(word => word.split('@').some(part => hasTwoNames(d.graph, part))),
  },
  {
    id: 'unknown-name',
    reason: 'The error says which part is unknown: the branch, the revision, or the version row.',
    concerns: d =>
      isUnknown(recorded(d)) && (isUnknown(promised(d)) || promised(d) === 'ambiguous-revision'),
  },
  {
    id: 'relative-range',
    reason: 'A relative argument that leads nowhere is a relative argument out of range.',
    concerns: d =>
      /[+-]\d+( |$)/.test(text(d)) &&
      (recorded(d) === 'no-such-revision' || hasNoRevision(d)) &&
      promised(d) === 'relative-out-of-range',
  },
  {
    id: 'base-is-no-revision',
    reason: 'A relative argument that leads to base stands for no revision.',
    concerns: d => isKind(d, 'resolve') && d.vector.expect.revs?.includes('base') === true,
  },
  {
    id: 'below-base',
    reason: 'Nothing is below base; Alembic continues with the head.',
    concerns: d =>
      /(^|[@: ])base-\d+( |$)/.test(text(d)) && promised(d) === 'relative-out-of-range',
  },
  {
    id: 'empty-name',
    reason: 'An empty name is no revision.',
    concerns: d => /^@|^$|@$/.test(text(d)) && promised(d) === 'no-such-revision',
  },
  {
    id: 'offline-starts',
    reason:
      'A script of `--sql` may start from several revisions, as in `heads:base`; Alembic knows one.',
    concerns: d =>
      d.vector.command.offline === true &&
      recorded(d) === 'multiple-heads' &&
      promised(d) === 'ok' &&
      /(^| )heads:/.test(text(d)),
  },
  {
    id: 'first-mistake',
    reason:
      'Of several mistakes in one request the first is reported; Alembic looks at some of the later ones first.',
    concerns: d => {
      const mistakes = mistakesIn(d.graph, wordsOf(d))
      const isMade = (category: string) =>
        mistakes.has(category) || (isUnknown(category) && [...mistakes].some(isUnknown))
      return isMade(recorded(d)) && isMade(promised(d))
    },
  },
  {
    id: 'names-are-unique',
    reason:
      'A new revision whose id or label is taken, or whose label could be taken for something else, is refused; Alembic writes the file, and then warns or fails with each command.',
    concerns: d =>
      isKind(d, 'revision', 'merge') &&
      ['duplicate-revision', 'duplicate-label', 'BRANCH_LABEL_INVALID'].includes(promised(d)),
  },
  {
    id: 'labels-reach-down',
    reason:
      'A label applies to the line below it also where the branch forks or merges further up, as the documentation says.',
    concerns: d => isKind(d, 'describe'),
  },
  {
    id: 'check-heads-with-dependencies',
    reason:
      'A head that another revision depends on is reached with it; Alembic can never be there.',
    concerns: d => isKind(d, 'current') && recorded(d) === 'not-at-head' && promised(d) === 'ok',
  },
]

/** Whether a recording leads to rows that another row needs, and that were not there at the start. */
function hasNewSuperfluousRows(
  { vector, graph }: Disagreement,
  steps: readonly StepAnswer[] = [],
): boolean {
  const heads = (vector.expect.headsBefore as string[] | undefined) ?? vector.heads
  const known = new Set(superfluousRows(graph, heads))
  const states = rowsAfterSteps(heads, steps)
  return states.some(rows => superfluousRows(graph, rows).some(id => !known.has(id)))
}

/** Several destinations or none, several rows, or a branch that is cleared. */
function isManyfold(d: Disagreement): boolean {
  const targets = listOf(d.vector.command.target)
  return targets.length !== 1 || d.vector.heads.length > 1 || targets.some(it => /@base$/.test(it))
}

const isUnknown = (category: string) => /^no-such|^not-in-branch$/.test(category)

function hasTwoNames({ named }: PlainGraph, text: string): boolean {
  const [beginning = ''] = text.split(/[+-]/)
  const fitting = [...named].filter(([name]) => name.length > 3 && name.startsWith(beginning))
  return fitting.length > 1 && new Set(fitting.map(([, id]) => id)).size === 1
}

/** Everything in a request that names revisions. */
function wordsOf({ vector: { command } }: Disagreement): string[] {
  const { target, upper, lower, head, dependsOn } = command
  const words = [target, upper, lower, head, dependsOn].flatMap(listOf)
  return words.flatMap(word => word.split(':')).filter(Boolean)
}

const startOf = ({ vector }: Disagreement) => {
  const { kind, target, lower } = vector.command
  return kind === 'history' ? String(target).split(':')[0]! : String(lower)
}

const hasNoRevision = ({ vector }: Disagreement) => vector.expect.revs?.includes(null) === true
