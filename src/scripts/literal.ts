import { endOf, findOutside, skipTrivia, stringEnd } from './source-text.ts'

/** What one of a revision file's exports may hold. */
export type Literal = string | null | readonly string[]

/** Thrown where something else than a literal stands; `at` is its offset. */
export class NotLiteral extends Error {
  readonly at: number

  constructor(at: number) {
    super('not a literal')
    this.at = at
  }
}

/** A piece of a text, from its first offset to the one behind it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A literal and where it stands in the text. */
export interface PlacedLiteral extends Span {
  readonly value: Literal
  /** The strings that it holds, with their quotes. */
  readonly strings: readonly Span[]
}

/**
 * Reads `[: T] = literal [as const | satisfies T]` from the end of a name in the text, running
 * nothing: null, a string, a template without holes, or an array of these strings.
 */
export function readInitializer(source: string, nameEnd: number): PlacedLiteral {
  const equals = findOutside(source, nameEnd, /=(?![=>])/y)
  if (equals < 0) throw new NotLiteral(nameEnd)
  const literal = readValue(source, skipTrivia(source, equals + 1))
  assertEnds(source, literal.end)
  return literal
}

/** The end of the name in `const name` at the top level of a file; -1 without such a constant. */
export function findConstant(source: string, name: string): number {
  const declaration = new RegExp(`\\bconst\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`, 'y')
  const at = findOutside(source, 0, declaration)
  return at < 0 ? -1 : endOf(declaration, source, at)
}

function readValue(source: string, at: number): PlacedLiteral {
  const end = endOf(/null\b/y, source, at)
  if (end > 0) return { value: null, start: at, end, strings: [] }
  if (source[at] === '[') return readArray(source, at)
  const string = readString(source, at)
  return { value: textIn(source, string), ...string, strings: [string] }
}

function readArray(source: string, start: number): PlacedLiteral {
  const strings: Span[] = []
  let at = skipTrivia(source, start + 1)
  while (source[at] !== ']') {
    const element = readString(source, at)
    strings.push(element)
    at = skipTrivia(source, element.end)
    if (source[at] === ',') at = skipTrivia(source, at + 1)
    else if (source[at] !== ']') throw new NotLiteral(at)
  }
  const value = strings.map(string => textIn(source, string))
  return { value, start, end: at + 1, strings }
}

function readString(source: string, start: number): Span {
  const end = stringEnd(source, start)
  const literal = source.slice(start, end)
  const hasHole = source[start] === '`' && /(?<!\\)(?:\\\\)*\$\{/.test(literal)
  if (end < 0 || hasHole) throw new NotLiteral(start)
  return { start, end }
}

const textIn = (source: string, { start, end }: Span): string =>
  stringValue(source.slice(start, end))

const controls: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
}

/** The value of a string literal, given with its quotes. */
export function stringValue(literal: string): string {
  const text = literal.slice(1, -1)
  if (!text.includes('\\')) return text
  const escapes = /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi
  return text.replace(escapes, (_, braced, unicode, hexadecimal, character) => {
    const code = braced ?? unicode ?? hexadecimal
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
    return controls[character] ?? character
  })
}

/** The literal must be all there is: `'a' + b` begins with one too. */
function assertEnds(source: string, end: number): void {
  const at = skipTrivia(source, end)
  if (endOf(/as\s+const\b/y, source, at) > 0) {
    assertEnds(source, endOf(/as\s+const\b/y, source, at))
    return
  }
  if (endOf(/satisfies\b/y, source, at) > 0) return
  const next = source[at]
  if (next === undefined || next === ';' || next === ',') return
  const isNewLine = source.slice(end, at).includes('\n')
  if (!isNewLine || endOf(/[-+*/%.?([&|^<>=!`]|in\b|instanceof\b/y, source, at) > 0) {
    throw new NotLiteral(at)
  }
}
