import type { DatabaseSchema, ObjectId, SchemaObject } from '../../schema/index.ts'

/** The first version that remembers of a function whether SQL's own words stood for it. */
const remembersWords = 140_000

/**
 * A schema that was read on a newer server, as a server of this version would have it. To PostgreSQL 13
 * `trim(x)` is `btrim(x)` and no more: what it has of that can only be compared with the same.
 */
export function asOnServer(schema: DatabaseSchema, serverVersion: number): DatabaseSchema {
  if (serverVersion >= remembersWords || schema.serverVersion < remembersWords) return schema
  const objects = [...schema.objects].map(([id, object]): [ObjectId, SchemaObject] => [
    id,
    respelled(object) as SchemaObject,
  ])
  return { ...schema, objects: new Map(objects) }
}

/** Texts that PostgreSQL has not deparsed. */
const verbatimKeys = new Set(['body', 'comment'])

function respelled(value: unknown): unknown {
  if (typeof value === 'string') return words.test(value) ? asCalls(value) : value
  if (Array.isArray(value)) return value.map(respelled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      verbatimKeys.has(key) ? field : respelled(field),
    ]),
  )
}

const words = /\b(?:EXTRACT|OVERLAY|POSITION|SUBSTRING|TRIM)\(| AT TIME ZONE /

/** SQL's words for functions, and the calls that they stand for, by what is between the parentheses. */
const calls: Readonly<Record<string, readonly (readonly [form: RegExp, call: string])[]>> = {
  EXTRACT: [[/^(\w+) FROM (.*)$/s, `date_part('$1'::text, $2)`]],
  OVERLAY: [
    [/^(.*) PLACING (.*) FROM (.*) FOR (.*)$/s, '"overlay"($1, $2, $3, $4)'],
    [/^(.*) PLACING (.*) FROM (.*)$/s, '"overlay"($1, $2, $3)'],
  ],
  POSITION: [[/^(.*) IN (.*)$/s, '"position"($2, $1)']],
  SUBSTRING: [
    [/^(.*) FROM (.*) FOR (.*)$/s, '"substring"($1, $2, $3)'],
    [/^(.*) FROM (.*)$/s, '"substring"($1, $2)'],
  ],
  TRIM: [
    [/^BOTH FROM (.*)$/s, 'btrim($1)'],
    [/^BOTH (.*) FROM (.*)$/s, 'btrim($2, $1)'],
    [/^LEADING FROM (.*)$/s, 'ltrim($1)'],
    [/^LEADING (.*) FROM (.*)$/s, 'ltrim($2, $1)'],
    [/^TRAILING FROM (.*)$/s, 'rtrim($1)'],
    [/^TRAILING (.*) FROM (.*)$/s, 'rtrim($2, $1)'],
  ],
  '': [[/^(.*) AT TIME ZONE (.*)$/s, 'timezone($2, $1)']],
}

/** Of the letters that no text has: they are for private use. */
const marks = /\ue000(\d+)\ue001/g

const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g

/** Parentheses with none inside, and the word before them if it is one of these. */
const innermost = /(?:\b(EXTRACT|OVERLAY|POSITION|SUBSTRING|TRIM))?\(([^()]*)\)/

/**
 * Deparsed SQL with calls in the place of words. PostgreSQL puts each form between parentheses of its own,
 * so that they are gone through from the inside: what is done is put aside, and a mark is left.
 */
export function asCalls(sql: string): string {
  const aside: string[] = []
  const mark = (text: string) => `\ue000${aside.push(text) - 1}\ue001`
  let rest = sql.replaceAll(quoted, mark)
  for (let match = innermost.exec(rest); match !== null; match = innermost.exec(rest)) {
    const [whole, word = '', inner = ''] = match
    rest =
      rest.slice(0, match.index) +
      mark(call(word, inner) ?? whole) +
      rest.slice(match.index + whole.length)
  }
  while (rest.includes('\ue000')) rest = rest.replaceAll(marks, (_, place) => aside[place]!)
  return rest
}

function call(word: string, inner: string): string | undefined {
  const found = calls[word]?.find(([form]) => form.test(inner))
  return found && inner.replace(found[0], found[1])
}
