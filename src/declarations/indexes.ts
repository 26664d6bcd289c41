import {
  type Index,
  type IndexElement,
  type QualifiedName,
  quoteIdentifier,
} from '../schema/index.ts'
import { checked, takes } from './checked.ts'
import {
  type Branded,
  brand,
  compact,
  invalid,
  type NameInput,
  qualifiedName,
} from './declaration.ts'
import { type ConstraintName, namePart } from './final-name.ts'
import * as is from './shapes.ts'
import { isSql, type Sql, type SqlText, sqlText } from './sql.ts'

/** What the methods of a place in an index take. */
const refMethods = {
  opclass: takes({ opclass: is.name, options: is.optional(is.parameters) }),
  collate: takes({ collation: is.name }),
}

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
    checked('.opclass(…)', refMethods.opclass, [opclass, options])
    return new ColumnRef({ ...this.element, opclass, opclassOptions: parameters(options) })
  }

  collate(collation: string): ColumnRef {
    checked('.collate(…)', refMethods.collate, [collation])
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
  if ((rest.column === undefined) === (expression === undefined))
    throw invalid(
      'the key of an index',
      `it has ${expression === undefined ? 'neither' : 'both'} column and expression.`,
      'Give one of them.',
    )
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

const methods = {
  on: takes({ keys: is.listOf(is.indexKey, 'a list of keys') }),
  using: takes({ method: is.indexMethod }),
  where: takes({ condition: is.sqlAfter('WHERE') }),
  include: takes({ columns: is.listOf(is.column, 'a list of columns') }),
  with: takes({ parameters: is.parameters }),
  tablespace: takes({ tablespace: is.name }),
  comment: takes({ comment: is.text }),
  attachedTo: takes({ parent: is.qualified }),
  statistics: takes({ targets: is.recordOf(is.number) }),
}

function requireFor(method: keyof typeof methods, given: unknown): void {
  checked(`index(…).${method}(…)`, methods[method], [given])
}

/** Describes an index; every call gives a new builder. */
export class IndexBuilder {
  readonly [brand]: Branded = 'index'
  readonly body: IndexBody

  constructor(body: IndexBody) {
    this.body = compact(body)
  }

  /** Its keys, in order. */
  on(...elements: readonly IndexElementInput[]): IndexBuilder {
    requireFor('on', elements)
    return this.#with({ elements: elements.map(indexElement) })
  }

  unique(): IndexBuilder {
    return this.#with({ unique: true })
  }

  /** Its method: `gin`, `gist`, `brin`, `hash`, … */
  using(method: string): IndexBuilder {
    requireFor('using', method)
    return this.#with({ method })
  }

  /** Only the rows that fulfil a condition. */
  where(condition: Sql): IndexBuilder {
    requireFor('where', condition)
    return this.#with({ where: sqlText(condition) })
  }

  /** Columns carried along, not searched. */
  include(...columns: readonly ColumnInput[]): IndexBuilder {
    requireFor('include', columns)
    return this.#with({ include: columns.map(columnOf) })
  }

  /** Storage parameters: `{ fillfactor: 70 }`. */
  with(options: Parameters): IndexBuilder {
    requireFor('with', options)
    return this.#with({ options: parameters(options) })
  }

  nullsNotDistinct(): IndexBuilder {
    return this.#with({ nullsNotDistinct: true })
  }

  tablespace(tablespace: string): IndexBuilder {
    requireFor('tablespace', tablespace)
    return this.#with({ tablespace })
  }

  comment(comment: string): IndexBuilder {
    requireFor('comment', comment)
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
    requireFor('attachedTo', parent)
    return this.#with({ attachedTo: qualifiedName(parent) })
  }

  /** The table is clustered by it. */
  clustered(): IndexBuilder {
    return this.#with({ clustered: true })
  }

  /** Statistics targets of its expressions, by position from 1. */
  statistics(targets: Readonly<Record<number, number>>): IndexBuilder {
    requireFor('statistics', targets)
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
