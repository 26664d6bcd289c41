/** A place in a file: both start at 1, the column counts UTF-16 units, as editors do. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number | undefined
}

/** An offset as PostgreSQL's parser counts in its errors, in characters, as an offset in the string. */
export function stringOffset(text: string, characters: number): number {
  let offset = 0
  for (let count = 0; count < characters && offset < text.length; count++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  }
  return offset
}

/** The line and column of an offset in the string. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset)
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
