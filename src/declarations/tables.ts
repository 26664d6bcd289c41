import type {
  Column,
  Constraint,
  Index,
  ReplicaIdentity,
  RowSecurity,
  Table,
} from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import { type ColumnRecord, declareColumn, type UsedType } from './columns.ts'
import { type ConstraintBody, type ConstraintBuilder, constraintOn } from './constraints.ts'
import {
  type Branded,
  brand,
  compact,
  invalid,
  isBranded,
  type NameInput,
  qualifiedName,
  twinIn,
  whatIs,
} from './declaration.ts'
import {
  ColumnRef,
  type IndexBody,
  type IndexBuilder,
  indexOn,
  type Parameters,
  parameters,
} from './indexes.ts'
import { type DeclaredRename, noteRenames } from './renamed-from.ts'
import * as is from './shapes.ts'

/** The columns of a table as `t => […]` offers them. */
export type ColumnRefs<C> = { readonly [K in keyof C]: ColumnRef }

/** What stands beside the columns of a table. */
export type TableElement = IndexBuilder | ConstraintBuilder

/** Gives the elements of a table, from its columns. */
export type TableExtra<C> = (t: ColumnRefs<C>) => readonly TableElement[]

/** Row security in a word, or exactly. */
export type RowSecurityInput = 'enabled' | 'forced' | 'disabled' | RowSecurity

/** A table's own properties. */
export interface TableOptions<S extends string = string> {
  readonly schema?: S | undefined
  readonly comment?: string | undefined
  readonly unlogged?: boolean | undefined
  /** Of a script alone: the table goes with the session. */
  readonly temporary?: boolean | undefined
  /** Storage parameters: `{ fillfactor: 70 }`. */
  readonly options?: Parameters | undefined
  /** What follows PARTITION BY: `RANGE (created_at)`. */
  readonly partitionBy?: string | undefined
  /** The parent, and what follows PARTITION OF: `FOR VALUES …` or `DEFAULT`. */
  readonly partitionOf?: { readonly parent: NameInput; readonly bounds: string } | undefined
  readonly inherits?: readonly NameInput[] | undefined
  /** The composite type of a typed table. */
  readonly ofType?: string | undefined
  readonly rowSecurity?: RowSecurityInput | undefined
  readonly replicaIdentity?: ReplicaIdentity | undefined
  readonly accessMethod?: string | undefined
  readonly tablespace?: string | undefined
  /** Of a model alone: what it was called before. Autogenerate renames it, where the database still has that name. */
  readonly renamedFrom?: string | undefined
}

/** What row security is told. */
export const rowSecurity: is.Shape = is.either(
  is.oneOf('enabled', 'forced', 'disabled'),
  is.fields({ enabled: is.needed(is.truth), forced: is.needed(is.truth) }),
)

/** What logical replication sends for an old row. */
export const replicaIdentity: is.Shape = is.either(
  is.oneOf('nothing', 'full'),
  is.fields({ index: is.needed(is.name) }),
)

/** What a table is told. */
export const tableTakes = takes({ name: is.name, columns: is.columns }, {
  schema: is.name,
  comment: is.text,
  unlogged: is.truth,
  temporary: is.truth,
  options: is.parameters,
  partitionBy: is.textAfter('PARTITION BY'),
  partitionOf: is.fields({
    parent: is.needed(is.qualified),
    bounds: is.needed(is.textAfter('PARTITION OF')),
  }),
  inherits: is.filledListOf(is.qualified, 'a list of names'),
  ofType: is.name,
  rowSecurity,
  replicaIdentity,
  accessMethod: is.name,
  tablespace: is.name,
  renamedFrom: is.name,
} satisfies is.ShapesOf<TableOptions>)

/** A table with everything written inside its declaration. */
export interface TableParts {
  readonly table: Table
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
  /** Enums and domains that its columns bring along. */
  readonly uses: readonly UsedType[]
}

/** A declared table; `columns` are the builders, by key. */
export class TableDeclaration<N extends string = string, C extends ColumnRecord = ColumnRecord> {
  /** For the compiler only: the table's name, with its schema where it has one. */
  declare readonly tableName?: N
  readonly [brand]: Branded = 'table'
  readonly columns: C
  readonly parts: TableParts

  constructor(columns: C, parts: TableParts) {
    this.columns = columns
    this.parts = parts
  }
}

/** The name a table has among all tables of a database: `users`, `auth.users`. */
export type QualifiedTableName<N extends string, S extends string> = S extends '' ? N : `${S}.${N}`

/**
 * Declares a table: its columns by name, then what stands beside them, then its own properties.
 * Without elements, the properties may follow the columns directly.
 */
export function table<const N extends string, C extends ColumnRecord, const S extends string = ''>(
  name: N,
  columns: C,
  extra: TableExtra<C>,
  options?: TableOptions<S>,
): TableDeclaration<QualifiedTableName<N, S>, C>
export function table<const N extends string, C extends ColumnRecord, const S extends string = ''>(
  name: N,
  columns: C,
  options?: TableOptions<S>,
): TableDeclaration<QualifiedTableName<N, S>, C>
export function table<C extends ColumnRecord>(
  name: string,
  columns: C,
  extra?: TableExtra<C> | TableOptions,
  options?: TableOptions,
): TableDeclaration<string, C> {
  const { elements, told } = afterColumns(placeOf('table', name), extra, options)
  return declareTable(name, columns, elements, told)
}

/**
 * What follows the columns of a table: its elements and its options, or its options alone. Whatever else
 * stands where the elements do would hide the options behind it.
 */
export function afterColumns<C, O extends object>(
  place: string,
  extra: TableExtra<C> | O | undefined,
  options: O | undefined,
): { readonly elements: TableExtra<C>; readonly told: O | undefined } {
  if (typeof extra === 'function') return { elements: extra, told: options }
  const isOptions = extra === undefined || (!Array.isArray(extra) && options === undefined)
  if (!isOptions) throw noElements(place, extra)
  return { elements: () => [], told: extra ?? options }
}

/** Whether a value is a declared table. */
export function isTable(value: unknown): value is TableDeclaration {
  return isBranded(value, 'table')
}

function declareTable<C extends ColumnRecord>(
  name: string,
  columns: C,
  extra: TableExtra<C>,
  told: TableOptions | undefined,
): TableDeclaration<string, C> {
  const options = checked<TableOptions>(placeOf('table', name), tableTakes, [name, columns], told)
  const declared = Object.entries(columns).map(([key, builder]) =>
    declareColumn(builder, key, name),
  )
  const own = declared.map(({ column }) => column)
  const place = { schema: options.schema, name }
  rejectTwins(name, own)
  const elements = extra(refsOf(name, columns, own))
  rejectStrangers(name, elements)
  const written = elements.filter(isConstraintBuilder).map(({ body }) => body)
  const constraints = [...declared.flatMap(part => part.constraints), ...written]
  const indexes = elements.filter(isIndexBuilder).map(({ body }) => body)
  rejectSecondKey(name, constraints)
  rejectNamesakes(name, constraints, indexes)
  if (!hasForeignColumns(options)) rejectUnknown(name, own, constraints, indexes)
  return new TableDeclaration(columns, {
    table: noteRenames(tableOf(name, own, options), [
      ...renameOf('table', options.renamedFrom, name),
      ...declared.flatMap(({ renamedFrom, column }) =>
        renameOf('column', renamedFrom, column.name),
      ),
    ]),
    constraints: constraints.map(body => constraintOn(place, body)),
    indexes: indexes.map(body => indexOn(place, body)),
    uses: declared.flatMap(({ uses }) => (uses ? [uses] : [])),
  })
}

const renameOf = (
  kind: DeclaredRename['kind'],
  from: string | undefined,
  to: string,
): DeclaredRename[] => (from === undefined ? [] : [{ kind, from, to }])

const isConstraintBuilder = (element: TableElement): element is ConstraintBuilder =>
  isBranded(element, 'constraint')

const isIndexBuilder = (element: TableElement): element is IndexBuilder =>
  isBranded(element, 'index')

/** The columns by their keys; a key that is none of them is refused where it is used. */
function refsOf<C extends ColumnRecord>(
  table: string,
  columns: C,
  own: readonly Column[],
): ColumnRefs<C> {
  const keys = Object.keys(columns)
  const refs = keys.map((key, index) => [key, new ColumnRef({ column: own[index]?.name })] as const)
  return new Proxy(Object.fromEntries(refs) as ColumnRefs<C>, {
    get(known, key) {
      if (typeof key === 'symbol' || Object.hasOwn(known, key)) return Reflect.get(known, key)
      const columnKeys = `Its columns are ${keys.join(', ') || 'none'}.`
      throw invalid(`table ${table}`, `it has no column ${key}.`, columnKeys)
    },
  })
}

const elementsHint = 'Write t => [index(…).on(t.id), unique(…).on(t.id)].'

const noElements = (place: string, given: unknown): Error =>
  invalid(place, `what follows its columns is ${whatIs(given)}.`, elementsHint)

function rejectStrangers(table: string, elements: unknown): void {
  if (!Array.isArray(elements)) throw noElements(`table ${table}`, elements)
  const stranger = elements.find(
    element => !isBranded(element, 'constraint') && !isBranded(element, 'index'),
  )
  if (elements.includes(stranger))
    throw invalid(
      `table ${table}`,
      `what follows its columns holds something that is neither an index nor a constraint: ${whatIs(stranger)}.`,
      elementsHint,
    )
}

function tableOf(name: string, columns: readonly Column[], options: TableOptions): Table {
  const { schema, partitionOf, inherits, rowSecurity, renamedFrom: _, ...rest } = options
  return compact({
    kind: 'table',
    schema,
    name,
    columns,
    ...rest,
    options: parameters(options.options),
    partitionOf: partitionOf && { ...partitionOf, parent: qualifiedName(partitionOf.parent) },
    inherits: inherits?.map(qualifiedName),
    rowSecurity: rowSecurity && readRowSecurity(rowSecurity),
  })
}

/** Row security exactly. */
export function readRowSecurity(input: RowSecurityInput): RowSecurity {
  if (typeof input !== 'string') return input
  return { enabled: input !== 'disabled', forced: input === 'forced' }
}

/** Columns may come from elsewhere: a parent, or a type. */
function hasForeignColumns({ partitionOf, inherits, ofType }: TableOptions): boolean {
  return partitionOf !== undefined || inherits !== undefined || ofType !== undefined
}

/** Refuses two columns of one name: `.named(…)` may give the name that is another's key. */
export function rejectTwins(table: string, columns: readonly Pick<Column, 'name'>[]): void {
  const twin = twinIn(columns.map(({ name }) => name))
  if (twin !== undefined)
    throw invalid(`${table}.${twin}`, 'two columns have this name.', 'Give one of them another.')
}

function rejectSecondKey(table: string, constraints: readonly ConstraintBody[]): void {
  const keys = constraints.filter(body => body.type === 'primaryKey')
  if (keys.length < 2) return
  const columns = keys.flatMap(key => key.columns)
  throw invalid(
    `table ${table}`,
    `it has ${keys.length} primary keys, of ${keys.map(key => key.columns.join(', ')).join(' and of ')}.`,
    `One key of several columns is t => [primaryKey().on(${columns.map(column => `t.${column}`).join(', ')})].`,
  )
}

function rejectNamesakes(
  table: string,
  constraints: readonly ConstraintBody[],
  indexes: readonly IndexBody[],
): void {
  for (const bodies of [constraints, indexes]) {
    const twin = twinIn(bodies.flatMap(({ name }) => name ?? []))
    if (twin === undefined) continue
    const what = bodies === indexes ? 'indexes' : 'constraints'
    throw invalid(`table ${table}`, `two ${what} are named ${twin}.`, 'Give one of them another.')
  }
}

function rejectUnknown(
  table: string,
  columns: readonly Column[],
  constraints: readonly ConstraintBody[],
  indexes: readonly IndexBody[],
): void {
  const known = new Set(columns.map(({ name }) => name))
  for (const body of [...constraints, ...indexes]) {
    const unknown = namesIn(body).find(name => !known.has(name))
    if (unknown === undefined) continue
    throw invalid(
      `table ${table}`,
      `${describe(body)} names the column ${unknown}, which the table does not have.`,
      `Its columns are ${[...known].join(', ') || 'none'}.`,
    )
  }
}

function namesIn(body: ConstraintBody | IndexBody): string[] {
  const columns = 'columns' in body ? body.columns : []
  const included = 'include' in body ? (body.include ?? []) : []
  const elements = 'elements' in body ? body.elements : []
  const keys = elements.flatMap(element => ('column' in element ? [element.column ?? ''] : []))
  return [...columns, ...included, ...keys]
}

function describe(body: ConstraintBody | IndexBody): string {
  return `${'type' in body ? body.type : 'index'}${body.name === undefined ? '' : ` ${body.name}`}`
}
