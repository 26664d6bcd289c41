import type { QualifiedName } from '../schema/index.ts'

/** One of limbeck's tables, as the guard of a script looks for it. */
export interface GuardedTable {
  readonly name: QualifiedName
  createStatement(): string
}

/** The way that a script of SQL leads, which its guard holds against the database it is run on. */
export interface OfflineWay {
  readonly direction: 'upgrade' | 'downgrade' | 'stamp'
  readonly versionTable: GuardedTable
  /** Where to look for a revision that stopped midway; absent where the script does not mind. */
  readonly ledger: GuardedTable | undefined
  /** The version rows that it starts from; none at base. */
  readonly start: readonly string[]
  /** The version rows that it leaves. */
  readonly end: readonly string[]
  /** Nothing but SQL: without the words that only the database's own client understands. */
  readonly isPlain: boolean
}

/** What keeps a script from a database that is not where the script starts. */
export interface OfflineGuard {
  /** What stands before everything else. */
  readonly before: string
  /** What the first transaction begins with. */
  readonly statements: readonly string[]
  /** What stands after everything else. */
  readonly after: string
}

/** Text around a value that only the database knows. */
export type Around = readonly [before: string, after: string]

/** What a guard has to say, the same in every dialect. */
export interface GuardWords {
  /** A comment over the script. */
  readonly comment: string
  readonly done: string
  /** Around where the database is. */
  readonly elsewhere: Around
  /** Around the start of another script's range. */
  readonly hint: Around
  /** The same on a database at base, where there is none. */
  readonly hintAtBase: string | undefined
  /** Around the revision that a run stopped in. */
  readonly halfway: Around
  readonly halfwayHint: string
}

/** The sentences of a guard. */
export function guardWords({ direction, start, end }: OfflineWay): GuardWords {
  const [from, to] = [nameOf(start), nameOf(end)]
  const target = end.length > 1 ? 'heads' : to
  const unchanged = 'Nothing was done.'
  return {
    comment: `-- ${direction} from ${from} to ${to}, for a database that is at ${from} and no other\n`,
    done: `limbeck: this database is at ${to} already. ${unchanged}`,
    elsewhere: [
      'limbeck: this database is at ',
      `, and this script starts at ${from} and leads to ${to}. ${unchanged}`,
    ],
    hint: [`\`limbeck ${direction} `, `:${target} --sql\` writes one that starts there.`],
    hintAtBase: direction === 'downgrade' ? 'At base there is nothing to undo.' : undefined,
    halfway: [
      'limbeck: an earlier run stopped in the middle of revision ',
      `, and a part of it may stay. ${unchanged}`,
    ],
    halfwayHint:
      'A run on the database itself, without --sql, goes on where that one stopped. By hand: finish it and stamp it, or undo it and delete its last line from the ledger.',
  }
}

/** The hint as SQL: `hint` is that of a database with rows in its version table. */
export function hintFor(
  { hintAtBase }: GuardWords,
  origin: string,
  hint: string,
  literal: (value: unknown) => string,
): string {
  if (hintAtBase === undefined) return hint
  return `CASE ${origin} WHEN 'base' THEN ${literal(hintAtBase)} ELSE ${hint} END`
}

/** Version rows in a sentence, which stays on its line whatever the ids are. */
const nameOf = (ids: readonly string[]): string =>
  ids.length === 0
    ? 'base'
    : [...ids]
        .sort()
        .join(', ')
        .replace(/[\s\p{Cc}]+/gu, ' ')

/** What is asked of the version table: aggregates, in the SQL of every dialect. */
export interface GuardQuestions {
  readonly isStart: string
  readonly isEnd: string
  /** The start of a range from where the database is. */
  readonly origin: string
}

/** The questions of a guard. */
export function guardQuestions(
  { start, end }: OfflineWay,
  literal: (value: unknown) => string,
): GuardQuestions {
  return {
    isStart: rowsAre(start, literal),
    isEnd: rowsAre(end, literal),
    origin: "CASE count(*) WHEN 0 THEN 'base' WHEN 1 THEN min(version_num) ELSE 'FROM' END",
  }
}

/** Whether a version table holds these rows and no other; it may have no key. */
function rowsAre(ids: readonly string[], literal: (value: unknown) => string): string {
  const count = `count(*) = ${ids.length}`
  if (ids.length === 0) return count
  const list = ids.map(literal).join(', ')
  return `${count} AND count(DISTINCT CASE WHEN version_num IN (${list}) THEN version_num END) = ${ids.length}`
}

/** A query for the revision whose last line in the ledger says that it was not finished, else NULL. */
export function halfwayQuery(ledger: string): string {
  const isDone = "step = 0 AND state = 'done'"
  return `SELECT CASE WHEN ${isDone} THEN NULL ELSE revision END FROM ${ledger} ORDER BY sequence DESC LIMIT 1`
}
