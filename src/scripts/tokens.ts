import { stringValue } from './literal.ts'
import { endOf, skipTrivia, stringEnd } from './source-text.ts'

/**
 * The tokens of JavaScript as oxc prints it, one spelling for each: strings by their value, without
 * what a formatter adds or removes.
 */
export function tokensOf(code: string): string[] {
  const tokens: string[] = []
  for (let at = skipTrivia(code, 0); at < code.length; ) {
    const end = tokenEnd(code, at, tokens.at(-1))
    add(tokens, code.slice(at, end))
    at = skipTrivia(code, end)
  }
  return tokens
}

/** A semicolon says nothing where the line ends, a comma nothing before a bracket closes. */
function add(tokens: string[], token: string): void {
  if (token === ';') return
  if (/^[)\]}]$/.test(token) && tokens.at(-1) === ',') tokens.pop()
  if (token === ':' && /^[{,]$/.test(tokens.at(-2) ?? '')) unquoteLast(tokens)
  tokens.push(/^['"]/.test(token) ? JSON.stringify(stringValue(token)) : token)
}

/** A property's name may have quotes. */
function unquoteLast(tokens: string[]): void {
  const name = /^"([\p{L}_$][\p{L}\p{N}_$]*)"$/u.exec(tokens.at(-1)!)?.[1]
  if (name !== undefined) tokens[tokens.length - 1] = name
}

function tokenEnd(code: string, at: number, previous: string | undefined): number {
  if (code[at] === '`') return templateEnd(code, at)
  const string = stringEnd(code, at)
  if (string > 0) return string
  if (code[at] === '/' && startsExpression(previous)) return endOf(expressions, code, at)
  return Math.max(endOf(words, code, at), at + 1)
}

const words = /\d[\w.]*|[\p{L}\p{N}_$#]+/uy
const expressions = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y

/** Whether a slash after this token begins a regular expression rather than divides. */
function startsExpression(previous = '('): boolean {
  return /^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)$/.test(previous)
    ? true
    : !/[\p{L}\p{N}_$)\]}"'`]$/u.test(previous)
}

/** A template with all that stands in its holes, as written. */
function templateEnd(code: string, start: number): number {
  let at = start + 1
  while (at < code.length && code[at] !== '`') {
    if (code[at] === '\\') at += 2
    else if (code.startsWith('${', at)) at = holeEnd(code, at + 2)
    else at += 1
  }
  return at + 1
}

function holeEnd(code: string, start: number): number {
  let depth = 1
  let at = start
  while (at < code.length && depth > 0) {
    if (code[at] === '`') at = templateEnd(code, at)
    else if (/['"]/.test(code[at]!)) at = stringEnd(code, at)
    else {
      if (code[at] === '{') depth += 1
      if (code[at] === '}') depth -= 1
      at += 1
    }
  }
  return at
}
