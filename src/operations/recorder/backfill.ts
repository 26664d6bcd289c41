import { compact, invalid, whatIs } from '../../declarations/declaration.ts'
import { isSql, type Sql, type SqlText, sqlText } from '../../declarations/sql.ts'
import type { DefaultValue, LiteralValue } from '../../schema/index.ts'
import type { Backfill, Operation, RunCallback } from '../operation.ts'

/** What each column gets: a plain value or sql`…`; or a whole SET clause, such as `a = b + 1`. */
export type SetInput = SqlText | Readonly<Record<string, LiteralValue | Sql>>

/** Which rows are filled, and how fast. */
interface WalkOptions {
  readonly schema?: string | undefined
  /** Only these rows; best something that is false once a row is done. */
  readonly where?: SqlText | undefined
  /** The columns or the name of a unique key to walk along; absent: the primary key. */
  readonly key?: string | readonly string[] | undefined
  /** Rows of the first batch (1,000); those that follow are as large as their time allows. */
  readonly batchSize?: number | undefined
  /** Milliseconds that a batch should take (300). */
  readonly batchTime?: number | undefined
  /** Milliseconds to wait between two batches. */
  readonly pause?: number | undefined
}

/** A backfill that SQL can say. */
export interface BackfillOptions extends WalkOptions {
  readonly set: SetInput
  /** What undoes it, in batches, too; null where nothing needs to be undone. */
  readonly reverse?: { readonly set: SetInput; readonly where?: SqlText | undefined } | null
}

/** A backfill that takes code; `context` is `{ connection, rows }`. */
export interface BackfillCodeOptions<C> extends WalkOptions {
  /** Works on the rows of one batch, inside its transaction. They are locked until it ends. */
  readonly run: (context: C) => Promise<void> | void
  /** The columns of `rows`; absent: all. */
  readonly columns?: readonly string[] | undefined
  /** What `--sql` prints in its place. */
  readonly offline?: SqlText | undefined
  /** May be called in scratch when history is replayed. */
  readonly scratch?: boolean | undefined
  readonly reverse?: BackfillOptions['reverse']
}

export function backfill(
  table: string,
  options: BackfillOptions | BackfillCodeOptions<never>,
): Operation {
  const place = `op.backfill('${table}')`
  const { schema, where, key, batchSize, batchTime, pause, reverse } = options
  for (const [name, value] of Object.entries({ batchSize, batchTime, pause }))
    requireNumber(value, name === 'pause' ? 0 : 1, `${place}: ${name}`)
  return compact({
    kind: 'backfill',
    schema,
    table,
    ...work(options, place),
    where: where === undefined ? undefined : sqlText(where),
    key: typeof key === 'string' ? key : key && [...key],
    batchSize,
    batchTime,
    pause,
    reverse: reverse && {
      set: assignments(reverse.set, place),
      ...(reverse.where === undefined ? {} : { where: sqlText(reverse.where) }),
    },
    ...(reverse === null && { reverse }),
  })
}

/** Either `set` or `run`. */
function work(
  options: BackfillOptions | BackfillCodeOptions<never>,
  place: string,
): Partial<Backfill> {
  const set: unknown = 'set' in options ? options.set : undefined
  const run: unknown = 'run' in options ? options.run : undefined
  if ((set === undefined) === (run === undefined))
    throw invalid(
      place,
      `it has ${set === undefined ? 'neither' : 'both'} \`set\` ${set === undefined ? 'nor' : 'and'} \`run\`.`,
      'Give one of them.',
    )
  if (run === undefined) return { set: assignments((options as BackfillOptions).set, place) }
  if (typeof run !== 'function') throw invalid(place, `run is ${whatIs(run)}, not a function.`)
  const { columns, offline, scratch } = options as BackfillCodeOptions<never>
  return {
    callback: run as RunCallback,
    columns,
    offline: offline === undefined ? undefined : sqlText(offline),
    scratch,
  }
}

function assignments(set: SetInput, place: string): NonNullable<Backfill['set']> {
  if (typeof set === 'string' || isSql(set)) return sqlText(set)
  if (typeof set !== 'object' || set === null) throw invalid(place, `set is ${whatIs(set)}.`)
  const columns = Object.entries(set).map(
    ([column, value]) => [column, plainValue(value, `${place}: ${column}`)] as const,
  )
  if (columns.length === 0) throw invalid(place, 'set names no column.')
  return Object.fromEntries(columns)
}

function plainValue(value: unknown, place: string): DefaultValue {
  if (isSql(value)) return value
  const isPlain: boolean =
    value === null ||
    Number.isFinite(value) ||
    ['string', 'bigint', 'boolean'].includes(typeof value)
  if (isPlain) return { value: value as LiteralValue }
  throw invalid(
    place,
    `its value is ${whatIs(value)}.`,
    'Give a string, number, bigint, boolean, null or sql`…`.',
  )
}

function requireNumber(value: unknown, least: number, place: string): void {
  if (value === undefined || (Number.isFinite(value) && (value as number) >= least)) return
  throw invalid(place, `it is ${String(value)}.`, `Give a number of at least ${least}.`)
}
