import { insideParentheses, splitList, withoutParentheses } from './deparsed.ts'

/** What the server prints after a key of an index, which is what is not the default of the key's type. */
export interface KeyDecoration {
  readonly collation?: string | undefined
  readonly opclass?: string | undefined
  readonly order?: 'desc' | undefined
  readonly nulls?: 'first' | 'last' | undefined
  /** Of an exclusion constraint. */
  readonly operator?: string | undefined
  /** The key with all of this but the operator, ready to print. */
  readonly text: string
}

const identifier = '(?:"(?:[^"]|"")*"|[a-z_][a-z0-9_]*)'
const leadingName = /^(?:"(?:[^"]|"")*"|[^\s"(),]+)/
const name = `${identifier}(?:\\.${identifier})?`
const decoration = new RegExp(
  `^(?: COLLATE (?<collation>${name}))?(?: (?<opclass>${name})(?: \\(.*\\))?)?` +
    `(?<desc> DESC)?(?: NULLS (?<nulls>FIRST|LAST))?$`,
)

/**
 * What follows each key in the text of an index or an exclusion constraint. The server knows which
 * operator class and collation are the defaults; its own text is the shortest way to its answer.
 */
export function keyDecorations(definition: string, keys: readonly string[]): KeyDecoration[] {
  return splitList(insideParentheses(definition)).map((text, place) =>
    keyDecoration(text, keys[place] ?? columnOf(text)),
  )
}

/** The column that a key begins with. */
const columnOf = (text: string): string => leadingName.exec(text)?.[0] ?? ''

function keyDecoration(text: string, key: string): KeyDecoration {
  const [, decorated = text, operator] = /^(.*) WITH (OPERATOR\(\S+\)|\S+)$/s.exec(text) ?? []
  const suffix = decorated.slice(key.length)
  const { collation, opclass, desc, nulls } = decoration.exec(suffix)?.groups ?? {}
  return {
    collation: collation && collationName(collation),
    opclass,
    order: desc ? 'desc' : undefined,
    nulls: nulls?.toLowerCase() as KeyDecoration['nulls'],
    operator,
    text: `${key.startsWith('(') ? `(${withoutParentheses(key)})` : key}${suffix}`,
  }
}

/** Built-in collations go by their plain names, as everywhere in a schema. */
function collationName(spelled: string): string {
  const plain = /^"((?:[^"]|"")*)"$/.exec(spelled)
  return plain ? plain[1]!.replaceAll('""', '"') : spelled
}
