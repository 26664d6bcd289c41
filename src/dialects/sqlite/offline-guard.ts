import {
  type Around,
  guardQuestions,
  guardWords,
  halfwayQuery,
  hintFor,
  type OfflineGuard,
  type OfflineWay,
} from '../offline-guard.ts'
import { literal, quoteQualified } from './quoting.ts'

/**
 * SQLite raises errors of one's own only in triggers, and only with constant text: where the database is
 * can but be printed. It reads no table that is not there, so the guard creates limbeck's own; its error
 * takes them back, with the transaction.
 */
export function offlineGuard(way: OfflineWay): OfflineGuard {
  const { comment } = guardWords(way)
  const { versionTable, ledger } = way
  return {
    before: way.isPlain ? `${comment}\n` : `${comment}.bail on\n\n`,
    statements: [
      'SAVEPOINT limbeck_guard',
      versionTable.createStatement(),
      ...(ledger === undefined ? [] : [ledger.createStatement()]),
      lookUp(way),
      refusal(way),
      explanation(way),
      'DELETE FROM limbeck_guard',
      'DROP TABLE limbeck_guard',
      'RELEASE limbeck_guard',
    ],
    after: '',
  }
}

function lookUp(way: OfflineWay): string {
  const { isStart, isEnd, origin } = guardQuestions(way, literal)
  const { versionTable, ledger } = way
  const halfway = ledger === undefined ? 'NULL' : `(${halfwayQuery(quoteQualified(ledger.name))})`
  return `CREATE TEMPORARY TABLE limbeck_guard AS
SELECT coalesce(group_concat(version_num, ', '), 'base') AS heads,
    ${origin} AS origin,
    ${isStart} AS is_start,
    ${isEnd} AS is_end,
    ${halfway} AS halfway
  FROM (SELECT version_num FROM ${quoteQualified(versionTable.name)} ORDER BY version_num)`
}

function refusal(way: OfflineWay): string {
  const { done, elsewhere, halfway } = guardWords(way)
  const raise = (text: string) => `SELECT RAISE(ROLLBACK, ${literal(text)})`
  return `CREATE TEMPORARY TRIGGER limbeck_guard_refusal BEFORE DELETE ON limbeck_guard
BEGIN
  ${raise(done)} WHERE old.is_end;
  ${raise(elsewhere.join('another revision'))} WHERE NOT old.is_start;
  ${raise(halfway.join('(see above)'))} WHERE old.halfway IS NOT NULL;
END`
}

function explanation(way: OfflineWay): string {
  const words = guardWords(way)
  const { elsewhere, hint, halfway, halfwayHint } = words
  return `SELECT CASE WHEN is_start THEN ${around(halfway, 'halfway')} || ${literal(` ${halfwayHint}`)}
    ELSE ${around(elsewhere, 'heads')} || ' ' || ${hintFor(words, 'origin', around(hint, 'origin'), literal)} END AS limbeck
  FROM limbeck_guard WHERE NOT is_end AND (NOT is_start OR halfway IS NOT NULL)`
}

const around = ([before, after]: Around, value: string): string =>
  `${literal(before)} || ${value} || ${literal(after)}`
