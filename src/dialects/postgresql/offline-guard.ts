import {
  type Around,
  guardQuestions,
  guardWords,
  halfwayQuery,
  hintFor,
  type OfflineGuard,
  type OfflineWay,
} from '../offline-guard.ts'
import { dollarTag } from './compile/unless-exists.ts'
import { literal, quoteQualified } from './quoting.ts'

/**
 * In psql a database that is at the end already has the whole script passed over, and quietly. Whatever
 * runs the script, a block at its beginning raises an error anywhere but at the start.
 */
export function offlineGuard(way: OfflineWay): OfflineGuard {
  const { comment } = guardWords(way)
  return {
    before: way.isPlain ? `${comment}\n` : `${comment}${skipWhereDone(way)}\n`,
    statements: [expectStart(way)],
    after: way.isPlain ? '' : '\\endif\n',
  }
}

/** The one variable of psql that is set; it is gone before the script's own SQL, which may hold `:name`. */
const variable = 'limbeck_guard'

function skipWhereDone(way: OfflineWay): string {
  const table = quoteQualified(way.versionTable.name)
  const { isEnd } = guardQuestions(way, literal)
  return [
    '\\set ON_ERROR_STOP on',
    `SELECT ${isThere(table)} AS ${variable} \\gset`,
    `\\if :${variable}`,
    `SELECT ${isEnd} AS ${variable} FROM ${table} \\gset`,
    '\\else',
    `\\set ${variable} ${way.end.length === 0}`,
    '\\endif',
    `\\if :${variable}`,
    `\\unset ${variable}`,
    `\\echo ${argument(guardWords(way).done)}`,
    '\\else',
    `\\unset ${variable}`,
    '',
  ].join('\n')
}

/**
 * Nobody else may move the database from here to the commit: two runs of a script at once would both
 * find it at the start.
 */
function expectStart(way: OfflineWay): string {
  const words = guardWords(way)
  const { done, elsewhere, hint, halfway, halfwayHint } = words
  const { isStart, isEnd, origin } = guardQuestions(way, literal)
  const table = quoteQualified(way.versionTable.name)
  return block(`DECLARE
  heads text := 'base';
  origin text := 'base';
  is_start boolean := ${way.start.length === 0};
  is_end boolean := ${way.end.length === 0};
  halfway text;
BEGIN
  IF ${isThere(table)} THEN
    LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE;
    SELECT coalesce(string_agg(version_num, ', ' ORDER BY version_num), 'base'),
        ${origin},
        ${isStart},
        ${isEnd}
      INTO heads, origin, is_start, is_end FROM ${table};
  END IF;
${readHalfway(way)}  IF is_end THEN
    RAISE EXCEPTION USING MESSAGE = ${literal(done)};
  ELSIF NOT is_start THEN
    RAISE EXCEPTION USING MESSAGE = ${around(elsewhere, 'heads')},
      HINT = ${hintFor(words, 'origin', around(hint, 'origin'), literal)};
  ELSIF halfway IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = ${around(halfway, 'halfway')},
      HINT = ${literal(halfwayHint)};
  END IF;
END`)
}

function readHalfway({ ledger }: OfflineWay): string {
  if (ledger === undefined) return ''
  const table = quoteQualified(ledger.name)
  return `  IF ${isThere(table)} THEN
    halfway := (${halfwayQuery(table)});
  END IF;
`
}

function block(body: string): string {
  const tag = dollarTag(body)
  return `DO ${tag}\n${body}\n${tag}`
}

const isThere = (table: string): string => `to_regclass(${literal(table)}) IS NOT NULL`

const around = ([before, after]: Around, value: string): string =>
  `${literal(before)} || ${value} || ${literal(after)}`

/** An argument of a command of psql, which takes it as it is. */
const argument = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
