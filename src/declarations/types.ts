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
import { compact, Declaration, invalid, requireList } from './declaration.ts'
import { type Parameters, parameters } from './indexes.ts'
import type { Sql } from './sql.ts'

/** What most types may be told beside their content. */
export interface TypeOptions {
  readonly schema?: string | undefined
  readonly comment?: string | undefined
}

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
  options: TypeOptions = {},
): EnumDeclaration<V> {
  requireList(values, `enum ${name}`, 'its values')
  const twin = values.find((value, index) => values.indexOf(value) !== index)
  if (twin !== undefined) throw invalid(`enum ${name}`, `the value '${twin}' is given twice.`)
  const { schema, comment } = options
  return new EnumDeclaration(compact({ kind: 'enum', schema, name, values, comment }))
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

/** Declares a composite type; its attributes are columns without constraints. */
export function compositeType(
  name: string,
  attributes: ColumnRecord,
  { schema, comment }: TypeOptions = {},
): Declaration<CompositeType> {
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

/** Declares a range type over a type, given as a builder or by name. */
export function rangeType(
  name: string,
  subtype: AnyColumn | string,
  { schema, comment, options }: RangeTypeOptions = {},
): Declaration<RangeType> {
  return new Declaration({
    kind: 'rangeType',
    schema,
    name,
    subtype: sqlType(subtype, `range type ${name}`),
    options: parameters(options),
    comment,
  })
}

/** Declares a collation: provider, locale, lc_collate, lc_ctype, deterministic, rules. */
export function collation(
  name: string,
  options: Parameters,
  { schema, comment }: TypeOptions = {},
): Declaration<Collation> {
  const spelled = parameters(options) ?? {}
  return new Declaration({ kind: 'collation', schema, name, options: spelled, comment })
}

/** A type's name as a column spells it. */
function typeName({ schema, name }: QualifiedName): string {
  const own = quoteIdentifier(name)
  return schema === undefined ? own : `${quoteIdentifier(schema)}.${own}`
}
