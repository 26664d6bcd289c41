/** A place in a file as editors show it: both start at 1, the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The line and column of an offset. */
export function positionAt(source: string, offset: number): Position {
  const before = source.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}
