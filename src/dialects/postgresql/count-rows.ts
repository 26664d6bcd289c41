import type { TablePart } from '../../operations/dropped-parts.ts'
import type { Connection, RowCount } from '../dialect.ts'
import { quote, quoteQualified, stringLiteral } from './quoting.ts'

/** Rows that are counted one by one, of a part and of all together; of more the planner's guess will do. */
const limits = { each: 100_000, together: 1_000_000 }

/**
 * Counts rows in single statements, so that a transaction of somebody else's is left alone, and in a
 * time that does not grow with the tables.
 */
export async function countRows(
  connection: Connection,
  parts: readonly TablePart[],
): Promise<RowCount[]> {
  const states = await connection.queryAll(parts.map(stateQuery))
  const isReadable = parts.map((_, index) => states[index]!.rows[0]!.readable as boolean | null)
  const guesses = await ask(connection, parts, isReadable, part => `EXPLAIN (FORMAT JSON) ${part}`)
  const counts = await ask(connection, parts, guesses.map(withinLimits()), counting)
  return parts.map((_, index): RowCount => {
    if (!isReadable[index]) return { isThere: isReadable[index] !== null }
    const counted = counts[index] && Number(counts[index].n)
    if (counted !== undefined && counted <= limits.each) return { isThere: true, rows: counted }
    const rows = Math.max(plannedRows(guesses[index]), counted ?? 0)
    return { isThere: true, rows, isAbout: true }
  })
}

/** Whether what the planner expects may be counted, after all that came before. */
function withinLimits(): (guess: Answer) => boolean {
  let together = 0
  return guess => {
    const rows = plannedRows(guess)
    const isWithin =
      guess !== undefined && rows <= limits.each && together + rows <= limits.together
    if (isWithin) together += rows
    return isWithin
  }
}

/** Whether it may be read; NULL where it is not there. */
function stateQuery({ table, column }: TablePart): string {
  const name = `to_regclass(${stringLiteral(quoteQualified(table))})`
  const readable = `has_table_privilege(${name}, 'SELECT')`
  if (column === undefined) return `SELECT ${readable} AS readable`
  const exists = `EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${name} AND attname = ${stringLiteral(column)})`
  return `SELECT CASE WHEN ${exists} THEN ${readable} END AS readable`
}

type Answer = Readonly<Record<string, unknown>> | undefined

/** Asks the chosen parts a question; the first row of each answer, in the parts' order. */
async function ask(
  connection: Connection,
  parts: readonly TablePart[],
  isChosen: readonly (boolean | null)[],
  question: (selection: string) => string,
): Promise<Answer[]> {
  const chosen = parts.flatMap((part, index) => (isChosen[index] ? [{ part, index }] : []))
  const results = await connection.queryAll(chosen.map(({ part }) => question(selection(part))))
  const answers: Answer[] = parts.map(() => undefined)
  for (const [at, { index }] of chosen.entries()) answers[index] = results[at]!.rows[0]
  return answers
}

function selection({ table, column }: TablePart): string {
  const values = column === undefined ? '' : ` WHERE ${quote(column)} IS NOT NULL`
  return `SELECT FROM ${quoteQualified(table)}${values}`
}

const counting = (rows: string) =>
  `SELECT count(*) AS n FROM (${rows} LIMIT ${limits.each + 1}) AS found`

function plannedRows(answer: Answer): number {
  const plan = answer?.['QUERY PLAN'] as readonly { Plan: { 'Plan Rows': number } }[] | undefined
  return plan?.[0]?.Plan['Plan Rows'] ?? 0
}
