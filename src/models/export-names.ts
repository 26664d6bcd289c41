import * as columnTypes from '../declarations/column-types.ts'
import type { SchemaObject } from '../schema/index.ts'

/** What an exported constant stands for, as its name needs it. */
type Named = Exclude<SchemaObject, { kind: 'constraint' | 'index' }>

/** Words that no constant may be called: JavaScript's own, and those of limbeck that a module imports. */
const reserved = new Set([
  ...`arguments await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for function if implements import in instanceof interface let new
    null package private protected public return static super switch this throw true try typeof
    undefined var void while with yield`.split(/\s+/),
  ...Object.keys(columnTypes),
  ...`aggregate check collation compositeType domain enumType eventTrigger exclude extension
    finalName foreignKey index materializedView policy primaryKey publication rangeType routine rule
    schema sequence sql statistics table trigger unique verbatim view`.split(/\s+/),
])

/** Kinds in the order in which they get the names that they want. */
const precedence: readonly Named['kind'][] = [
  'table',
  'view',
  'materializedView',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'schema',
  'sequence',
  'routine',
  'aggregate',
]

const last = {
  domain: 'Type',
  enum: 'Type',
  routine: 'Function',
  materializedView: 'View',
} as const

/** The names of the constants that declare objects: all of a project's models are exported together. */
export function exportNames(objects: readonly Named[], defaultSchema: string): Map<Named, string> {
  const names = new Map<Named, string>()
  const taken = new Set<string>()
  const take = (object: Named, name: string) => {
    names.set(object, name)
    taken.add(name)
  }
  for (const group of byPrecedence(objects)) {
    for (const [wish, wishing] of byWish(group, 0, defaultSchema)) {
      const first = wishing.length === 1 ? wishing[0] : wishing.find(isPlain(defaultSchema))
      if (first !== undefined && isFree(wish, taken)) take(first, wish)
    }
    for (const object of group) {
      if (names.has(object)) continue
      const wishes = wishesOf(object, defaultSchema).slice(1)
      take(object, wishes.find(wish => isFree(wish, taken)) ?? numbered(wishes.at(-1)!, taken))
    }
  }
  return names
}

const isFree = (name: string, taken: ReadonlySet<string>): boolean =>
  /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) && !reserved.has(name) && !taken.has(name)

function byPrecedence(objects: readonly Named[]): Named[][] {
  const named = precedence.map(kind => objects.filter(object => object.kind === kind))
  return [...named, objects.filter(({ kind }) => !precedence.includes(kind))]
}

function byWish(
  objects: readonly Named[],
  position: number,
  defaultSchema: string,
): Map<string, Named[]> {
  const groups = new Map<string, Named[]>()
  for (const object of objects) {
    const wish = wishesOf(object, defaultSchema)[position] ?? ''
    groups.set(wish, [...(groups.get(wish) ?? []), object])
  }
  return groups
}

/** Of several that want a name it is the one of the default schema that gets it. */
const isPlain =
  (defaultSchema: string) =>
  (object: Named): boolean =>
    !('table' in object) && (!('schema' in object) || object.schema === defaultSchema)

/** Names for an object, the best one first: its own, with its table or schema, with its kind. */
function wishesOf(object: Named, defaultSchema: string): string[] {
  const own = ownName(object)
  const schema = 'schema' in object && object.schema !== defaultSchema ? [object.schema ?? ''] : []
  const table = 'table' in object ? [typeof object.table === 'string' ? object.table : ''] : []
  const kind = last[object.kind as keyof typeof last] ?? object.kind
  return [
    [own],
    [...table, own],
    [...schema, ...table, own],
    [own, kind],
    [...schema, ...table, own, kind],
  ].map(camelCase)
}

function ownName(object: Named): string {
  if (object.kind !== 'verbatim') return object.name
  return `${object.type.toLowerCase()} ${object.identity}`
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) if (isFree(`${name}${count}`, taken)) return `${name}${count}`
}

/** `order_items` → `orderItems`; words that have capitals keep them. */
function camelCase(parts: readonly string[]): string {
  const words = parts.flatMap(part => part.match(/[\p{L}\p{N}$]+/gu) ?? [])
  const [first = '', ...rest] = words.map(word =>
    /\p{Ll}/u.test(word) ? word : word.toLowerCase(),
  )
  const name = [lowerFirst(first), ...rest.map(upperFirst)].join('')
  return /^[\p{ID_Start}$]/u.test(name) ? name : `_${name}`
}

const upperFirst = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
const lowerFirst = (word: string): string => word.slice(0, 1).toLowerCase() + word.slice(1)
