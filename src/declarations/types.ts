import {
  type Collation,
  type CompositeAttribute,
  type CompositeType,
  type Domain,
  type EnumType,
  type QualifiedName,
  quoteIdentifier,
  type RangeType,
} from '../schema/index.ts'
import { checked, placeOf, takes } from './checked.ts'
import {
  type AnyColumn,
  ColumnBuilder,
  type ColumnRecord,
  type ColumnTypes,
  defaultValue,
  plainColumn,
  specOf,
  sqlType,
} from './columns.ts'
import type { CheckBuilder } from './constraints.ts'
import { compact, Declaration, invalid, twinIn } from './declaration.ts'
import { type Parameters, parameters } from './indexes.ts'
import { type DeclaredRename, noteRenames } from './renamed-from.ts'
import * as is from './shapes.ts'
import type { Sql } from './sql.ts'

/** What most types may be told beside their content. */
export interface TypeOptions {
  readonly schema?: string | undefined
  readonly comment?: string | undefined
}

/** What an enum may be told beside its values. */
export interface EnumOptions<V extends string = string> extends TypeOptions {
  /** What it was called before: autogenerate renames it, where the database still has that name. */
  readonly renamedFrom?: string | undefined
  /** What values were called before: `{ active: 'open' }`. */
  readonly valuesRenamedFrom?: { readonly [K in V]?: string } | undefined
}

const plain = { schema: is.name, comment: is.text } satisfies is.ShapesOf<TypeOptions>

/** What an enum is told. */
export const enumTakes = takes({ name: is.name, values: is.listOf(is.text, 'a list of texts') }, {
  ...plain,
  renamedFrom: is.name,
  valuesRenamedFrom: is.recordOf(is.text),
} satisfies is.ShapesOf<EnumOptions>)

/** A declared enum: also the builder of columns that have it. */
export class EnumDeclaration<V extends string = string> extends ColumnBuilder<V, V> {
  readonly object: EnumType

  constructor(object: EnumType) {
    super({ ...specOf(typeName(object), { enumValues: object.values }), uses: object })
    this.object = object
  }
}

/** Declares an enum; in a table it is a column of that type. */
export function enumType<const V extends string>(
  name: string,
  values: readonly V[],
  options: EnumOptions<V> = {},
): EnumDeclaration<V> {
  const place = placeOf('enum', name)
  checked(place, enumTakes, [name, values], options)
  requireDistinct(values, place)
  const { schema, comment } = options
  const object: EnumType = compact({ kind: 'enum', schema, name, values, comment })
  return new EnumDeclaration(noteRenames(object, enumRenames(name, options)))
}

function enumRenames(to: string, options: EnumOptions): DeclaredRename[] {
  const { renamedFrom: from, valuesRenamedFrom = {} } = options
  const own: DeclaredRename[] = from === undefined ? [] : [{ kind: 'enum', from, to }]
  const values = Object.entries(valuesRenamedFrom).flatMap(([value, before]) =>
    before === undefined ? [] : [{ kind: 'enumValue' as const, from: before, to: value }],
  )
  return [...own, ...values]
}

/** Refuses a list of an enum's values that has one twice. */
export function requireDistinct(values: readonly string[], place: string): void {
  const twin = twinIn(values)
  if (twin !== undefined)
    throw invalid(place, `the value '${twin}' is given twice.`, 'Give each value once.')
}

/** A declared domain: also the builder of columns that have it. */
export class DomainDeclaration<S = unknown, W = S> extends ColumnBuilder<S, W> {
  readonly object: Domain

  constructor(object: Domain) {
    super({ ...specOf(typeName(object)), uses: object })
    this.object = object
  }
}

export interface DomainOptions extends TypeOptions {
  readonly notNull?: boolean | undefined
  readonly default?: string | number | bigint | boolean | Sql | undefined
  readonly collation?: string | undefined
  readonly checks?: readonly CheckBuilder[] | undefined
}

/** What a domain is told. */
export const domainTakes = takes({ name: is.name, base: is.columnType }, {
  ...plain,
  notNull: is.truth,
  default: is.anything,
  collation: is.name,
  checks: is.listOf(is.check, 'a list of check(…)'),
} satisfies is.ShapesOf<DomainOptions>)

/** Declares a domain over a type, given as a builder or by name; in a table it is a column of it. */
export function domain<T extends AnyColumn>(
  name: string,
  base: T,
  options?: DomainOptions,
): DomainDeclaration<ColumnTypes<T>[0], ColumnTypes<T>[1]>
export function domain(name: string, base: string, options?: DomainOptions): DomainDeclaration
export function domain(
  name: string,
  base: AnyColumn | string,
  options: DomainOptions = {},
): DomainDeclaration {
  checked(placeOf('domain', name), domainTakes, [name, base], options)
  const { schema, notNull = false, collation, comment, checks = [] } = options
  return new DomainDeclaration(
    compact({
      kind: 'domain',
      schema,
      name,
      type: sqlType(base, `domain ${name}`),
      notNull,
      default: defaultValue(options.default, `domain ${name}`),
      collation,
      checks: checks.map(({ body }) => domainCheck(body)),
      comment,
    }),
  )
}

function domainCheck({ name, expression, notValid, comment }: CheckBuilder['body']) {
  return compact({ name, expression, notValid, comment })
}

/** What a composite type is told. */
export const compositeTakes = takes({ name: is.name, attributes: is.columns }, plain)

/** Declares a composite type; its attributes are columns without constraints. */
export function compositeType(
  name: string,
  attributes: ColumnRecord,
  options: TypeOptions = {},
): Declaration<CompositeType> {
  const place = placeOf('composite type', name)
  const { schema, comment } = checked(place, compositeTakes, [name, attributes], options)
  const entries = Object.entries(attributes)
  return new Declaration({
    kind: 'compositeType',
    schema,
    name,
    attributes: entries.map(([key, builder]) => attribute(builder, key, name)),
    comment,
  })
}

function attribute(builder: AnyColumn, key: string, owner: string): CompositeAttribute {
  const { name, type, collation, comment } = plainColumn(builder, key, `${owner}.${key}`)
  return compact({ name, type, collation, comment })
}

export interface RangeTypeOptions extends TypeOptions {
  /** subtype_opclass, collation, canonical, subtype_diff, multirange_type_name. */
  readonly options?: Parameters | undefined
}

/** What a range type is told. */
export const rangeTakes = takes({ name: is.name, subtype: is.columnType }, {
  ...plain,
  options: is.parameters,
} satisfies is.ShapesOf<RangeTypeOptions>)

/** Declares a range type over a type, given as a builder or by name. */
export function rangeType(
  name: string,
  subtype: AnyColumn | string,
  told: RangeTypeOptions = {},
): Declaration<RangeType> {
  const place = placeOf('range type', name)
  const { schema, comment, options } = checked(place, rangeTakes, [name, subtype], told)
  return new Declaration({
    kind: 'rangeType',
    schema,
    name,
    subtype: sqlType(subtype, `range type ${name}`),
    options: parameters(options),
    comment,
  })
}

/** What a collation is told. */
export const collationTakes = takes({ name: is.name, properties: is.parameters }, plain)

/** Declares a collation: provider, locale, lc_collate, lc_ctype, deterministic, rules. */
export function collation(
  name: string,
  properties: Parameters,
  options: TypeOptions = {},
): Declaration<Collation> {
  const place = placeOf('collation', name)
  const { schema, comment } = checked(place, collationTakes, [name, properties], options)
  const spelled = parameters(properties) ?? {}
  return new Declaration({ kind: 'collation', schema, name, options: spelled, comment })
}

/** A type's name as a column spells it. */
function typeName({ schema, name }: QualifiedName): string {
  const own = quoteIdentifier(name)
  return schema === undefined ? own : `${quoteIdentifier(schema)}.${own}`
}
