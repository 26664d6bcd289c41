import { positionAt } from '../../text/position.ts'

/** A place in a file; both start at 1, and a column is not always known. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column?: number | undefined
}

/** The line and column of an offset in a file's text. */
export function placeAt(file: string, text: string, offset: number): Place {
  return { file, ...positionAt(text, offset) }
}
