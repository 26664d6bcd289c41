import type {
  Column,
  DefaultValue,
  Domain,
  EnumType,
  Expression,
  Identity,
  LiteralValue,
  NotNullConstraint,
} from '../schema/index.ts'
import { checked, takes } from './checked.ts'
import type { ConstraintBody } from './constraints.ts'
import { type Branded, brand, compact, invalid, isBranded, whatIs } from './declaration.ts'
import { type ConstraintName, namePart } from './final-name.ts'
import {
  type ReferenceInput,
  type ReferenceOptions,
  readReference,
  referenceTakes,
} from './references.ts'
import { identityOf, type SequenceInput, sequenceNumbers } from './sequences.ts'
import * as is from './shapes.ts'
import { isSql, type Sql, type SqlText, sqlText } from './sql.ts'

declare const columnTypes: unique symbol
declare const columnName: unique symbol
const spec: unique symbol = Symbol.for('limbeck.column') as never

/** Whether an insert gives a column: 0 it must, 1 it may (there is a default), 2 it cannot. */
export type InsertMode = 0 | 1 | 2

/** Any column builder. */
export interface AnyColumn {
  /** For the compiler only: what is read, what is written, whether it may be null, InsertMode. */
  readonly [columnTypes]: readonly [unknown, unknown, boolean, InsertMode]
}

/** A column builder whose name is not its key in the record. */
export interface NamedColumn<T extends AnyColumn, K extends string> extends AnyColumn {
  readonly [columnTypes]: T[typeof columnTypes]
  readonly [columnName]: K
}

/** What the compiler knows about a column: read type, write type, nullable, InsertMode. */
export type ColumnTypes<T extends AnyColumn> = T[typeof columnTypes]

/** The name a column has in the database: its key, unless it was given another. */
export type NameOf<K, T> = T extends { readonly [columnName]: infer N } ? N : K

/** The columns of a table, by key; the key is the name. */
export type ColumnRecord = Readonly<Record<string, AnyColumn>>

/** What may stand in `.default(…)` beside SQL: a plain value of the column's type. */
export type DefaultOf<W> = unknown extends W
  ? string | number | bigint | boolean
  : W extends string | number | bigint | boolean
    ? W
    : W extends readonly unknown[]
      ? `{${string}}`
      : string

/** Types that a column brings along: an enum or a domain is declared where it is used. */
export type UsedType = EnumType | Domain

/** Everything a column builder has been told. */
export interface ColumnSpec {
  readonly column: Omit<Column, 'name' | 'default'>
  readonly default?: LiteralValue | Expression | undefined
  readonly name?: string | undefined
  readonly constraints: readonly ColumnConstraint[]
  readonly uses?: UsedType | undefined
  readonly renamedFrom?: string | undefined
}

/** A constraint written on a column: its column is understood. */
export type ColumnConstraint =
  | { readonly type: 'primaryKey' | 'unique'; readonly name?: ConstraintName | undefined }
  | {
      readonly type: 'check'
      readonly name?: ConstraintName | undefined
      readonly expression: string
    }
  | { readonly type: 'foreignKey'; readonly to: ReferenceInput; readonly options: ReferenceOptions }

/** What a builder comes to once its column has a name. */
export interface DeclaredColumn {
  readonly column: Column
  readonly constraints: readonly ConstraintBody[]
  readonly uses?: UsedType | undefined
  /** What it was called before, for autogenerate. */
  readonly renamedFrom?: string | undefined
}

/** How a generated column is kept. */
export interface GeneratedOptions {
  /** false: computed when it is read (PostgreSQL 18 and newer). */
  readonly stored?: boolean | undefined
}

/** Options of an identity column: those of its sequence, and whether an insert may override it. */
export interface IdentityInput extends SequenceInput {
  /** true: GENERATED ALWAYS. */
  readonly always?: boolean | undefined
  readonly sequenceName?: string | undefined
  /** Whether its sequence is unlogged, where that is not as with its table. */
  readonly unlogged?: boolean | undefined
}

/** What an identity is told. */
export const identityOptions = {
  always: is.truth,
  sequenceName: is.name,
  unlogged: is.truth,
  ...sequenceNumbers,
} satisfies is.ShapesOf<IdentityInput>

const name = { name: is.optional(is.constraintName) }

const methods = {
  notNull: takes({
    constraint: is.optional(
      is.either(
        is.name,
        is.fields({ name: is.name, inherited: is.truth, notValid: is.truth, noInherit: is.truth }),
      ),
    ),
  }),
  primaryKey: takes(name),
  unique: takes(name),
  check: takes({ condition: is.sqlAfter('CHECK'), ...name }),
  references: referenceTakes,
  identity: takes({}, identityOptions),
  generatedAs: takes({ expression: is.sqlAfter('GENERATED') }, {
    stored: is.truth,
  } satisfies is.ShapesOf<GeneratedOptions>),
  array: takes({ dimensions: is.optional(is.dimensions) }),
  collate: takes({ collation: is.name }),
  comment: takes({ comment: is.text }),
  storage: takes({ storage: is.columnStorage }),
  compression: takes({ compression: is.compression }),
  statistics: takes({ statistics: is.number }),
  renamedFrom: takes({ name: is.name }),
  named: takes({ name: is.name }),
}

/** What a method of a column is told, once it is what it has to be. */
function told<O extends object>(
  method: keyof typeof methods,
  given: readonly unknown[],
  options: O = {} as O,
): O {
  return checked(`.${method}(…)`, methods[method], given, options)
}

/**
 * Describes a column; every call gives a new builder. The type parameters: what is read (S), what
 * may be written (W), whether it may be null (N), whether an insert must give it (M).
 */
export class ColumnBuilder<S, W, N extends boolean = true, M extends InsertMode = 0>
  implements AnyColumn
{
  declare readonly [columnTypes]: readonly [S, W, N, M]
  readonly [brand]: Branded = 'column'
  readonly [spec]: ColumnSpec

  constructor(told: ColumnSpec) {
    this[spec] = told
  }

  /** NOT NULL; the argument names the constraint or says its state, where the database keeps them. */
  notNull(constraint?: string | NotNullConstraint): ColumnBuilder<S, W, false, M> {
    told('notNull', [constraint])
    const named = typeof constraint === 'string' ? { name: constraint } : constraint
    return change(this, { notNull: true, ...(named ? { notNullConstraint: named } : {}) })
  }

  /** The table's primary key is this column alone. */
  primaryKey(name?: ConstraintName): ColumnBuilder<S, W, false, M> {
    told('primaryKey', [name])
    return constrain(change(this, { notNull: true }), { type: 'primaryKey', name })
  }

  /** No two rows have the same value here. */
  unique(name?: ConstraintName): ColumnBuilder<S, W, N, M> {
    told('unique', [name])
    return constrain(this, { type: 'unique', name })
  }

  /** A condition that every row fulfils. */
  check(condition: Sql, name?: ConstraintName): ColumnBuilder<S, W, N, M> {
    told('check', [condition, name])
    return constrain(this, { type: 'check', name, expression: sqlText(condition) })
  }

  /** A foreign key: `'users.id'`, or `{ schema, table, column }`. */
  references(to: ReferenceInput, options: ReferenceOptions = {}): ColumnBuilder<S, W, N, M> {
    told('references', [to], options)
    return constrain(this, { type: 'foreignKey', to, options })
  }

  /** The value of a row that gives none: a plain value or SQL. */
  default(value: DefaultOf<W> | (N extends true ? null : never) | Sql): ColumnBuilder<S, W, N, 1> {
    return new ColumnBuilder({ ...this[spec], default: value as LiteralValue | Sql })
  }

  /** The database numbers the rows. */
  identity(options: IdentityInput & { readonly always: true }): ColumnBuilder<S, W, false, 2>
  identity(options?: IdentityInput): ColumnBuilder<S, W, false, 1>
  identity(input: IdentityInput = {}): ColumnBuilder<S, W, false, InsertMode> {
    const { always = false, sequenceName, unlogged, ...options } = told('identity', [], input)
    const numbers = identityOf(options)
    const identity: Identity = compact({ always, sequenceName, unlogged, ...numbers })
    return change(this, { notNull: true, identity })
  }

  /** Computed from other columns of the row, and stored unless told otherwise. */
  generatedAs(expression: Sql, options: GeneratedOptions = {}): ColumnBuilder<S, W, N, 2> {
    told('generatedAs', [expression], options)
    return change(this, {
      generated: { expression: sqlText(expression), stored: options.stored ?? true },
    })
  }

  /** An array of this type; `dimensions` above one are for the reader, PostgreSQL keeps none. */
  array<D extends 1 | 2 | 3 = 1>(
    dimensions?: D,
  ): ColumnBuilder<ArrayOf<S, D>, ArrayOf<W, D>, N, M> {
    told('array', [dimensions])
    return change(this, { type: this[spec].column.type + '[]'.repeat(dimensions ?? 1) })
  }

  collate(collation: string): ColumnBuilder<S, W, N, M> {
    told('collate', [collation])
    return change(this, { collation })
  }

  comment(comment: string): ColumnBuilder<S, W, N, M> {
    told('comment', [comment])
    return change(this, { comment })
  }

  /** PostgreSQL: how large values are kept. */
  storage(storage: NonNullable<Column['storage']>): ColumnBuilder<S, W, N, M> {
    told('storage', [storage])
    return change(this, { storage })
  }

  /** PostgreSQL: TOAST compression, `pglz` or `lz4`. */
  compression(compression: string): ColumnBuilder<S, W, N, M> {
    told('compression', [compression])
    return change(this, { compression })
  }

  /** PostgreSQL: the statistics target. */
  statistics(statistics: number): ColumnBuilder<S, W, N, M> {
    told('statistics', [statistics])
    return change(this, { statistics })
  }

  /** The column comes from a parent table (INHERITS) and is not declared again. */
  inherited(): ColumnBuilder<S, W, N, M> {
    return change(this, { inherited: true })
  }

  /** What it was called before: autogenerate renames it, where the database still has that name. */
  renamedFrom(name: string): ColumnBuilder<S, W, N, M> {
    told('renamedFrom', [name])
    return new ColumnBuilder({ ...this[spec], renamedFrom: name })
  }

  /** Says what TypeScript should take the values for; the database is not told. */
  typed<S2, W2 = S2>(): ColumnBuilder<S2, W2, N, M> {
    return change(this, {})
  }

  /** Gives the column another name than its key; the last call of a chain. */
  named<const K extends string>(name: K): NamedColumn<ColumnBuilder<S, W, N, M>, K> {
    told('named', [name])
    return new ColumnBuilder({ ...this[spec], name }) as never
  }
}

type ArrayOf<T, D extends 1 | 2 | 3> = D extends 1 ? T[] : D extends 2 ? T[][] : T[][][]

type AnyBuilder = { readonly [spec]: ColumnSpec }

function change<S, W, N extends boolean, M extends InsertMode>(
  builder: AnyBuilder,
  column: Partial<Column>,
): ColumnBuilder<S, W, N, M> {
  const told = builder[spec]
  return new ColumnBuilder({ ...told, column: { ...told.column, ...column } })
}

function constrain<S, W, N extends boolean, M extends InsertMode>(
  builder: AnyBuilder,
  constraint: ColumnConstraint,
): ColumnBuilder<S, W, N, M> {
  const told = builder[spec]
  return new ColumnBuilder({ ...told, constraints: [...told.constraints, constraint] })
}

/** What a new builder of a type has been told. */
export function specOf(type: string, told: Partial<ColumnSpec['column']> = {}): ColumnSpec {
  return { column: { type, notNull: false, ...told }, constraints: [] }
}

/** Whether a value is a column builder. */
export function isColumn(value: unknown): value is AnyColumn {
  return isBranded(value, 'column')
}

/** What a builder has been told; `place` names the column in the error of anything else. */
export function toldOf(builder: AnyColumn, place: string): ColumnSpec {
  if (isColumn(builder)) return (builder as AnyColumn & AnyBuilder)[spec]
  throw invalid(
    place,
    `the column is ${whatIs(builder)}, not a builder.`,
    'Write a column with a builder such as integer(), or type(…) for any other type.',
  )
}

/** The SQL type that a builder stands for. */
export function sqlType(builder: AnyColumn | SqlText, place: string): string {
  if (typeof builder === 'string' || isSql(builder)) return sqlText(builder)
  return toldOf(builder, place).column.type
}

/** The column and the constraints that a builder stands for, under its key in `table`. */
export function declareColumn(builder: AnyColumn, key: string, table: string): DeclaredColumn {
  const told = toldOf(builder, `${table}.${key}`)
  const name = told.name ?? key
  const place = `${table}.${name}`
  requireOneSource(told, place)
  return {
    column: compact({ name, ...told.column, default: defaultValue(told.default, place) }),
    constraints: told.constraints.map(part => constraintBody(part, name, place)),
    uses: told.uses,
    renamedFrom: told.renamedFrom,
  }
}

/** Refuses a column that would get its values from two places. */
function requireOneSource({ column, default: value }: ColumnSpec, place: string): void {
  const sources = [
    ...(value === undefined ? [] : ['a default']),
    ...(column.identity === undefined ? [] : ['an identity']),
    ...(column.generated === undefined ? [] : ['an expression that it is generated from']),
  ]
  if (sources.length > 1)
    throw invalid(place, `it has ${sources.join(' and ')}.`, 'A column takes one of them.')
}

/** A column alone, where no constraint can be written on it. */
export function plainColumn(builder: AnyColumn, name: string, place: string): Column {
  const told = toldOf(builder, place)
  if (told.constraints.length === 0) return declareColumn(builder, name, place).column
  throw invalid(place, 'a constraint cannot be written here.', 'Leave it out of this description.')
}

/** A default as the schema keeps it: SQL, or a literal that the dialect spells. */
export function defaultValue(value: unknown, place: string): DefaultValue | undefined {
  if (value === undefined || isSql(value)) return value
  if (value === null || ['string', 'bigint', 'boolean'].includes(typeof value)) {
    return { value: value as LiteralValue }
  }
  if (typeof value === 'number' && Number.isFinite(value)) return { value }
  throw invalid(
    place,
    `the default is ${typeof value === 'number' ? value : whatIs(value)}.`,
    'A default is a string, number, bigint, boolean, null or sql`…`.',
  )
}

function constraintBody(part: ColumnConstraint, column: string, place: string): ConstraintBody {
  switch (part.type) {
    case 'foreignKey':
      return foreignKeyBody(part.to, part.options, column, place)
    case 'check':
      return { type: 'check', ...namePart(part.name), expression: part.expression }
    default:
      return { type: part.type, ...namePart(part.name), columns: [column] }
  }
}

function foreignKeyBody(
  to: ReferenceInput,
  options: ReferenceOptions,
  column: string,
  place: string,
): ConstraintBody {
  const { name, ...rest } = options
  const references = readReference(to, place)
  return compact({ type: 'foreignKey', ...namePart(name), columns: [column], references, ...rest })
}
