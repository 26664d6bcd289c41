import { kindOfDropped } from '../../operations/identity.ts'
import type {
  AlterObject,
  CreateOperation,
  DropOperation,
  PlainKind,
  ReplaceOperation,
} from '../../operations/operation.ts'
import type { Index, ObjectOf } from '../../schema/index.ts'
import { type Entry, options, type RenderContext } from './context.ts'
import { indexCode } from './indexes.ts'
import { array, type Code, call, object } from './layout.ts'
import { text } from './literals.ts'
import * as others from './others.ts'
import type { PlainKindCode } from './plain-kinds.ts'
import { policies } from './policies.ts'
import { aggregates, routines } from './routines.ts'
import { sequences } from './sequences.ts'
import * as triggers from './triggers.ts'
import * as types from './types.ts'
import { materializedViews, views } from './views.ts'

const kinds: { readonly [K in PlainKind]: PlainKindCode<K> } = {
  schema: others.schemas,
  extension: others.extensions,
  collation: types.collations,
  enum: types.enums,
  domain: types.domains,
  compositeType: types.compositeTypes,
  rangeType: types.rangeTypes,
  sequence: sequences,
  view: views,
  materializedView: materializedViews,
  routine: routines,
  aggregate: aggregates,
  trigger: triggers.triggers,
  rule: triggers.rules,
  policy: policies,
  statistics: others.statistics,
  eventTrigger: triggers.eventTriggers,
  publication: others.publications,
  verbatim: others.verbatimObjects,
}

type AnyObject = ObjectOf<PlainKind>

const codeOf = (kind: PlainKind) => kinds[kind] as unknown as PlainKindCode<PlainKind>

/** `op.createView(…)`. */
export function createCall(operation: CreateOperation, context: RenderContext): Code {
  const { object, ifNotExists, uncheckedBody, keepRights } = operation
  const { positions } = codeOf(object.kind)
  const entries = [
    ...objectEntries(object, context),
    ...context.entries({ ifNotExists, uncheckedBody, keepRights }),
  ]
  return call(`op.create${wordOf(object)}`, ...positions(object, context), ...options(entries))
}

/** `op.replaceView(…)`. */
export function replaceCall(operation: ReplaceOperation, context: RenderContext): Code {
  const { object, existing, uncheckedBody } = operation
  const { positions } = codeOf(object.kind)
  const entries = [
    ...objectEntries(object, context),
    ...context.entries({ uncheckedBody }),
    ...existingEntries(existing, context),
  ]
  return call(`op.replace${wordOf(object)}`, ...positions(object, context), ...options(entries))
}

/** `op.alterObject(domain(…), { existing: domain(…) })`. */
export function alterObjectCall(
  { object: wanted, existing }: AlterObject,
  context: RenderContext,
): Code {
  const entries: Entry[] = [['existing', declarationCode(existing, context)]]
  return call('op.alterObject', modelCode(wanted, context), object(entries))
}

/** `op.dropView(…)`; what was there is left out where this only undoes. */
export function dropCall(operation: DropOperation, context: RenderContext): Code {
  const { object, existing, ifExists, cascade, keepRights } = operation
  const kind = kindOfDropped(operation)
  const { word, identity } = codeOf(kind)
  const { schema, signature } = object
  const isTold = existing !== undefined && !context.omitExisting
  const isSigned = isTold && 'signature' in existing && existing.signature === signature
  const entries = [
    ...context.entries({ schema: context.schema(schema) }),
    ...context.entries({ signature: isSigned ? undefined : signature }),
    ...context.entries({ ifExists, cascade, keepRights }),
    ...(isTold ? existingEntries(existing, context) : []),
  ]
  const directive = `op.drop${typeof word === 'string' ? word : word(object.type)}`
  return call(directive, ...(identity?.(object) ?? [text(object.name)]), ...options(entries))
}

/** `view(…)` as `existing` holds it: its schema is that of the directive. */
function declarationCode(object: AnyObject, context: RenderContext): Code {
  const { declaration, positions, entries, declarationEntries } = codeOf(object.kind)
  const own = [...(declarationEntries?.(object, context) ?? []), ...entries(object, context)]
  return context.call(declaration, ...positions(object, context), ...options(own))
}

/** `view(…)` as models hold it, with its schema; a materialized view with its indexes. */
export function modelCode(
  object: AnyObject,
  context: RenderContext,
  indexes: readonly Index[] = [],
): Code {
  const { declaration, positions, declarationEntries } = codeOf(object.kind)
  const entries = [
    ...objectEntries(object, context),
    ...(declarationEntries?.(object, context) ?? []),
    ...indexesEntry(indexes, context),
  ]
  return context.call(declaration, ...positions(object, context), ...options(entries))
}

function indexesEntry(indexes: readonly Index[], context: RenderContext): Entry[] {
  if (indexes.length === 0) return []
  return [['indexes', array(indexes.map(index => indexCode(index, context)))]]
}

function existingEntries(existing: AnyObject | undefined, context: RenderContext): Entry[] {
  return existing === undefined ? [] : [['existing', declarationCode(existing, context)]]
}

function objectEntries(object: AnyObject, context: RenderContext): Entry[] {
  const schema = 'schema' in object ? context.schema(object.schema) : undefined
  return [...context.entries({ schema }), ...codeOf(object.kind).entries(object, context)]
}

function wordOf(object: AnyObject): string {
  const { word } = codeOf(object.kind)
  return typeof word === 'string' ? word : word('type' in object ? object.type : undefined)
}
