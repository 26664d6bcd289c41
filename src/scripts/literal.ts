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

/**
 * Reads `[: T] = literal [as const | satisfies T]` from the end of a name in the text, running
 * nothing: null, a string, a template without holes, or an array of these strings.
 */
export function readInitializer(source: string, nameEnd: number): Literal {
  const equals = findOutside(source, nameEnd, /=(?![=>])/y)
  if (equals < 0) throw new NotLiteral(nameEnd)
  const { value, end } = readValue(source, skipTrivia(source, equals + 1))
  assertEnds(source, end)
  return value
}

/** The end of the name in `const name` at the top level of a file; -1 without such a constant. */
export function findConstant(source: string, name: string): number {
  const declaration = new RegExp(`\\bconst\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`, 'y')
  const at = findOutside(source, 0, declaration)
  return at < 0 ? -1 : endOf(declaration, source, at)
}

interface Read<T> {
  readonly value: T
  readonly end: number
}

function readValue(source: string, at: number): Read<Literal> {
  const end = endOf(/null\b/y, source, at)
  if (end > 0) return { value: null, end }
  return source[at] === '[' ? readArray(source, at) : readString(source, at)
}

function readArray(source: string, start: number): Read<readonly string[]> {
  const value: string[] = []
  let at = skipTrivia(source, start + 1)
  while (source[at] !== ']') {
    const element = readString(source, at)
    value.push(element.value)
    at = skipTrivia(source, element.end)
    if (source[at] === ',') at = skipTrivia(source, at + 1)
    else if (source[at] !== ']') throw new NotLiteral(at)
  }
  return { value, end: at + 1 }
}

function readString(source: string, at: number): Read<string> {
  const end = stringEnd(source, at)
  const literal = source.slice(at, end)
  const hasHole = source[at] === '`' && /(?<!\\)(?:\\\\)*\$\{/.test(literal)
  if (end < 0 || hasHole) throw new NotLiteral(at)
  return { value: stringValue(literal), end }
}

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
