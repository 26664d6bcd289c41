import type { Colours } from '../../colours.ts'
import { cutTo } from '../cut.ts'
import { type LaneRow, layOut } from './lanes.ts'
import type { Drawn } from './picture.ts'
import { type Cell, type Cells, linkLines, passing } from './strokes.ts'

/** The characters that a picture is made of. */
export interface Strokes {
  readonly revision: string
  /** A revision that follows nothing. */
  readonly base: string
  readonly dashed: { readonly vertical: string; readonly horizontal: string }
  /** By the ways that lead out: up 1, down 2, left 4, right 8. */
  readonly corners: string
}

export const unicodeStrokes: Strokes = {
  revision: '●',
  base: '○',
  dashed: { vertical: '┊', horizontal: '┄' },
  corners: ' ╵╷│╴╯╮┤╶╰╭├─┴┬┼',
}

/** `.` begins below, `'` ends above, `+` does both. */
export const asciiStrokes: Strokes = {
  revision: '*',
  base: 'o',
  dashed: { vertical: ':', horizontal: '~' },
  corners: " '.|-'.+-'.+-'.+",
}

export interface DrawOptions {
  readonly strokes: Strokes
  readonly colours: Colours
  /** What stands beside a revision. */
  readonly textOf: (drawn: Drawn) => string
  /** Lines are cut to so many columns. */
  readonly columns?: number | undefined
}

/** Draws revisions, newest first, as `git log --graph` does its commits. */
export function drawInTerminal(picture: readonly Drawn[], options: DrawOptions): string {
  const { columns } = options
  const rows = layOut(picture)
  const lines = rows.flatMap((row, index) => [
    ...gapBefore(row, rows[index - 1]).map(cells => drawCells(cells, options)),
    `${drawRevision(row, options)} ${options.textOf(row)}`,
    ...linkLines(row).map(({ cells, isDashed }) => drawCells(cells, options, isDashed)),
  ])
  return lines.map(line => `${columns === undefined ? line : cutTo(line, columns)}\n`).join('')
}

/** A line between a revision and one that has nothing to do with it, but stands in the same column. */
function gapBefore(row: LaneRow, above: LaneRow | undefined): Cells[] {
  const looksJoined =
    above !== undefined && !row.isReached && above.column === row.column && above.links.length === 0
  return looksJoined ? [passing(above.below)] : []
}

function drawRevision(row: LaneRow, options: DrawOptions): string {
  const { strokes } = options
  const isBase = row.revision.downRevisions.length === 0
  const beside = passing(row.beside)
  const width = Math.max(lastOf(beside), row.column)
  return Array.from({ length: width + 1 }, (_, column) =>
    column === row.column
      ? painter(options, row.number)(isBase ? strokes.base : strokes.revision)
      : drawCell(beside[column], options, false),
  ).join(' ')
}

function drawCells(cells: Cells, options: DrawOptions, isDashed = false): string {
  const { horizontal } = options.strokes.dashed
  const stroke = isDashed ? horizontal : options.strokes.corners[left | right]!
  const line: string[] = []
  for (let column = 0; column <= lastOf(cells); column++) {
    const cell = cells[column]
    line.push(drawCell(cell, options, isDashed))
    line.push(cell?.right ? painter(options, cell.number)(stroke) : ' ')
  }
  return line.join('').trimEnd()
}

const [up, down, left, right] = [1, 2, 4, 8]

function drawCell(cell: Cell | undefined, options: DrawOptions, isDashed: boolean): string {
  if (cell === undefined) return ' '
  const { corners, dashed } = options.strokes
  const ways = cell.isCrossed
    ? up | down
    : (cell.up ? up : 0) |
      (cell.down ? down : 0) |
      (cell.left ? left : 0) |
      (cell.right ? right : 0)
  const isVertical = ways === (up | down)
  const isHorizontal = ways === (left | right)
  const plain = corners[ways]!
  const character =
    isVertical && cell.isDashed
      ? dashed.vertical
      : isHorizontal && isDashed
        ? dashed.horizontal
        : plain
  return painter(options, cell.number)(character)
}

const lastOf = (cells: Cells): number => cells.findLastIndex(cell => cell !== undefined)

/** The colour of a lane; neighbours differ. */
function painter({ colours }: DrawOptions, number: number): (text: string) => string {
  const { red, green, yellow, blue, magenta, cyan } = colours
  return [red, green, yellow, blue, magenta, cyan][number % 6]!
}
