const escapeCode = String.fromCharCode(27)

/** Escape codes of colours, which take no room, and any other character. */
const pieces = new RegExp(`${escapeCode}\\[[\\d;]*m|[^]`, 'gu')

/** Characters that take two columns: East Asian ones, and emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F9FF}\u{20000}-\u{3FFFD}]/u

/** Characters that take none: they change the one before them. */
const combining = /[\p{Mn}\p{Me}\p{Cf}]/u

/** A line that fits so many columns; what was cut off is an ellipsis. */
export function cutTo(line: string, columns: number): string {
  let used = 0
  let kept = ''
  let atLimit: string | undefined
  for (const [piece] of line.matchAll(pieces)) {
    used += widthOfPiece(piece)
    // The last column is for the ellipsis, unless nothing comes after it.
    if (used >= columns) atLimit ??= kept
    if (used > columns)
      return `${atLimit ?? ''}…${line.includes(escapeCode) ? `${escapeCode}[0m` : ''}`
    kept += piece
  }
  return kept
}

/** How many columns a text takes in a terminal. */
export const widthOf = (text: string): number =>
  [...text.matchAll(pieces)].reduce((width, [piece]) => width + widthOfPiece(piece), 0)

function widthOfPiece(piece: string): number {
  if (piece.startsWith(escapeCode) || combining.test(piece)) return 0
  return wide.test(piece) ? 2 : 1
}
