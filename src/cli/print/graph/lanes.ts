import type { Drawn, Edge } from './picture.ts'

/** A line that runs down a column to a revision further below. */
export interface Lane {
  readonly target: string
  /** Whether only edges of dependencies have joined it so far. */
  readonly isDashed: boolean
  /** Lanes are numbered as they appear. */
  readonly number: number
}

/** An edge as it leaves its revision: over to the lane of its target. */
export interface Link {
  readonly target: string
  readonly column: number
  readonly isDependency: boolean
  readonly number: number
  /** The lane ran further right, and goes on in the revision's own column. */
  readonly movedFrom?: number | undefined
}

/** The lane of each column; none where nothing runs. */
export type Lanes = readonly (Lane | undefined)[]

/** One revision in its column. */
export interface LaneRow extends Drawn {
  readonly column: number
  /** The number of the lane that it ends, or of its own. */
  readonly number: number
  /** Whether a lane leads to it: something above follows or needs it. */
  readonly isReached: boolean
  /** The lanes beside it. */
  readonly beside: Lanes
  readonly links: readonly Link[]
  /** The lanes below it, those of its own links included. */
  readonly below: Lanes
}

/**
 * Gives each revision a column, newest first. All edges to one revision share a lane, which runs down
 * to the revision and moves only to the left.
 */
export function layOut(picture: readonly Drawn[]): LaneRow[] {
  const board = new LaneBoard()
  return picture.map(drawn => board.place(drawn))
}

/** The lanes while a picture is laid out, row by row. */
class LaneBoard {
  readonly #lanes: (Lane | undefined)[] = []
  readonly #columns = new Map<string, number>()
  #numbers = 0

  place(drawn: Drawn): LaneRow {
    const { id } = drawn.revision
    const reached = this.#columns.get(id)
    const column = reached ?? firstFree([this.#lanes], 0)
    const number = this.#lanes[column]?.number ?? this.#numbers++
    this.#columns.delete(id)
    this.#lanes[column] = undefined
    const beside = [...this.#lanes]
    const { edges } = drawn
    const links = edges.map(edge => {
      const isAlone = edges.length === 1
      return this.#join(edge, column) ?? this.#open(edge, { column, number, beside, isAlone })
    })
    return {
      ...drawn,
      column,
      number,
      isReached: reached !== undefined,
      beside,
      links,
      below: [...this.#lanes],
    }
  }

  /** Joins the lane of the target; one further right moves here, so that lines keep to the left. */
  #join({ to, isDependency }: Edge, column: number): Link | undefined {
    const at = this.#columns.get(to)
    if (at === undefined) return undefined
    const lane = this.#lanes[at]!
    const { number } = lane
    if (isDependency) return { target: to, column: at, isDependency, number }
    const moves = at > column && this.#lanes[column] === undefined
    if (!moves) {
      this.#lanes[at] = { ...lane, isDashed: false }
      return { target: to, column: at, isDependency, number }
    }
    this.#lanes[at] = undefined
    this.#put({ ...lane, isDashed: false }, column)
    return { target: to, column, isDependency, number, movedFrom: at }
  }

  /**
   * Opens a lane: in the revision's own column for the first that it follows. One that it only depends
   * on gets that column if it stands on nothing else, so that neither can be taken for the other.
   */
  #open({ to, isDependency }: Edge, { column, number, beside, isAlone }: Opening): Link {
    const stays = this.#lanes[column] === undefined && (!isDependency || isAlone)
    const own = stays ? column : firstFree([this.#lanes, beside], column + 1)
    const lane = { target: to, isDashed: isDependency, number: stays ? number : this.#numbers++ }
    this.#put(lane, own)
    return { target: to, column: own, isDependency, number: lane.number }
  }

  #put(lane: Lane, column: number): void {
    this.#lanes[column] = lane
    this.#columns.set(lane.target, column)
  }
}

/** The revision that a lane is opened for. */
interface Opening {
  readonly column: number
  readonly number: number
  readonly beside: Lanes
  /** There is no other edge. */
  readonly isAlone: boolean
}

/** The first column from here on that none of these lanes is in. */
function firstFree(taken: readonly Lanes[], from: number): number {
  let column = from
  while (taken.some(lanes => lanes[column] !== undefined)) column++
  return column
}
