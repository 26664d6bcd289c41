/** The types that identify a routine, read from its argument list; those that it only gives back do not count. */
export function signatureOf(list: string): string {
  const inputs = splitArguments(list).filter(words => words[0]?.toUpperCase() !== 'OUT')
  return inputs.map(typeOf).join(', ')
}

/** Quoted text, a name with its dots, or a sign. */
const pieces = /'(?:[^']|'')*'|(?:"(?:[^"]|"")*"|[^\s'"()[\],=])+|[()[\],=]/g

/** Each argument as its words, without its default. */
function splitArguments(list: string): string[][] {
  const found: string[][] = [[]]
  let depth = 0
  let isDefault = false
  for (const [piece] of list.matchAll(pieces)) {
    if (piece === ')' || piece === ']') depth -= 1
    if (piece === ',' && depth === 0) {
      found.push([])
      isDefault = false
    } else {
      isDefault ||= depth === 0 && (piece === '=' || piece.toUpperCase() === 'DEFAULT')
      if (!isDefault) append(found.at(-1)!, piece, depth)
    }
    if (piece === '(' || piece === '[') depth += 1
  }
  return found.filter(words => words.length > 0)
}

/** Brackets belong to the word before them: `numeric(10,2)`, `text[]`. */
function append(words: string[], piece: string, depth: number): void {
  const belongs = words.length > 0 && (depth > 0 || /^[()[\]]$/.test(piece))
  if (belongs) words.push(`${words.pop()}${piece}`)
  else words.push(piece)
}

const modes = new Set(['IN', 'INOUT', 'VARIADIC'])

/** The second word of a type of several words; a first word before any other is the argument's name. */
const continued =
  /^(?:precision|varying|with|without|character|char|year|month|day|hour|minute|second)\b/i

function typeOf(words: readonly string[]): string {
  const [first = '', ...rest] = words
  if (rest.length > 0 && modes.has(first.toUpperCase())) return typeOf(rest)
  return rest.length === 0 || continued.test(rest[0]!) ? words.join(' ') : rest.join(' ')
}
