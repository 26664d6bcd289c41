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

/** What every line is drawn with. */
interface Pen {
  readonly strokes: Strokes
  /** The colours of the lanes, in turn. */
  readonly paints: readonly ((text: string) => string)[]
}

/** Draws revisions, newest first, as `git log --graph` does its commits. */
export function drawInTerminal(picture: readonly Drawn[], options: DrawOptions): string {
  const { strokes, colours, columns, textOf } = options
  const { red, green, yellow, blue, magenta, cyan } = colours
  const pen = { strokes, paints: [red, green, yellow, blue, magenta, cyan] }
  const rows = layOut(picture)
  const lines = rows.flatMap((row, index) => [
    ...gapBefore(row, rows[index - 1]).map(cells => drawCells(cells, pen)),
    `${drawRevision(row, pen)} ${textOf(row)}`,
    ...linkLines(row).map(({ cells, isDashed }) => drawCells(cells, pen, isDashed)),
  ])
  return lines.map(line => `${columns === undefined ? line : cutTo(line, columns)}\n`).join('')
}

/** A line between a revision and one that has nothing to do with it, but stands in the same column. */
function gapBefore(row: LaneRow, above: LaneRow | undefined): Cells[] {
  const looksJoined =
    above !== undefined && !row.isReached && above.column === row.column && above.links.length === 0
  return looksJoined ? [passing(above.below)] : []
}

function drawRevision({ beside, column, number, revision }: LaneRow, pen: Pen): string {
  const { strokes } = pen
  const dot = revision.downRevisions.length === 0 ? strokes.base : strokes.revision
  const cells = passing(beside)
  const width = Math.max(lastOf(cells), column) + 1
  return Array.from({ length: width }, (_, at) =>
    at === column ? paint(pen, number, dot) : drawCell(cells[at], pen, false),
  ).join(' ')
}

function drawCells(cells: Cells, pen: Pen, isDashed = false): string {
  const { corners, dashed } = pen.strokes
  const stroke = isDashed ? dashed.horizontal : corners[left | right]!
  const line = Array.from({ length: lastOf(cells) + 1 }, (_, at) => {
    const cell = cells[at]
    const beyond = cell?.right ? paint(pen, cell.number, stroke) : ' '
    return drawCell(cell, pen, isDashed) + beyond
  })
  return line.join('').trimEnd()
}

const [up, down, left, right] = [1, 2, 4, 8]

function drawCell(cell: Cell | undefined, pen: Pen, isDashed: boolean): string {
  if (cell === undefined) return ' '
  const { corners, dashed } = pen.strokes
  const ways = waysOf(cell)
  if (ways === (up | down) && cell.isDashed) return paint(pen, cell.number, dashed.vertical)
  if (ways === (left | right) && isDashed) return paint(pen, cell.number, dashed.horizontal)
  return paint(pen, cell.number, corners[ways]!)
}

/** A stroke passes behind the lane that it crosses. */
const waysOf = (cell: Cell): number =>
  cell.isCrossed
    ? up | down
    : (cell.up ? up : 0) |
      (cell.down ? down : 0) |
      (cell.left ? left : 0) |
      (cell.right ? right : 0)

const lastOf = (cells: Cells): number => cells.findLastIndex(cell => cell !== undefined)

const paint = ({ paints }: Pen, number: number, text: string): string =>
  paints[number % paints.length]!(text)
