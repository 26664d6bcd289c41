/**
 * Reading SQL that the server deparsed: keywords are in capitals, names that are anything but plain
 * are in double quotes, strings double their quotes, and there are neither comments nor dollar quotes.
 */
const quoted = `'[^']*'|"[^"]*"`

const tokens = new RegExp(`${quoted}|[()]`, 'g')
const upToParenthesis = new RegExp(`^(?:${quoted}|[^('"])*`)

/** A place in deparsed text that no quotes and no parentheses enclose. */
interface Token {
  readonly text: string
  readonly index: number
}

/** Finds what the pattern matches outside quotes and parentheses. */
function topLevel(text: string, pattern: string): Token[] {
  const found: Token[] = []
  let depth = 0
  for (const match of text.matchAll(new RegExp(`${quoted}|[()]|${pattern}`, 'g'))) {
    const [token] = match
    if (token === ')') depth--
    else if (token === '(') depth++
    else if (depth === 0 && !/^['"]/.test(token)) found.push({ text: token, index: match.index })
  }
  return found
}

/** Where the parenthesis that opens at `open` closes. */
export function closingParenthesis(text: string, open: number): number {
  tokens.lastIndex = open
  let depth = 0
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '(') depth++
    if (token[0] === ')' && --depth === 0) return token.index
  }
  return text.length
}

/** What stands inside the first parentheses. */
export function insideParentheses(text: string): string {
  const open = upToParenthesis.exec(text)?.[0].length ?? 0
  return text.slice(open + 1, closingParenthesis(text, open))
}

/**
 * An expression without the parentheses around the whole of it: every clause brings its own. Those
 * of a subquery are its own.
 */
export function withoutParentheses(expression: string): string {
  let text = expression.trim()
  while (text.startsWith('(') && closingParenthesis(text, 0) === text.length - 1) {
    if (/^\(\s*(SELECT|WITH|VALUES)\b/.test(text)) break
    text = text.slice(1, -1).trim()
  }
  return text
}

/** The entries of a list that is separated by commas. */
export function splitList(text: string): string[] {
  const commas = topLevel(text, ',').map(comma => comma.index)
  return [...commas, text.length].map((end, place) =>
    text.slice(place === 0 ? 0 : commas[place - 1]! + 1, end).trim(),
  )
}

/** The text after a keyword up to the next of other keywords or the end; undefined without it. */
export function clause(
  text: string,
  keyword: string,
  until: readonly string[] = [],
): string | undefined {
  const tokens = topLevel(text, `\\b(?:${[keyword, ...until].join('|')})\\b`)
  const start = tokens.find(token => token.text === keyword)
  if (start === undefined) return undefined
  const end = tokens.find(token => token.index > start.index && until.includes(token.text))
  return text.slice(start.index + keyword.length, end?.index).trim()
}
