const pieces = /(\s+)|([^\s'"\\]+)|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/gy

/** Splits a text as a shell does, with quotes and backslashes; undefined where a quote is not closed. */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let end = 0
  for (const [piece, space, bare, single, double, escaped] of text.matchAll(pieces)) {
    end += piece.length
    if (space === undefined) {
      word = (word ?? '') + (bare ?? single ?? escaped ?? double?.replaceAll(/\\(["\\])/g, '$1'))
    } else if (word !== undefined) {
      words.push(word)
      word = undefined
    }
  }
  if (end < text.length) return undefined
  return word === undefined ? words : [...words, word]
}

/** A word as a shell takes it, in quotes where it needs them. */
export function shellWord(word: string): string {
  if (/^[\w.=:,/@%+-]+$/.test(word)) return word
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`
}
