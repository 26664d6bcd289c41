import type { DatabaseSchema, EnumType, SchemaObject, Sequence } from '../../schema/index.ts'
import { withoutComments } from '../comments.ts'
import { isEqual, without } from '../equal.ts'
import { close, closeness } from './closeness.ts'
import { type Likeness, nameReason, tableLikeness } from './table-likeness.ts'

/** How much an object that goes is like one that comes; undefined where nobody would take one for the other. */
export function objectLikeness(
  before: SchemaObject,
  after: SchemaObject,
  isOnly: boolean,
): Likeness | undefined {
  if (before.kind === 'table' && after.kind === 'table') return tableLikeness(before, after)
  if (before.kind === 'enum' && after.kind === 'enum') return enumLikeness(before, after)
  const names = closeness(nameOf(before), nameOf(after))
  if (!isEqual(definitionOf(before), definitionOf(after))) return undefined
  // Sequences are all alike.
  if (before.kind === 'sequence' && names < close && !isOnly) return undefined
  return { likeness: 0.7 + 0.3 * names, reasons: ['the same definition', ...nameReason(names)] }
}

/** What an object is, without its name and comments, and without the names of a domain's checks. */
export function definitionOf(object: SchemaObject): object {
  const definition = without(withoutComments(object) as SchemaObject & { name?: string }, 'name')
  if (object.kind !== 'domain') return definition
  return { ...definition, checks: object.checks.map(check => without(check, 'name', 'comment')) }
}

const nameOf = (object: SchemaObject): string => ('name' in object ? (object.name ?? '') : '')

function enumLikeness(before: EnumType, after: EnumType): Likeness | undefined {
  const names = closeness(before.name, after.name)
  const shared = after.values.filter(value => before.values.includes(value)).length
  const most = Math.max(before.values.length, after.values.length)
  const share = most === 0 ? 0 : shared / most
  if (share < 0.5) return undefined
  return {
    likeness: 0.7 * share + 0.3 * names,
    reasons: [`${shared} of ${most} values agree`, ...nameReason(names)],
  }
}

/** How much a value that goes is like one that comes. */
export function valueLikeness(
  [before, value]: readonly [readonly string[], string],
  [after, newValue]: readonly [readonly string[], string],
  isOnly: boolean,
): Likeness | undefined {
  const names = closeness(value, newValue)
  const isSamePlace = before.indexOf(value) === after.indexOf(newValue)
  const likeness = 0.5 * names + (isSamePlace ? 0.35 : 0) + (isOnly ? 0.2 : 0)
  if (likeness < 0.35) return undefined
  const reasons = [...(isSamePlace ? ['the same place'] : []), ...nameReason(names)]
  return { likeness: Math.min(1, likeness), reasons }
}

/** How much of what a schema holds is in another under the same names. */
export function schemaLikeness(
  [current, name]: readonly [DatabaseSchema, string],
  [target, newName]: readonly [DatabaseSchema, string],
): Likeness | undefined {
  const [before, after] = [contentsOf(current, name), contentsOf(target, newName)]
  const shared = [...after].filter(content => before.has(content)).length
  const most = Math.max(before.size, after.size)
  if (most === 0 || shared / most < 0.5) return undefined
  const names = closeness(name, newName)
  return {
    likeness: (0.8 * shared) / most + 0.2 * names,
    reasons: [`${shared} of ${most} objects have the same names`, ...nameReason(names)],
  }
}

function contentsOf({ objects }: DatabaseSchema, schema: string): Set<string> {
  const own = [...objects.values()].filter(
    object => 'schema' in object && object.schema === schema && !isPart(object),
  )
  return new Set(own.map(object => `${object.kind} ${nameOf(object)}`))
}

/** Names of parts may be the database's own choice. */
const isPart = ({ kind }: SchemaObject): boolean => kind === 'constraint' || kind === 'index'

/** Whether a sequence is the one behind a column: it goes by that column. */
export const isOwned = (object: SchemaObject | undefined): object is Sequence =>
  object?.kind === 'sequence' && object.ownedBy !== undefined
