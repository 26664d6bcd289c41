import { goals, labelsOn } from './plain-answer.ts'
import { type PlainGraph, readPlainly, withAncestors } from './plain-graph.ts'
import { heads, realHeads, standsFor } from './plain-names.ts'
import { inLoadOrder, isOffline, type TextAnswer, type TextVector } from './text-vector.ts'

/** A rule by which limbeck's command line knowingly answers otherwise than Alembic's. */
export interface TextDifference {
  readonly id: string
  readonly reason: string
  /** limbeck's documented answer to a vector, made from the recorded one; undefined where the rule is silent. */
  answer(vector: TextVector, recorded: TextAnswer): TextAnswer | undefined
}

const failure = (category: string): TextAnswer => ({
  stdout: '',
  stderr_category: `error:${category}`,
  exit: 1,
})

const succeeded = ({ exit }: TextAnswer) => exit === 0

/** Reads the argument `a:b` of an offline upgrade. */
function offlineRange({ argv: [command, range = ''] }: TextVector): [string, string] | undefined {
  const ends = range.split(':')
  return command === 'upgrade' && ends.length === 2 ? (ends as [string, string]) : undefined
}

/** Whether nothing leads up from the start of a range to its end, and they are not the same. */
function goesDown({ graph: { revisions } }: TextVector, [from, to]: [string, string]): boolean {
  const graph = readPlainly({ revisions })
  const start = standsFor(graph, from || 'base')
  const end = goals(graph, start, to)
  const below = withAncestors(graph, start)
  return end.every(id => below.has(id)) && !start.every(id => end.includes(id))
}

/** How `current` marks a revision that nothing follows. */
function headMarks(graph: PlainGraph, id: string): string {
  const head = realHeads(graph).includes(id) ? ' (head)' : ' (effective head)'
  return graph.follows.get(id)!.length > 1 ? `${head} (mergepoint)` : head
}

export const textDifferences: readonly TextDifference[] = [
  {
    id: 'malformed-graph',
    reason: 'Two files with one id are an error; Alembic warns and takes the later file.',
    answer: ({ graph }, { warnings }) =>
      warnings?.includes('duplicate-revision') &&
      readPlainly(graph).defects.has('duplicate-revision')
        ? failure('duplicate-revision')
        : undefined,
  },
  {
    id: 'range-of-two-ends',
    reason: 'A range with several colons is an error like any other; Alembic fails inside.',
    answer: ({ argv }, { stderr_category }) =>
      stderr_category === 'error:internal-value' && argv.some(word => /:.*:/.test(word))
        ? failure('bad-history-range')
        : undefined,
  },
  {
    id: 'offline-upgrade-goes-up',
    reason:
      'An upgrade to what lies below its start is an error with `--sql`; Alembic writes nothing and says nothing.',
    answer: (vector, recorded) => {
      const range = offlineRange(vector)
      if (!isOffline(vector) || !range || !succeeded(recorded)) return undefined
      return goesDown(vector, range) ? failure('bad-history-range') : undefined
    },
  },
  {
    id: 'no-returning',
    reason:
      'An INSERT into the version table asks for nothing in return; Alembic adds RETURNING, also for older servers.',
    answer: (vector, recorded) =>
      rewritten(vector, recorded, /(INSERT INTO .*\)) RETURNING \S*version_num;/g, '$1;'),
  },
  {
    id: 'create-if-not-exists',
    reason:
      'A script from base also runs where an empty version table is left from an earlier downgrade; Alembic creates it without looking.',
    answer: (vector, recorded) =>
      rewritten(
        vector,
        recorded,
        /^CREATE TABLE (?=alembic_version )/gm,
        'CREATE TABLE IF NOT EXISTS ',
      ),
  },
  {
    id: 'sqlite-transaction',
    reason:
      'A script for SQLite is one transaction, since SQLite can take back DDL; Alembic writes none.',
    answer: (vector, recorded) =>
      isOffline(vector) && vector.graph.url === undefined && succeeded(recorded)
        ? { ...recorded, stdout: `BEGIN;\n\n${recorded.stdout}COMMIT;\n\n` }
        : undefined,
  },
  {
    id: 'check-heads-with-dependencies',
    reason:
      'A head that another revision depends on is reached with it, and `current --check-heads` lists it; Alembic can never be there.',
    answer: ({ argv, graph: { revisions, rows } }, { stderr_category }) => {
      if (argv[0] !== 'current' || stderr_category !== 'error:not-at-head') return undefined
      const graph = readPlainly({ revisions: inLoadOrder(revisions) })
      if (rows.some(row => !graph.ids.includes(row))) return undefined
      const applied = withAncestors(graph, rows)
      if (!heads(graph).every(id => applied.has(id))) return undefined
      const lines = heads(graph).map(id => `${id}${headMarks(graph, id)}\n`)
      return { stdout: lines.join(''), stderr_category: null, exit: 0 }
    },
  },
  {
    id: 'labels-reach-down',
    reason:
      'A label is shown on the line below it also where the branch forks or merges further up, as the documentation says.',
    answer: ({ argv, graph }, recorded) => {
      if (!listings.includes(argv[0]!) || !succeeded(recorded)) return undefined
      const plain = readPlainly({ revisions: inLoadOrder(graph.revisions) })
      if (plain.defects.size > 0) return undefined
      const stdout = plain.ids.reduce(
        (text, id) => withLabels(text, id, labelsOn(plain, id)),
        recorded.stdout,
      )
      return stdout === recorded.stdout ? undefined : { ...recorded, stdout }
    },
  },
  {
    id: 'purge-with-the-stamp',
    reason:
      '`stamp --purge` empties the version table only with a stamp that can be made; Alembic has emptied it before it looks.',
    answer: (vector, recorded) =>
      vector.argv.includes('--purge') && !isOffline(vector) && !succeeded(recorded)
        ? { ...recorded, rowsAfter: [...vector.graph.rows].sort() }
        : undefined,
  },
  {
    id: 'unknown-row',
    reason:
      'A version row that no file knows is reported by `current --check-heads` too; Alembic says that the database is not at the heads.',
    answer: ({ argv, graph }, { stderr_category }) =>
      argv[0] === 'current' &&
      stderr_category === 'error:not-at-head' &&
      graph.rows.some(row => graph.revisions.every(({ id }) => id !== row))
        ? failure('no-such-revision')
        : undefined,
  },
]

/** In parentheses, but none of the marks. */
const listOfLabels = '(?!(?:effective )?head|branchpoint|mergepoint|current)[^()]*'

const listings = ['history', 'heads', 'branches', 'show']

/** A listing in which a revision has at least these labels. */
function withLabels(text: string, id: string, labels: readonly string[]): string {
  const isShort = (shown: string) => {
    const there = shown.split(', ')
    return labels.some(label => !there.includes(label))
  }
  const name = `.* -> ${id}|${id}(?!.* -> )`
  const line = new RegExp(`^(${name})((?: \\(${listOfLabels}\\))?)(?= |,|$)`, 'gm')
  const lines = `Rev: ${id}(?: .*)?\\n(?:(?!Branch names|Path).*\\n)*`
  const block = new RegExp(`^(${lines})((?:Branch names: .*\\n)?)`, 'gm')
  return text
    .replace(line, (all, start: string, shown: string) =>
      isShort(shown.slice(2, -1)) ? `${start} (${labels.join(', ')})` : all,
    )
    .replace(block, (all, start: string, shown: string) =>
      isShort(shown.slice(14, -1)) ? `${start}Branch names: ${labels.join(', ')}\n` : all,
    )
}

/** The recorded SQL with a part of it replaced; undefined where it has no such part. */
function rewritten(
  vector: TextVector,
  recorded: TextAnswer,
  part: RegExp,
  replacement: string,
): TextAnswer | undefined {
  if (!isOffline(vector) || !succeeded(recorded)) return undefined
  const stdout = recorded.stdout.replace(part, replacement)
  return stdout === recorded.stdout ? undefined : { ...recorded, stdout }
}
