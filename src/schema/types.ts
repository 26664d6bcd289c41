import type { DefaultValue } from './expression.ts'
import type { QualifiedName } from './names.ts'

export interface EnumType extends QualifiedName {
  readonly kind: 'enum'
  readonly values: readonly string[]
  readonly comment?: string | undefined
}

export interface Domain extends QualifiedName {
  readonly kind: 'domain'
  readonly type: string
  readonly notNull: boolean
  readonly default?: DefaultValue | undefined
  readonly collation?: string | undefined
  readonly checks: readonly DomainCheck[]
  readonly comment?: string | undefined
}

export interface DomainCheck {
  readonly name?: string | undefined
  readonly expression: string
  readonly notValid?: boolean | undefined
  readonly comment?: string | undefined
}

export interface CompositeType extends QualifiedName {
  readonly kind: 'compositeType'
  readonly attributes: readonly CompositeAttribute[]
  readonly comment?: string | undefined
}

export interface CompositeAttribute {
  readonly name: string
  readonly type: string
  readonly collation?: string | undefined
  readonly comment?: string | undefined
}

export interface RangeType extends QualifiedName {
  readonly kind: 'rangeType'
  readonly subtype: string
  /** subtype_opclass, collation, canonical, subtype_diff, multirange_type_name: those that are not the default. */
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly comment?: string | undefined
}

/** A collation made by the user. */
export interface Collation extends QualifiedName {
  readonly kind: 'collation'
  /** provider, locale, lc_collate, lc_ctype, deterministic, rules. */
  readonly options: Readonly<Record<string, string>>
  readonly comment?: string | undefined
}
