import type { CompositeAttribute, CompositeType, RangeType } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { hasFeature } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { block, collate, commentOn, words } from './sql.ts'
import { unlessExists } from './unless-exists.ts'

/** Composite and range types. */
export const userTypes = {
  createCompositeType: ({ object, ifNotExists }) => [
    unlessExists(createCompositeType(object), ifNotExists),
    ...ownComment(object),
    ...object.attributes.flatMap(({ name, comment }) =>
      commentOn(`COLUMN ${quoteQualified(object)}.${quote(name)}`, comment),
    ),
  ],

  dropCompositeType: dropObject('compositeType'),

  createRangeType: ({ object, ifNotExists }, options) => [
    unlessExists(createRangeType(object, options), ifNotExists),
    ...ownComment(object),
  ],

  dropRangeType: dropObject('rangeType'),
} satisfies Partial<CompileTable>

function createCompositeType(type: CompositeType): string {
  return `CREATE TYPE ${quoteQualified(type)} AS ${block(type.attributes.map(attribute))}`
}

function attribute({ name, type, collation }: CompositeAttribute): string {
  return words(quote(name), type, collate(collation))
}

/** Before PostgreSQL 14 a range type has no multirange type whose name could be chosen. */
function createRangeType(type: RangeType, options: CompileOptions): string {
  const chosen = Object.entries(type.options ?? {}).filter(
    ([name]) => name !== 'multirange_type_name' || hasFeature('multiranges', options),
  )
  const entries = [['subtype', type.subtype], ...chosen].map(
    ([name, value]) => `${name} = ${value}`,
  )
  return `CREATE TYPE ${quoteQualified(type)} AS RANGE ${block(entries)}`
}
