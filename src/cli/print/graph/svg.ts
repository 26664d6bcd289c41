import { oneLine } from '../../../text/sentences.ts'
import { widthOf } from '../cut.ts'
import { type LaneRow, type Link, layOut } from './lanes.ts'
import type { Drawn } from './picture.ts'

/** In pixels. */
const row = { height: 28, lane: 18, margin: 16, dot: 5, letter: 7.9, fontSize: 13, baseline: 4 }

/** Colours on a light ground and on a dark one; the picture brings its own ground. */
const palettes = {
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    faint: '#59636e',
    lanes: ['#cf222e', '#1a7f37', '#9a6700', '#0969da', '#8250df', '#1b7c83'],
  },
  dark: {
    ground: '#0d1117',
    text: '#e6edf3',
    faint: '#9198a1',
    lanes: ['#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf'],
  },
}

/** Written out, since not every program that shows SVG knows variables. */
const colours = ({ ground, text, faint, lanes }: (typeof palettes)['light']): string =>
  [
    ...lanes.map((lane, number) => `path.l${number}, circle.l${number} { stroke: ${lane} }`),
    ...lanes.map((lane, number) => `circle.l${number} { fill: ${lane} }`),
    `.ground, circle.base { fill: ${ground} }`,
    `circle.current { stroke: ${text} }`,
    `text { fill: ${text} }`,
    `.marks { fill: ${faint} }`,
  ].join('\n')

const style = `
path { fill: none; stroke-width: 2 }
.dependency { stroke-dasharray: 4 3 }
circle { stroke-width: 2 }
circle.current { stroke-width: 3 }
text { font: ${row.fontSize}px ui-monospace, Menlo, Consolas, monospace }
.id { font-weight: bold }
${colours(palettes.light)}
@media (prefers-color-scheme: dark) {
${colours(palettes.dark)}
}
`

/** A picture of its own as SVG: lanes as in the terminal, newest first. */
export function drawSvg(picture: readonly Drawn[], textOf: (drawn: Drawn) => DrawnText): string {
  const rows = layOut(picture)
  const places = new Map(rows.map(({ revision }, index) => [revision.id, index]))
  const lanes = Math.max(1, ...rows.map(({ column, below }) => Math.max(column + 1, below.length)))
  const left = row.margin + lanes * row.lane
  const texts = rows.map(textOf)
  const longest = Math.max(0, ...texts.map(text => widthOf(Object.values(text).join(''))))
  const width = Math.ceil(left + longest * row.letter + row.margin)
  const height = rows.length * row.height + row.margin
  const moves = movesOf(rows)
  const paths = rows.flatMap((one, index) =>
    one.links.map(link =>
      path(one, index, link, places.get(link.target)!, moves.get(link.target) ?? []),
    ),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Revision graph">
<title>Revision graph</title>
<style>${style}</style>
<rect class="ground" width="100%" height="100%"/>
${[...paths, ...rows.map((one, index) => revision(one, index, left, texts[index]!))].join('\n')}
</svg>
`
}

/** What stands beside a revision, in pieces that look different. */
export interface DrawnText {
  readonly id: string
  readonly marks: string
  readonly message: string
}

const x = (column: number): number => row.margin + column * row.lane
const y = (index: number): number => row.margin + index * row.height

/** A lane goes on in another column. */
interface Move {
  readonly index: number
  readonly column: number
}

/** The moves of each lane, from above. */
function movesOf(rows: readonly LaneRow[]): Map<string, Move[]> {
  const moves = new Map<string, Move[]>()
  for (const [index, { links }] of rows.entries()) {
    for (const { target, column, movedFrom } of links) {
      if (movedFrom === undefined) continue
      moves.set(target, [...(moves.get(target) ?? []), { index, column }])
    }
  }
  return moves
}

/** From a revision over to the lane of the other, then down the lane, wherever that moves. */
function path(row: LaneRow, index: number, link: Link, end: number, moves: readonly Move[]) {
  const later = moves.filter(move => move.index > index)
  let way = `M ${x(row.column)} ${y(index)}${over(row.column, link.column, index)}`
  let { column } = link
  for (const move of later) {
    way += ` L ${x(column)} ${y(move.index)}${over(column, move.column, move.index)}`
    column = move.column
  }
  const kind = link.isDependency ? ' dependency' : ''
  const title = `${row.revision.id} ${link.isDependency ? 'depends on' : 'follows'} ${link.target}`
  return `<path class="l${link.number % 6}${kind}" d="${way} L ${x(column)} ${y(end)}"><title>${escaped(title)}</title></path>`
}

/** From a column to another in the next row. */
function over(from: number, to: number, index: number): string {
  if (from === to) return ''
  const [top, bottom] = [y(index), y(index + 1)]
  const middle = (top + bottom) / 2
  return ` C ${x(from)} ${middle} ${x(to)} ${middle} ${x(to)} ${bottom}`
}

function revision(one: LaneRow, index: number, left: number, text: DrawnText): string {
  const { revision, column, number } = one
  const classes = [
    `l${number % 6}`,
    ...(revision.downRevisions.length === 0 ? ['base'] : []),
    ...(revision.isCurrent ? ['current'] : []),
  ]
  const title = [revision.id + text.marks, revision.createdAt, oneLine(revision.message)]
  return `<g><title>${escaped(title.filter(Boolean).join('\n'))}</title><circle class="${classes.join(' ')}" cx="${x(column)}" cy="${y(index)}" r="${row.dot}"/><text xml:space="preserve" x="${left}" y="${y(index) + row.baseline}"><tspan class="id">${escaped(text.id)}</tspan><tspan class="marks">${escaped(text.marks)}</tspan>${escaped(text.message)}</text></g>`
}

/** For text and attributes; characters that XML does not have become a space. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
