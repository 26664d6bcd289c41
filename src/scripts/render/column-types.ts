import * as builders from '../../declarations/column-types.ts'
import { type AnyColumn, sqlType } from '../../declarations/columns.ts'
import { parseTypeName } from '../../operations/type-names.ts'
import { quoteIdentifier } from '../../schema/index.ts'
import type { RenderContext } from './context.ts'
import { type Code, call, chain } from './layout.ts'
import { text } from './literals.ts'

type Builder = (...args: (number | string)[]) => AnyColumn

const { type: _, decimal: __, ...named } = builders
const byName = named as Readonly<Record<string, Builder>>

/** The builders by the type that they stand for: `double precision` → doublePrecision. */
const builderNames = new Map(
  Object.entries(byName).map(([name, build]) => [sqlType(build(), name), name]),
)

const numbered = new Set(['smallserial', 'serial', 'bigserial'])

/** Types that an extension brings: a schema's own type of this name is the same one. */
const fromExtensions = new Set(['citext'])

/** Types of pg_catalog beside those of the builders; a user's type of such a name needs its schema. */
const otherCatalogTypes = new Set(
  `aclitem bool bpchar cid float4 float8 gtsvector int2 int2vector int4 int8 name oidvector
  pg_node_tree record refcursor tid timestamp txid_snapshot void xid`.split(/\s+/),
)

/** A type as a builder: `varchar(255)`, `text().array()`, or `type('…')` for any other. */
export function typeCode(type: string, context: RenderContext, mayNumber = false): Code {
  const own = withoutDefaultSchema(type, context)
  const { base, arguments: sizes, array } = parseTypeName(own)
  const dimensions = array.length / 2
  const declared = context.declaredType(type.slice(0, type.length - array.length))
  if (declared !== undefined) return arrayOf(declared, dimensions)
  const element = dimensions === 0 ? own : own.slice(0, -array.length)
  const isPlainArray = array === '[]'.repeat(dimensions) && dimensions <= 3
  const code = isPlainArray ? builderCode(element, base, sizes, context) : undefined
  if (code === undefined || (numbered.has(own) && !mayNumber))
    return context.call('type', text(own))
  return arrayOf(code, dimensions)
}

function arrayOf(element: Code, dimensions: number): Code {
  if (dimensions === 0) return element
  return chain(element, [call('.array', ...(dimensions === 1 ? [] : [String(dimensions)]))])
}

/** The call of the builder that stands for exactly this type, if there is one. */
function builderCode(
  type: string,
  base: string,
  sizes: readonly number[],
  context: RenderContext,
): Code | undefined {
  const fields = /^interval (.+)$/.exec(type)?.[1]
  const name = fields === undefined ? builderNames.get(base) : 'interval'
  const build = name === undefined ? undefined : byName[name]
  if (name === undefined || build === undefined) return undefined
  const args = fields === undefined ? sizes : [fields]
  if (sqlType(build(...args), name) !== type) return undefined
  return context.call(name, ...args.map(arg => (typeof arg === 'string' ? text(arg) : String(arg))))
}

/** A type of the default schema by its bare name, unless that would mean one of the catalog's. */
function withoutDefaultSchema(type: string, { defaultSchema }: RenderContext): string {
  const prefix = `${quoteIdentifier(defaultSchema)}.`
  if (!type.startsWith(prefix)) return type
  const bare = type.slice(prefix.length)
  return isCatalogType(parseTypeName(bare).base) ? type : bare
}

function isCatalogType(base: string): boolean {
  return (builderNames.has(base) && !fromExtensions.has(base)) || otherCatalogTypes.has(base)
}
