import {
  brokenLaws,
  type PlainGraph,
  rowsAfterSteps,
  superfluousRows,
  withAncestors,
} from './plain-graph.ts'
import { type Answer, type GraphVector, listOf, type StepAnswer } from './vector.ts'

/** A vector that limbeck answers otherwise, with everything a rule may look at. */
export interface Disagreement {
  readonly vector: GraphVector
  readonly graph: PlainGraph
  readonly ours: Answer
}

/** A rule by which limbeck knowingly answers otherwise than Alembic. */
export interface Difference {
  readonly id: string
  readonly reason: string
  /** Whether the situation is the rule's, and limbeck's answer the one it gives. */
  covers(disagreement: Disagreement): boolean
}

const text = ({ vector }: Disagreement) => listOf(vector.command.target).join(' ')
const recorded = ({ vector }: Disagreement) => vector.expect.error?.category ?? 'ok'
const answered = ({ ours }: Disagreement) => ours.error?.category ?? 'ok'
const isKind = ({ vector }: Disagreement, ...kinds: string[]) => kinds.includes(vector.command.kind)

export const differences: readonly Difference[] = [
  {
    id: 'malformed-graph',
    reason:
      'Duplicate and reserved ids, missing revisions and every cycle are reported by each command; Alembic warns, notices some of them only, or hangs.',
    covers: d => d.graph.defects.has(answered(d)),
  },
  {
    id: 'internal-failure',
    reason:
      'Where Alembic fails with an unhandled exception, a request that makes sense succeeds and any other is a proper error.',
    covers: d => {
      if (!recorded(d).startsWith('internal-')) return false
      return !d.ours.steps || isKind(d, 'stamp') || keepsLaws(d)
    },
  },
  {
    id: 'rows-are-tips',
    reason:
      'A downgrade gives a row only to what nothing applied needs; Alembic also inserts ancestors of other rows, and then refuses to upgrade.',
    covers: d => {
      const { steps } = d.ours
      const theirs = d.vector.expect.steps
      if (!isKind(d, 'downgrade') || !steps || !theirs) return false
      return hasNewSuperfluousRows(d, theirs) && !hasNewSuperfluousRows(d, steps)
    },
  },
  {
    id: 'stamp-by-destination',
    reason:
      'Each destination replaces the rows related to it; Alembic treats the rows of all as one. `base` among others clears first.',
    covers: d => {
      const resolved = d.vector.expect.steps?.filter(step => step.to?.length).map(step => step.rev)
      if (!isKind(d, 'stamp') || !resolved || !d.ours.headsAfter) return false
      const wanted = d.ours.headsAfter
      return resolved.every(id => wanted.includes(id)) && keepsOnlyUnrelated(d)
    },
  },
  {
    id: 'stamp-contradiction',
    reason:
      'Stamping a revision together with its ancestor is an error; Alembic writes both, or one.',
    covers: d =>
      isKind(d, 'stamp') &&
      answered(d) === 'overlapping-revisions' &&
      listOf(d.vector.command.target).length > 1,
  },
  {
    id: 'rows-are-full-ids',
    reason:
      'A version row must be the full id of a revision; Alembic also takes the beginning of one.',
    covers: d =>
      answered(d) === 'no-such-revision' && d.vector.heads.some(row => !d.graph.ids.includes(row)),
  },
  {
    id: 'relative-to-the-end',
    reason: '`+1junk` and `+1.5` name no revision; Alembic reads them as `+1`.',
    covers: d => /[+-]\d+[^\d]+/.test(text(d)) && answered(d) === 'no-such-revision',
  },
  {
    id: 'relative-to-any-name',
    reason:
      'Steps can be counted from every id and label, and names that contain + or - are taken whole.',
    covers: d =>
      /[+-]\d+/.test(text(d)) &&
      ['no-such-revision', 'ambiguous-revision'].includes(recorded(d)) &&
      answered(d) === 'ok',
  },
  {
    id: 'history-relative-start',
    reason:
      'The start of a history range counts from its end, and may be relative to any revision; Alembic counts from the heads only.',
    covers: d =>
      isKind(d, 'history') &&
      /[+-]\d+:/.test(text(d)) &&
      ['ok', 'relative-out-of-range', 'ambiguous-walk'].includes(answered(d)),
  },
  {
    id: 'history-current',
    reason: '`current` works at both ends, and lists nothing where nothing is applied.',
    covers: d => isKind(d, 'history') && /current/.test(text(d)) && onlyApplied(d),
  },
  {
    id: 'history-branch',
    reason: '`<branch>@base:` lists that branch, also for a revision standing for its branch.',
    covers: d =>
      isKind(d, 'history', 'iterate') && /@base/.test(startOf(d)) && answered(d) === 'ok',
  },
  {
    id: 'downgrade-branch-is-checked',
    reason:
      'In `downgrade <branch>@<revision>` both must exist and belong together, and the branch narrows what the revision means; Alembic looks at the branch only at a fork.',
    covers: d => {
      if (!isKind(d, 'downgrade') || !text(d).includes('@')) return false
      if (['not-in-branch', 'no-such-branch'].includes(answered(d))) return true
      return recorded(d) !== 'ok' && answered(d) === 'ok' && keepsLaws(d)
    },
  },
  {
    id: 'branch-narrows-abbreviations',
    reason: 'In `stamp <branch>@<beginning>` the branch decides between several revisions.',
    covers: d =>
      isKind(d, 'stamp') &&
      text(d).includes('@') &&
      recorded(d) === 'ambiguous-revision' &&
      answered(d) === 'ok',
  },
  {
    id: 'unknown-name',
    reason: 'The error says which part is unknown: the branch, the revision, or the version row.',
    covers: d => isUnknown(recorded(d)) && isUnknown(answered(d)),
  },
  {
    id: 'relative-range',
    reason: 'A relative argument that leads nowhere is a relative argument out of range.',
    covers: d =>
      /^(.*@)?[^@]*[+-]\d+$/.test(text(d)) &&
      (recorded(d) === 'no-such-revision' || hasNoRevision(d)) &&
      answered(d) === 'relative-out-of-range',
  },
  {
    id: 'base-is-no-revision',
    reason: 'A relative argument that leads to base stands for no revision.',
    covers: d =>
      isKind(d, 'resolve') &&
      d.vector.expect.revs?.includes('base') === true &&
      String(d.ours.revs) === String(d.vector.expect.revs.filter(id => id !== 'base')),
  },
  {
    id: 'below-base',
    reason: 'Nothing is below base; Alembic continues with the head.',
    covers: d => /(^|@)base-\d+$/.test(text(d)) && answered(d) === 'relative-out-of-range',
  },
  {
    id: 'empty-name',
    reason: 'An empty name is no revision.',
    covers: d => /^@|^$|@$/.test(text(d)) && answered(d) === 'no-such-revision',
  },
  {
    id: 'labels-reach-down',
    reason:
      'A label applies to the line below it also where the branch forks or merges further up, as the documentation says.',
    covers: d => isKind(d, 'describe') && differOnlyByMoreLabels(d),
  },
  {
    id: 'check-heads-with-dependencies',
    reason:
      'A head that another revision depends on is reached with it; Alembic can never be there.',
    covers: d => isKind(d, 'current') && recorded(d) === 'not-at-head' && answered(d) === 'ok',
  },
]

/** Whether rows appear that another row needs, and that were not there at the start. */
function hasNewSuperfluousRows({ vector, graph }: Disagreement, steps: readonly StepAnswer[]) {
  const { heads } = vector
  const known = new Set(superfluousRows(graph, heads))
  const states = rowsAfterSteps(heads, steps)
  return states.some(rows => superfluousRows(graph, rows).some(id => !known.has(id)))
}

function keepsLaws({ vector, graph, ours }: Disagreement): boolean {
  const rows = (ours.headsBefore as string[] | undefined) ?? vector.heads
  return brokenLaws(graph, rows, ours.steps!, ours.headsAfter!).length === 0
}

const isUnknown = (category: string) => /^no-such|^not-in-branch$/.test(category)

const startOf = ({ vector }: Disagreement) => {
  const { kind, target, lower } = vector.command
  return kind === 'history' ? String(target).split(':')[0]! : String(lower)
}

const hasNoRevision = ({ vector }: Disagreement) => vector.expect.revs?.includes(null) === true

function onlyApplied({ vector, graph, ours }: Disagreement): boolean {
  const applied = withAncestors(graph, vector.heads)
  return ours.revs?.every(id => applied.has(id!)) === true
}

/** Rows that were there are kept exactly where no stamped revision is related to them. */
function keepsOnlyUnrelated({ vector, graph, ours }: Disagreement): boolean {
  const before = (ours.headsBefore as string[] | undefined) ?? vector.heads
  const stamped = ours.steps!.filter(step => step.to?.length).map(step => step.rev)
  const isRelated = (row: string) =>
    stamped.some(id => withAncestors(graph, [id]).has(row) || withAncestors(graph, [row]).has(id))
  const clears = listOf(vector.command.target).some(name => /(^|@)base$/.test(name))
  return ours.headsAfter!.every(
    id => stamped.includes(id) || (before.includes(id) && (clears || !isRelated(id))),
  )
}

interface Described {
  readonly labels: readonly string[]
}

function differOnlyByMoreLabels({ vector, ours }: Disagreement): boolean {
  const theirs = vector.expect.revisions as Record<string, Described>
  const mine = ours.revisions as Record<string, Described>
  return Object.entries(theirs).every(([id, described]) => {
    const { labels, ...rest } = described
    const { labels: more, ...same } = mine[id]!
    return (
      labels.every(label => more.includes(label)) && JSON.stringify(rest) === JSON.stringify(same)
    )
  })
}
