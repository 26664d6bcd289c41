const trivia = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const comments = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const strings = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/y
const words = /[\w$]+/y

/** The end of what a sticky pattern matches at an offset; -1 where it does not. */
export function endOf(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : -1
}

/** Skips white space and comments. */
export function skipTrivia(source: string, at: number): number {
  return endOf(trivia, source, at)
}

/** The end of the string or template that begins here; -1 where none does. */
export function stringEnd(source: string, at: number): number {
  return endOf(strings, source, at)
}

/**
 * The first offset where a sticky pattern matches outside of brackets, strings and comments; -1 if
 * there is none.
 */
export function findOutside(source: string, at: number, pattern: RegExp): number {
  let depth = 0
  for (let place = at; place < source.length; ) {
    const comment = endOf(comments, source, place)
    if (comment > 0) {
      place = comment
      continue
    }
    if (depth === 0 && endOf(pattern, source, place) >= 0) return place
    const character = source[place]!
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    const token = Math.max(stringEnd(source, place), endOf(words, source, place))
    place = Math.max(token, place + 1)
  }
  return -1
}
