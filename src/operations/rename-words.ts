import type { ObjectKind } from '../schema/index.ts'

/** Kinds of objects that can be found again under another name. */
export const renamableObjects = [
  'schema',
  'table',
  'view',
  'materializedView',
  'sequence',
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'routine',
  'constraint',
  'index',
] as const satisfies readonly ObjectKind[]

/** What a rename is about. */
export type RenameKind = (typeof renamableObjects)[number] | 'column' | 'enumValue'

/** One and the same thing under two names. */
export interface Rename {
  readonly kind: RenameKind
  /** Absent for a schema itself. */
  readonly schema?: string | undefined
  /** The table or the enum that it belongs to. */
  readonly of?: string | undefined
  /** Argument types of a routine. */
  readonly signature?: string | undefined
  readonly from: string
  readonly to: string
  /** The schema that a table moves to; absent: it stays. */
  readonly toSchema?: string | undefined
}

/** A rename in words: `users.nick=nickname`. What the words mean depends on what there is. */
export interface RenameWords {
  /** Absent: whatever the names fit. */
  readonly kind?: RenameKind | undefined
  /** The old name, after the names of what it belongs to. */
  readonly path: readonly string[]
  readonly to: string
  /** The schema before the new name, where that is no name that the old one stands in: a table may move there. */
  readonly toSchema?: string | undefined
  /** As it was written. */
  readonly text: string
}

const kindWords: Readonly<Record<string, RenameKind>> = {
  schema: 'schema',
  table: 'table',
  view: 'view',
  materializedView: 'materializedView',
  sequence: 'sequence',
  enum: 'enum',
  domain: 'domain',
  compositeType: 'compositeType',
  rangeType: 'rangeType',
  function: 'routine',
  procedure: 'routine',
  constraint: 'constraint',
  index: 'index',
  column: 'column',
  value: 'enumValue',
}

/** Reads the words of a rename; undefined where they are none. */
export function readRenameWords(text: string): RenameWords | undefined {
  const [, word, rest = ''] = /^(?:(\w+):)?(.*)$/s.exec(text.trim()) ?? []
  const named = word === undefined ? undefined : kindWords[word]
  if (word !== undefined && named === undefined) return undefined
  const [left, right, ...more] = splitNames(rest)
  if (left === undefined || right === undefined || more.length > 0) return undefined
  const to = right.at(-1)
  if (to === undefined) return undefined
  const isElsewhere = right.slice(0, -1).some((part, at) => part.name !== left[at]?.name)
  const isMove = left.length <= 2 && right.length === 2 && (isElsewhere || left.length === 1)
  if (!isMove && (isElsewhere || right.length > left.length)) return undefined
  const kind = named ?? (left.at(-1)?.isValue ? 'enumValue' : undefined)
  const words = { kind, path: left.map(({ name }) => name), to: to.name, text: text.trim() }
  return isMove ? { ...words, toSchema: right[0]!.name } : words
}

interface Name {
  readonly name: string
  /** In single quotes, as values are. */
  readonly isValue: boolean
}

/** The dotted names on the sides of each `=`; undefined sides where they are not well formed. */
function splitNames(text: string): (readonly Name[])[] {
  const name = /\s*(?:"((?:[^"]|"")+)"|'((?:[^']|'')*)'|([^\s.='"](?:[^.='"]*[^\s.='"])?))\s*/uy
  const sides: Name[][] = [[]]
  for (let at = 0; at <= text.length; ) {
    name.lastIndex = at
    const found = name.exec(text)
    if (found === null) return []
    const [whole, quoted, value, plain] = found
    const own = quoted?.replaceAll('""', '"') ?? value?.replaceAll("''", "'") ?? plain ?? ''
    sides.at(-1)!.push({ name: own, isValue: value !== undefined })
    at += whole.length
    const separator = text[at]
    if (separator === undefined) return sides
    if (separator === '=') sides.push([])
    else if (separator !== '.') return []
    at++
  }
  return []
}

/** The words of a rename, as `--rename` takes them. */
export function renameWords(rename: Rename, defaultSchema: string): string {
  const { kind, schema, of, from, to, toSchema } = rename
  const place = [schema === defaultSchema ? undefined : schema, of].filter(
    part => part !== undefined,
  )
  const spelled = kind === 'enumValue' ? quotedValue : spelledName
  const path = [...place.map(spelledName), spelled(from)].join('.')
  const home = toSchema === undefined ? '' : `${spelledName(toSchema)}.`
  return `${path}=${home}${spelled(to)}`
}

const spelledName = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`

const quotedValue = (value: string): string => `'${value.replaceAll("'", "''")}'`
