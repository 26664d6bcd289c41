/** An edge of a picture: from a revision to one that it stands on. */
export interface ReadEdge {
  readonly from: string
  readonly to: string
  readonly isDependency: boolean
}

/** What a picture in the terminal says: its revisions in order, and their edges, sorted. */
export interface ReadPicture {
  readonly revisions: readonly string[]
  readonly edges: readonly string[]
}

/** The characters of both sets, by what they do in a line between two revisions. */
const opensBelow = new Set('│╷╮╭├┤┬┼┊|.+:')
const beginsAbove = new Set("│╵╯╰├┤┴┼┊|'+:●○*o")
const vertical = new Set('│┊|:')
const dashed = new Set('┊:┄~')

/** Whoever has come down a column and has not arrived yet. */
interface Traveller {
  readonly from: string
  /** Undefined until the line below its revision shows it. */
  readonly isDependency: boolean | undefined
}

/**
 * Reads a picture as a person does: lines are followed down from each revision, and those between two
 * revisions belong to the one above them. Knows nothing of how it was drawn.
 */
export function readPicture(picture: string): ReadPicture {
  const columns = new Map<number, Traveller[]>()
  const revisions: string[] = []
  const edges: ReadEdge[] = []
  let last: { readonly id: string; readonly column: number } | undefined
  for (const line of picture.trimEnd().split('\n')) {
    const characters = [...line]
    const at = (column: number) => characters[2 * column] ?? ' '
    const between = (column: number) => characters[2 * column + 1] ?? ' '
    const found = /^[^●○*o]*?(?:^|\s)([●○*o])(?=\s)/u.exec(line)
    if (last !== undefined) settle(columns, last.column, at(last.column))
    if (found) {
      const column = (found[0].length - 1) / 2
      const text = characters.slice(graphWidth(characters)).join('').trim()
      const id = /^[^\s,]+/.exec(text)![0]
      for (const { from, isDependency = false } of columns.get(column) ?? []) {
        edges.push({ from, to: id, isDependency })
      }
      revisions.push(id)
      columns.set(column, [{ from: id, isDependency: undefined }])
      last = { id, column }
    } else if (last !== undefined) {
      followLinks(columns, last, at, between)
    }
  }
  return { revisions, edges: edges.map(shown).sort() }
}

/** Up to the text: places and strokes of the picture alternate. */
function graphWidth(characters: readonly string[]): number {
  const isPicture = (character: string) => /[ ●○*o│┊|:]/u.test(character)
  let width = 0
  while (
    isPicture(characters[width] ?? '') &&
    (characters[width + 1] ?? ' ') === ' ' &&
    width < characters.length
  )
    width += 2
  return width
}

/** Right below a revision: its line goes on, solid or dashed, or it has ended. */
function settle(columns: Map<number, Traveller[]>, column: number, below: string): void {
  const own = columns.get(column) ?? []
  if (!own.some(({ isDependency }) => isDependency === undefined)) return
  const isDependency = dashed.has(below)
  if (beginsAbove.has(below))
    columns.set(
      column,
      own.map(one => ({ ...one, isDependency })),
    )
  else columns.delete(column)
}

/** A stroke leads from the revision to a line that goes on below, or from one that ends to the revision's. */
function followLinks(
  columns: Map<number, Traveller[]>,
  { id, column: own }: { readonly id: string; readonly column: number },
  at: (column: number) => string,
  between: (column: number) => string,
): void {
  const arrived: Traveller[] = []
  const reach = (step: 1 | -1) => {
    for (let column = own; ; column += step) {
      const stroke = between(step === 1 ? column : column - 1)
      if (stroke === ' ' || (step === -1 && column === 0)) return
      const next = column + step
      const character = at(next)
      if (vertical.has(character)) continue
      const travellers = columns.get(next) ?? []
      if (opensBelow.has(character)) {
        columns.set(next, [...travellers, { from: id, isDependency: dashed.has(stroke) }])
      } else if (beginsAbove.has(character)) {
        arrived.push(...travellers)
        columns.delete(next)
      }
    }
  }
  reach(1)
  reach(-1)
  if (opensBelow.has(at(own))) columns.set(own, [...(columns.get(own) ?? []), ...arrived])
  else columns.delete(own)
}

export const shown = ({ from, to, isDependency }: ReadEdge): string =>
  `${from} ${isDependency ? 'needs' : 'follows'} ${to}`
