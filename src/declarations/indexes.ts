import {
  type Index,
  type IndexElement,
  type QualifiedName,
  quoteIdentifier,
} from '../schema/index.ts'
import {
  type Branded,
  brand,
  compact,
  invalid,
  type NameInput,
  qualifiedName,
} from './declaration.ts'
import { type ConstraintName, namePart } from './final-name.ts'
import { isSql, type Sql, type SqlText, sqlText } from './sql.ts'

/** A column of the table being declared, as `t => […]` offers it, with its place in an index. */
export class ColumnRef {
  readonly element: IndexElement

  constructor(element: IndexElement) {
    this.element = compact(element)
  }

  asc(): ColumnRef {
    return new ColumnRef({ ...this.element, order: 'asc' })
  }

  desc(): ColumnRef {
    return new ColumnRef({ ...this.element, order: 'desc' })
  }

  nullsFirst(): ColumnRef {
    return new ColumnRef({ ...this.element, nulls: 'first' })
  }

  nullsLast(): ColumnRef {
    return new ColumnRef({ ...this.element, nulls: 'last' })
  }

  /** The operator class, as SQL: `text_pattern_ops`. */
  opclass(opclass: string, options?: Parameters): ColumnRef {
    return new ColumnRef({ ...this.element, opclass, opclassOptions: parameters(options) })
  }

  collate(collation: string): ColumnRef {
    return new ColumnRef({ ...this.element, collation })
  }
}

/** A column where only its name counts. */
export type ColumnInput = string | ColumnRef

/** The name of a column. */
export function columnOf(input: ColumnInput): string {
  return typeof input === 'string' ? input : (input.element.column ?? '')
}

/** Storage parameters and the like: numbers and booleans are spelled for the database. */
export type Parameters = Readonly<Record<string, string | number | boolean>>

/** Parameters as the schema keeps them. */
export function parameters(input: Parameters | undefined): Record<string, string> | undefined {
  if (input === undefined) return undefined
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, String(value)]))
}

/** One key of an index: a column, an expression, or either with its order and operator class. */
export type IndexElementInput = ColumnInput | Sql | DetailedElement

export interface DetailedElement
  extends Omit<IndexElement, 'column' | 'expression' | 'opclassOptions'> {
  readonly column?: string | undefined
  readonly expression?: SqlText | undefined
  readonly opclassOptions?: Parameters | undefined
}

/** One key of an index, as the schema keeps it. */
export function indexElement(input: IndexElementInput): IndexElement {
  if (typeof input === 'string') return { column: input }
  if ('element' in input) return input.element
  if (isSql(input)) return { expression: input.sql }
  const { expression, opclassOptions, ...rest } = input
  return compact({
    ...rest,
    expression: expression === undefined ? undefined : sqlText(expression),
    opclassOptions: parameters(opclassOptions),
  })
}

/** A column or expression as SQL, where the schema keeps only text. */
export function elementText(input: ColumnInput | Sql): string {
  return isSql(input) ? input.sql : quoteIdentifier(columnOf(input))
}

/** An index without its table. */
export type IndexBody = Omit<Index, 'kind' | 'schema' | 'table'>

/** Describes an index; every call gives a new builder. */
export class IndexBuilder {
  readonly [brand]: Branded = 'index'
  readonly body: IndexBody

  constructor(body: IndexBody) {
    this.body = compact(body)
  }

  /** Its keys, in order. */
  on(...elements: readonly IndexElementInput[]): IndexBuilder {
    return this.#with({ elements: elements.map(indexElement) })
  }

  unique(): IndexBuilder {
    return this.#with({ unique: true })
  }

  /** Its method: `gin`, `gist`, `brin`, `hash`, … */
  using(method: string): IndexBuilder {
    return this.#with({ method })
  }

  /** Only the rows that fulfil a condition. */
  where(condition: Sql): IndexBuilder {
    return this.#with({ where: sqlText(condition) })
  }

  /** Columns carried along, not searched. */
  include(...columns: readonly ColumnInput[]): IndexBuilder {
    return this.#with({ include: columns.map(columnOf) })
  }

  /** Storage parameters: `{ fillfactor: 70 }`. */
  with(options: Parameters): IndexBuilder {
    return this.#with({ options: parameters(options) })
  }

  nullsNotDistinct(): IndexBuilder {
    return this.#with({ nullsNotDistinct: true })
  }

  tablespace(tablespace: string): IndexBuilder {
    return this.#with({ tablespace })
  }

  comment(comment: string): IndexBuilder {
    return this.#with({ comment })
  }

  /** Built without blocking writes. */
  concurrently(): IndexBuilder {
    return this.#with({ concurrently: true })
  }

  /** Only on a partitioned table itself, not on its partitions. */
  only(): IndexBuilder {
    return this.#with({ only: true })
  }

  /** A partition's index: the parent's index that it becomes a part of. */
  attachedTo(parent: NameInput): IndexBuilder {
    return this.#with({ attachedTo: qualifiedName(parent) })
  }

  /** The table is clustered by it. */
  clustered(): IndexBuilder {
    return this.#with({ clustered: true })
  }

  /** Statistics targets of its expressions, by position from 1. */
  statistics(targets: Readonly<Record<number, number>>): IndexBuilder {
    return this.#with({ statistics: targets })
  }

  #with(change: Partial<IndexBody>): IndexBuilder {
    return new IndexBuilder({ ...this.body, ...change })
  }
}

/** Declares an index; without a name, the database chooses one. */
export function index(name?: ConstraintName): IndexBuilder {
  return new IndexBuilder({ ...namePart(name), elements: [] })
}

/** An index in its table. */
export function indexOn(table: QualifiedName, body: IndexBody): Index {
  const { name, ...rest } = body
  if (body.elements.length > 0) {
    return compact({ kind: 'index', schema: table.schema, table: table.name, name, ...rest })
  }
  throw invalid(
    `index ${name ?? 'without a name'} of table ${table.name}`,
    'it has no columns.',
    'Call .on(…).',
  )
}
