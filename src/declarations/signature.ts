/**
 * The types that identify a routine, read from its argument list, in the builders' short spelling.
 * Sizes do not count, nor does what the routine only gives back.
 */
export function signatureOf(list: string): string {
  const inputs = splitArguments(list).filter(words => words[0]?.toUpperCase() !== 'OUT')
  return inputs.map(words => shortName(typeOf(words))).join(', ')
}

/** Quoted text, a name with its dots, or a sign. */
const pieces = /'(?:[^']|'')*'|(?:"(?:[^"]|"")*"|[^\s'"()[\],=])+|[()[\],=]/g

/** Each argument as its words, without its default. */
function splitArguments(list: string): string[][] {
  const found: string[][] = [[]]
  let isDefault = false
  for (const piece of outerPieces(list)) {
    const word = piece.toUpperCase()
    if (word === ',' || word === 'ORDER') {
      found.push([])
      isDefault = false
    } else if (word === '=' || word === 'DEFAULT') isDefault = true
    else if (word !== 'BY' && !isDefault) found.at(-1)!.push(piece)
  }
  return found.filter(words => words.length > 0)
}

/** The pieces outside of brackets; those of an array stay, empty, at the word before them. */
function outerPieces(list: string): string[] {
  const outer: string[] = []
  let depth = 0
  for (const [piece] of list.matchAll(pieces)) {
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === ']' && depth === 0) outer.push(`${outer.pop()}[]`)
    else if (depth === 0 && !/^[()[\]]$/.test(piece)) outer.push(piece)
    if (piece === '(' || piece === '[') depth += 1
  }
  return outer
}

const modes = new Set(['IN', 'INOUT', 'VARIADIC'])

/** The second word of a type of several words; a first word before any other is the argument's name. */
const continued = /^(?:precision|varying|with|without|year|month|day|hour|minute|second)\b/i

function typeOf(words: readonly string[]): string {
  const [first = '', ...rest] = words
  if (rest.length > 0 && modes.has(first.toUpperCase())) return typeOf(rest)
  return rest.length === 0 || continued.test(rest[0]!) ? words.join(' ') : rest.join(' ')
}

/**
 * Whether two lists of argument types cannot be of one routine. The same type has many names, so that only
 * types are compared that are both spelled without a schema.
 */
export function isOtherSignature(one: string, other: string): boolean {
  const [mine, theirs] = [one, other].map(list =>
    splitArguments(list.replace('*', '')).map(words => plainType(typeOf(words))),
  ) as [string[], string[]]
  if (mine.length !== theirs.length) return true
  return mine.some((type, at) => type !== theirs[at] && !`${type}${theirs[at]}`.includes('.'))
}

const otherNames: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bool: 'boolean',
  float: 'double precision',
  float4: 'real',
  float8: 'double precision',
  decimal: 'numeric',
  bpchar: 'char',
}

function plainType(type: string): string {
  const [, name = '', array = ''] = /^(.*?)((?:\[\])*)$/.exec(shortName(type.toLowerCase())) ?? []
  return (otherNames[name] ?? name) + array
}

const shortNames: readonly (readonly [long: RegExp, short: string])[] = [
  [/^character varying\b/i, 'varchar'],
  [/^character\b/i, 'char'],
  [/^bit varying\b/i, 'varbit'],
  [/^(timestamp|time) with time zone\b/i, '$1tz'],
  [/^(timestamp|time) without time zone\b/i, '$1'],
  [/^interval \w.*?(?=\[|$)/i, 'interval'],
]

function shortName(type: string): string {
  return shortNames.reduce((name, [long, short]) => name.replace(long, short), type)
}
