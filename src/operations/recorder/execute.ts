import type { Kysely } from 'kysely'
import type { DialectName } from '../../config/dialect-name.ts'
import { isRecord } from '../../config/shapes.ts'
import { compact, invalid, whatIs } from '../../declarations/declaration.ts'
import { type SqlText, sqlText } from '../../declarations/sql.ts'
import { missingParameter } from '../bind-literals.ts'
import type { Execute, Operation, RunCallback } from '../operation.ts'
import { replacePlaceholders } from '../placeholders.ts'

export interface ExecuteOptions {
  /** Values of `$1`, `$2`, …, or by name those of `:id`, `:email`, … */
  readonly parameters?: readonly unknown[] | Readonly<Record<string, unknown>> | undefined
  /** SQL that undoes it. */
  readonly reverse?: SqlText | undefined
}

export function execute(
  sql: SqlText,
  { parameters, reverse }: ExecuteOptions,
  dialect: DialectName,
): Operation {
  return compact({
    kind: 'execute',
    ...bound(sqlText(sql), parameters, dialect),
    reverse: reverse === undefined ? undefined : sqlText(reverse),
  })
}

/** Values that are given by name get a number each time that they are named. */
function bound(
  sql: string,
  given: ExecuteOptions['parameters'],
  dialect: DialectName,
): Pick<Execute, 'sql' | 'parameters'> {
  if (given === undefined) return { sql }
  if (isList(given)) return { sql: numbered(sql, given.length, dialect), parameters: given }
  if (!isRecord(given))
    throw invalid('op.execute', `its parameters are ${whatIs(given)}.`, 'Give a list or an object.')
  const used: string[] = []
  const text = replacePlaceholders(sql, 'named', dialect, (placeholder, name) => {
    if (!Object.hasOwn(given, name))
      throw missingParameter(sql, placeholder, Object.keys(given).length)
    return `$${used.push(name)}`
  })
  const unused = Object.keys(given).find(name => !used.includes(name))
  if (unused !== undefined)
    throw invalid('op.execute', `a value is given for :${unused}, which the SQL does not name.`)
  return { sql: text, parameters: used.map(name => given[name]) }
}

/** SQL that names each of its values by its number: what nobody names is a slip, or meant for `?`. */
function numbered(sql: string, count: number, dialect: DialectName): string {
  const named = new Set<number>()
  replacePlaceholders(sql, 'positional', dialect, (placeholder, position) => {
    named.add(Number(position))
    return placeholder
  })
  const unused = Array.from({ length: count }, (_, at) => at + 1).find(at => !named.has(at))
  if (unused !== undefined)
    throw invalid(
      'op.execute',
      `its SQL does not name $${unused}, and ${count} value${count === 1 ? ' is' : 's are'} given.`,
      'Values stand for $1, $2, … in every database; by name for :id, :email, ….',
    )
  const missing = Math.max(0, ...named)
  if (missing > count || named.has(0))
    throw missingParameter(sql, `$${named.has(0) ? 0 : missing}`, count)
  return sql
}

const isList = (given: NonNullable<ExecuteOptions['parameters']>): given is readonly unknown[] =>
  Array.isArray(given)

/** The session that a migration runs on, the same for every database. */
export interface RunConnection {
  /** Runs one statement. */
  query<T = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<{ readonly rows: T[]; readonly rowCount: number }>
  /** The driver's own client, for what this does not cover. */
  readonly driver: unknown
  /** Kysely on this session, in the step's transaction. The project has to have it installed. */
  kysely<DB>(): Promise<Kysely<DB>>
  /**
   * Drizzle on this session, in the step's transaction; `config` is Drizzle's own (`schema`, `casing`,
   * `logger`), and `D` the type of what comes back: `PgDatabase<PgQueryResultHKT, typeof schema>`.
   */
  drizzle<D>(config?: object): Promise<D>
}

export interface RunOptions {
  /** What `--sql` prints in its place. */
  readonly offline?: SqlText | undefined
  /** May be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
}

export function run(callback: RunCallback, { offline, scratch }: RunOptions): Operation {
  return compact({
    kind: 'run',
    callback,
    offline: offline === undefined ? undefined : sqlText(offline),
    scratch,
  })
}
