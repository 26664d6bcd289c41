import type { HistoryResult } from '../../commands/results/graph.ts'
import type { RevisionLine } from '../../commands/results/revision-line.ts'
import { oneLine } from '../../text/sentences.ts'
import type { HistoryForm } from '../history-form.ts'
import { drawDot } from './graph/dot.ts'
import { drawMermaid } from './graph/mermaid.ts'
import { type Drawn, pictureOf } from './graph/picture.ts'
import { drawSvg } from './graph/svg.ts'
import { asciiStrokes, drawInTerminal, unicodeStrokes } from './graph/terminal.ts'
import { marksOf, printRevisions } from './revision-line.ts'
import type { View } from './view.ts'

/** The revisions of a range, newest first: listed, drawn, or as the source of a picture. */
export function printHistory(
  { revisions }: HistoryResult,
  view: View,
  { graph, format }: HistoryForm,
): string {
  switch (format) {
    case 'mermaid':
      return drawMermaid(pictureOf(revisions))
    case 'dot':
      return drawDot(pictureOf(revisions))
    case 'svg':
      return drawSvg(pictureOf(revisions), textsOf)
    default:
      return graph ? printGraph(revisions, view) : printList(revisions, view)
  }
}

function printList(revisions: readonly RevisionLine[], view: View): string {
  const parts = { parents: true, labels: true, current: true, points: true, message: true }
  return printRevisions(revisions, parts, view)
}

function printGraph(revisions: readonly RevisionLine[], view: View): string {
  const { colours, columns } = view
  return drawInTerminal(pictureOf(revisions), {
    strokes: view.isAscii ? asciiStrokes : unicodeStrokes,
    colours,
    columns,
    textOf: ({ revision }) => graphLine(revision, view),
  })
}

/** The line of a list without the parents, which the lanes show. */
function graphLine(revision: RevisionLine, { colours, isVerbose }: View): string {
  const { id, createdAt, message } = revision
  const date = isVerbose && createdAt !== undefined ? ` ${colours.dim(createdAt)}` : ''
  const text = message === '' ? '' : `, ${oneLine(message)}`
  return `${colours.yellow(id)}${marksOf(revision, historyParts, colours)}${date}${text}`
}

const historyParts = { labels: true, current: true, points: true }

function textsOf({ revision }: Drawn) {
  const { id, message } = revision
  return {
    id,
    marks: marksOf(revision, historyParts),
    message: message === '' ? '' : `, ${oneLine(message)}`,
  }
}
