import type { QualifiedName } from '../../schema/index.ts'
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
 * Prepared statements take the place of a procedure: they leave nothing behind where the script stops,
 * and need neither a right nor a delimiter. MySQL does not prepare SIGNAL; there the message itself is
 * prepared, and the syntax error quotes it.
 */
export function offlineGuard(way: OfflineWay): OfflineGuard {
  return {
    before: `${guardWords(way).comment}\n`,
    statements: [
      `SET @limbeck = ${lookUp(way)}`,
      ...runPrepared,
      `SET @limbeck_says = ${verdict(way)}`,
      'SELECT @limbeck_says AS limbeck FROM DUAL WHERE @limbeck_says IS NOT NULL',
      `SET @limbeck = CASE WHEN @limbeck_says IS NULL THEN 'DO 0' WHEN VERSION() LIKE '%MariaDB%' THEN ${literal(signal)} ELSE @limbeck_says END`,
      ...runPrepared,
      'DEALLOCATE PREPARE limbeck_guard',
    ],
    after: '',
  }
}

const runPrepared = ['PREPARE limbeck_guard FROM @limbeck', 'EXECUTE limbeck_guard']

const signal = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @limbeck_says"

/** A query as a text, put together from the tables that are there. */
function lookUp(way: OfflineWay): string {
  const { isStart, isEnd, origin } = guardQuestions(way, literal)
  const { versionTable, ledger } = way
  const heads = "COALESCE(GROUP_CONCAT(version_num ORDER BY version_num SEPARATOR ', '), 'base')"
  const table = whereThere(
    versionTable.name,
    name => name,
    "(SELECT '' AS version_num FROM DUAL WHERE FALSE) AS nothing",
  )
  const halfway =
    ledger === undefined
      ? literal('NULL')
      : whereThere(ledger.name, name => `(${halfwayQuery(name)})`, 'NULL')
  return `CONCAT(
  ${literal(`SELECT ${heads}, ${origin}, ${isStart}, ${isEnd}, `)},
  ${halfway},
  ' INTO @limbeck_heads, @limbeck_origin, @limbeck_is_start, @limbeck_is_end, @limbeck_halfway FROM ',
  ${table})`
}

function whereThere(name: QualifiedName, sql: (name: string) => string, otherwise: string): string {
  const schema = name.schema === undefined ? 'DATABASE()' : literal(name.schema)
  return `IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = ${schema} AND table_name = ${literal(name.name)}), ${literal(sql(quoteQualified(name)))}, ${literal(otherwise)})`
}

/** What there is to say, in as many characters as SIGNAL takes; NULL at the start. */
function verdict(way: OfflineWay): string {
  const words = guardWords(way)
  const { done, elsewhere, hint, halfway, halfwayHint } = words
  const origin = '@limbeck_origin'
  const whatNext = hintFor(words, origin, `CONCAT(${around(hint, origin)})`, literal)
  const advice = literal(` ${halfwayHint}`)
  return `LEFT(CASE
  WHEN @limbeck_is_end THEN ${literal(done)}
  WHEN NOT @limbeck_is_start THEN CONCAT(${around(elsewhere, '@limbeck_heads')}, ' ', ${whatNext})
  WHEN @limbeck_halfway IS NOT NULL THEN CONCAT(${around(halfway, '@limbeck_halfway')}, ${advice})
END, 500)`
}

const around = ([before, after]: Around, value: string): string =>
  `${literal(before)}, ${value}, ${literal(after)}`
