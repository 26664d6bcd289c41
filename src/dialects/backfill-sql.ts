import type { Backfill } from '../operations/operation.ts'
import { isExpression } from '../schema/index.ts'
import type { Dialect } from './dialect.ts'
import { parenthesized } from './sql-words.ts'

/** The part of a table between two keys: behind `after`, and up to `upTo`. */
export interface KeyRange {
  readonly after?: readonly string[] | undefined
  readonly upTo?: readonly string[] | undefined
}

/** What a backfill does as one statement; undefined where it takes code. */
export function wholeBackfill(operation: Backfill, dialect: Dialect): string | undefined {
  return operation.set === undefined ? undefined : updateOf(operation, dialect, [])
}

function updateOf(operation: Backfill, dialect: Dialect, ranges: readonly string[]): string {
  const { schema, table, set, where } = operation
  const name = dialect.quoteQualified({ schema, name: table })
  // Each on lines of its own: a comment at the end of the user's SQL must not swallow what follows.
  return [`UPDATE ${name}`, `SET ${assignments(set!, dialect)}`, ...conditions(ranges, where)].join(
    '\n',
  )
}

function assignments(set: NonNullable<Backfill['set']>, dialect: Dialect): string {
  if (typeof set === 'string') return set
  const columns = Object.entries(set).map(([column, value]) => {
    const sql = isExpression(value) ? value.sql : dialect.literal(value.value)
    return `${dialect.quote(column)} = ${sql}`
  })
  return columns.join(',\n  ')
}

function conditions(ranges: readonly string[], where: string | undefined): string[] {
  const all = [...ranges, ...(where === undefined ? [] : [parenthesized(where)])]
  return all.length === 0 ? [] : [`WHERE ${all.join('\n  AND ')}`]
}

/** The statements of a backfill that walks along a key. Keys are texts, as the database spells them. */
export class BackfillSql {
  readonly #operation: Backfill
  readonly #key: readonly string[]
  readonly #dialect: Dialect

  constructor(operation: Backfill, key: readonly string[], dialect: Dialect) {
    this.#operation = operation
    this.#key = key
    this.#dialect = dialect
  }

  /**
   * Asks for the last of the next rows in the order of the key, as `key_1`, `key_2`, …, and how many
   * these are, as `rows`. Nothing where there are none.
   */
  batch(after: readonly string[] | undefined, rows: number): string {
    const key = this.#columns.join(', ')
    const texts = this.#columns.map((column, at) => `CAST(b.${column} AS text) AS key_${at + 1}`)
    const last = this.#columns.map(column => `b.${column} DESC`)
    return (
      `SELECT ${texts.join(', ')}, count(*) OVER () AS rows FROM (SELECT ${key} FROM ${this.#table}` +
      `${where(this.#range({ after }))} ORDER BY ${key} LIMIT ${rows}) AS b ` +
      `ORDER BY ${last.join(', ')} LIMIT 1`
    )
  }

  update(range: KeyRange): string {
    return updateOf(this.#operation, this.#dialect, this.#range(range))
  }

  /** The rows of a range that code is given; they stay locked until it is done with them. */
  rows(range: KeyRange): string {
    const { columns, where: condition } = this.#operation
    const names = columns?.map(column => this.#dialect.quote(column)).join(', ') ?? '*'
    return [
      `SELECT ${names} FROM ${this.#table}`,
      ...conditions(this.#range(range), condition),
      `ORDER BY ${this.#columns.join(', ')}`,
      ...(this.#dialect.rowLock === undefined ? [] : [this.#dialect.rowLock]),
    ].join('\n')
  }

  get #table(): string {
    const { schema, table } = this.#operation
    return this.#dialect.quoteQualified({ schema, name: table })
  }

  get #columns(): string[] {
    return this.#key.map(column => this.#dialect.quote(column))
  }

  #range({ after, upTo }: KeyRange): string[] {
    return [
      ...(after === undefined ? [] : [this.#compared('>', after)]),
      ...(upTo === undefined ? [] : [this.#compared('<=', upTo)]),
    ]
  }

  /** One column is compared by itself: some databases use an index for that alone. */
  #compared(operator: string, key: readonly string[]): string {
    const values = key.map(text => this.#dialect.literal(text))
    if (values.length === 1) return `${this.#columns[0]} ${operator} ${values[0]}`
    return `(${this.#columns.join(', ')}) ${operator} (${values.join(', ')})`
  }
}

const where = (ranges: readonly string[]): string =>
  ranges.length === 0 ? '' : ` WHERE ${ranges.join(' AND ')}`
