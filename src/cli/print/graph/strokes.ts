import type { LaneRow, Lanes, Link } from './lanes.ts'

/** One place of a line: which ways lead out of it, and whose colour it has. */
export interface Cell {
  readonly up?: boolean
  readonly down?: boolean
  readonly left?: boolean
  readonly right?: boolean
  /** What is drawn belongs to a dependency. */
  readonly isDashed?: boolean
  /** A lane that an edge passes without joining it. */
  readonly isCrossed?: boolean
  /** The number of the lane that it belongs to. */
  readonly number: number
}

export type Cells = readonly (Cell | undefined)[]

/** A line of the picture between two revisions, and whether its horizontal strokes are dashed. */
export interface LinkLine {
  readonly cells: Cells
  readonly isDashed: boolean
}

/** The lanes that run through a line. */
export const passing = (lanes: Lanes): Cells =>
  lanes.map(lane => lane && { up: true, down: true, isDashed: lane.isDashed, number: lane.number })

/**
 * The lines under a revision: first its dependencies, then what it follows, where that is not simply
 * below. Horizontal strokes always belong to the revision above them.
 */
export function linkLines(row: LaneRow): LinkLine[] {
  const dependencies = row.links.filter(link => link.isDependency)
  const followed = row.links.filter(link => !link.isDependency)
  const isBent = followed.some(
    ({ column, movedFrom }) => column !== row.column || movedFrom !== undefined,
  )
  return [
    ...(dependencies.length > 0 ? [dependencyLine(row, dependencies, followed.length > 0)] : []),
    ...(isBent ? [followLine(row, followed)] : []),
  ]
}

function dependencyLine(row: LaneRow, links: readonly Link[], goesOn: boolean): LinkLine {
  const cells = [...passing(row.beside)]
  const stays = links.some(link => link.column === row.column)
  cells[row.column] = { up: true, down: goesOn || stays, isDashed: stays, number: row.number }
  return { cells: drawn(cells, row, links), isDashed: true }
}

function followLine(row: LaneRow, links: readonly Link[]): LinkLine {
  const moved = links.find(link => link.movedFrom !== undefined)
  const opened = (column: number) =>
    row.beside[column] === undefined && links.some(link => link.column === column)
  const cells = [...passing(row.below.map((lane, at) => (opened(at) ? undefined : lane)))]
  const goesOn = links.some(link => link.column === row.column)
  cells[row.column] = { up: true, down: goesOn, number: row.number }
  if (moved !== undefined) cells[moved.movedFrom!] = { up: true, number: moved.number }
  return { cells: drawn(cells, row, links), isDashed: false }
}

/** The cells with strokes over them, from the revision's column out to each lane. */
function drawn(cells: readonly (Cell | undefined)[], row: LaneRow, links: readonly Link[]): Cells {
  const { column: from } = row
  const ends = new Map(links.map(link => [link.movedFrom ?? link.column, link]))
  const [first, last] = [Math.min(from, ...ends.keys()), Math.max(from, ...ends.keys())]
  const line = Array.from({ length: Math.max(cells.length, last + 1) }, (_, at) => cells[at])
  const strokeOver = (column: number, beyond: number): number => {
    const sides = { left: column > first, right: column < last }
    const [cell, end] = [line[column], ends.get(column)]
    const number = end?.number ?? beyond
    if (column === from || end?.movedFrom !== undefined) line[column] = { ...cell!, ...sides }
    else if (end !== undefined) line[column] = { ...cell, down: true, ...sides, number }
    else if (cell !== undefined) line[column] = { ...cell, isCrossed: true, ...sides }
    else line[column] = { ...sides, number }
    return number
  }
  // From the ends inwards: an empty place takes the colour of the lane that the stroke leads to.
  for (let column = first, beyond = 0; column < from; column++) beyond = strokeOver(column, beyond)
  for (let column = last, beyond = 0; column >= from; column--) beyond = strokeOver(column, beyond)
  return line
}
