import type { Kysely } from 'kysely'
import { compact } from '../../declarations/declaration.ts'
import { type SqlText, sqlText } from '../../declarations/sql.ts'
import type { Operation, RunCallback } from '../operation.ts'

export interface ExecuteOptions {
  /** Values of `$1`, `$2`, … */
  readonly parameters?: readonly unknown[] | undefined
  /** SQL that undoes it. */
  readonly reverse?: SqlText | undefined
}

export function execute(sql: SqlText, { parameters, reverse }: ExecuteOptions): Operation {
  return compact({
    kind: 'execute',
    sql: sqlText(sql),
    parameters,
    reverse: reverse === undefined ? undefined : sqlText(reverse),
  })
}

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
