import type { Connection, CountedPart, RowCount } from '../dialect.ts'
import { quote, quoteQualified, stringLiteral } from './quoting.ts'

/** Rows that are counted one by one, of a part and of all together; of more the planner's guess will do. */
const limits = { each: 100_000, together: 1_000_000 }

/**
 * Counts rows in single statements, so that a transaction of somebody else's is left alone, and in a
 * time that does not grow with the tables.
 */
export async function countRows(
  connection: Connection,
  parts: readonly CountedPart[],
): Promise<RowCount[]> {
  const states = await connection.queryAll(parts.map(({ table }) => stateQuery(table)))
  const isReadable = parts.map((_, index) => states[index]!.rows[0]!.readable as boolean | null)
  const guesses = await ask(connection, parts, isReadable, part => `EXPLAIN (FORMAT JSON) ${part}`)
  let together = 0
  const isSmall = guesses.map(answer => {
    const guess = plannedRows(answer)
    together += guess
    return guess <= limits.each && together <= limits.together
  })
  const counts = await ask(connection, parts, isSmall, counting)
  return parts.map((_, index): RowCount => {
    if (isReadable[index] === null) return { isThere: false }
    if (isReadable[index] === false) return { isThere: true }
    const counted = Number(counts[index]?.n ?? Number.POSITIVE_INFINITY)
    if (counted <= limits.each) return { isThere: true, rows: counted }
    return {
      isThere: true,
      rows: Math.max(plannedRows(guesses[index]), limits.each),
      isAbout: true,
    }
  })
}

function stateQuery(table: CountedPart['table']): string {
  const name = stringLiteral(quoteQualified(table))
  return `SELECT has_table_privilege(to_regclass(${name}), 'SELECT') AS readable`
}

type Answer = Readonly<Record<string, unknown>> | undefined

/** Asks the chosen parts a question; the first row of each answer, in the parts' order. */
async function ask(
  connection: Connection,
  parts: readonly CountedPart[],
  isChosen: readonly (boolean | null)[],
  question: (selection: string) => string,
): Promise<Answer[]> {
  const chosen = parts.flatMap((part, index) => (isChosen[index] ? [{ part, index }] : []))
  const results = await connection.queryAll(chosen.map(({ part }) => question(selection(part))))
  const answers: Answer[] = parts.map(() => undefined)
  for (const [at, { index }] of chosen.entries()) answers[index] = results[at]!.rows[0]
  return answers
}

function selection({ table, column }: CountedPart): string {
  const values = column === undefined ? '' : ` WHERE ${quote(column)} IS NOT NULL`
  return `SELECT FROM ${quoteQualified(table)}${values}`
}

const counting = (rows: string) =>
  `SELECT count(*) AS n FROM (${rows} LIMIT ${limits.each + 1}) AS some`

function plannedRows(answer: Answer): number {
  const plan = answer?.['QUERY PLAN'] as readonly { Plan: { 'Plan Rows': number } }[] | undefined
  return plan?.[0]?.Plan['Plan Rows'] ?? 0
}
