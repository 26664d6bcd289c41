/** A place in a file as editors show it: both start at 1, the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The line and column of an offset in a text. */
export function positionAt(source: string, offset: number): Position {
  const before = source.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

/** The offset in a string of the n-th character, as PostgreSQL counts them: in code points. */
export function offsetOf(characters: number, text: string): number {
  let offset = 0
  for (let count = 0; count < characters && offset < text.length; count++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}
