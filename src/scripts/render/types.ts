import type { CompositeAttribute, Domain, DomainCheck } from '../../schema/index.ts'
import { typeCode } from './column-types.ts'
import { columnCode, columnKeys } from './columns.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { defaultCode } from './defaults.ts'
import { array, type Code, object } from './layout.ts'
import { keyOf, text } from './literals.ts'
import { parameterValues } from './parameters.ts'
import type { PlainKindCode } from './plain-kinds.ts'

export const enums: PlainKindCode<'enum'> = {
  word: 'Enum',
  declaration: 'enumType',
  positions: ({ name, values }, context) => [text(name), context.value(values)],
  entries: ({ comment }, context) => context.entries({ comment }),
}

export const domains: PlainKindCode<'domain'> = {
  word: 'Domain',
  declaration: 'domain',
  positions: ({ name, type }, context) => [text(name), typeCode(type, context)],
  entries: (domain, context) => [
    ...context.entries({ notNull: domain.notNull || undefined, collation: domain.collation }),
    ...domainDefault(domain, context),
    ...domainChecks(domain, context),
    ...context.entries({ comment: domain.comment }),
  ],
}

function domainDefault({ default: value, type }: Domain, context: RenderContext): Entry[] {
  return value === undefined ? [] : [['default', defaultCode(value, type, context)]]
}

function domainChecks({ checks }: Domain, context: RenderContext): Entry[] {
  if (checks.length === 0) return []
  return [['checks', array(checks.map(check => domainCheck(check, context)))]]
}

function domainCheck(
  { name, expression, notValid, comment }: DomainCheck,
  context: RenderContext,
): Code {
  const states = options(context.entries({ notValid, comment }))
  const own = name === undefined ? 'undefined' : text(name)
  return context.call('check', own, context.sql(expression), ...states)
}

export const compositeTypes: PlainKindCode<'compositeType'> = {
  word: 'CompositeType',
  declaration: 'compositeType',
  positions: ({ name, attributes }, context) => [text(name), attributesCode(attributes, context)],
  entries: ({ comment }, context) => context.entries({ comment }),
}

function attributesCode(attributes: readonly CompositeAttribute[], context: RenderContext): Code {
  const keys = columnKeys(attributes)
  const entries = attributes.map((attribute): Entry => {
    const key = keys.get(attribute.name) ?? attribute.name
    return [keyOf(key), columnCode({ notNull: false, ...attribute }, context, [], key)]
  })
  return object(entries, true)
}

export const rangeTypes: PlainKindCode<'rangeType'> = {
  word: 'RangeType',
  declaration: 'rangeType',
  positions: ({ name, subtype }, context) => [text(name), typeCode(subtype, context)],
  entries: ({ options, comment }, context) =>
    context.entries({ options: parameterValues(options), comment }),
}

export const collations: PlainKindCode<'collation'> = {
  word: 'Collation',
  declaration: 'collation',
  positions: ({ name, options }, context) => [text(name), context.value(options)],
  entries: ({ comment }, context) => context.entries({ comment }),
}
