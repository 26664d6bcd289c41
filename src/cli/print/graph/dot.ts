import { oneLine } from '../../../text/sentences.ts'
import type { Drawn } from './picture.ts'

/** The source of a picture for Graphviz: the oldest revision at the bottom, as in `history`. */
export function drawDot(picture: readonly Drawn[]): string {
  const names = new Map(picture.map(({ revision }, index) => [revision.id, `r${index}`]))
  const lines = [
    'digraph revisions {',
    '  rankdir=BT',
    '  node [shape=box, style=rounded, fontname="monospace"]',
    ...picture.map(({ revision }, index) => `  r${index} [${attributesOf(revision)}]`),
    ...picture.flatMap(({ edges }, index) =>
      edges.map(
        ({ to, isDependency }) =>
          `  ${names.get(to)} -> r${index}${isDependency ? ' [style=dashed, label="depends on"]' : ''}`,
      ),
    ),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function attributesOf({ id, labels, message, isHead, isCurrent }: Drawn['revision']): string {
  const lines = [id, ...(labels.length > 0 ? [`(${labels.join(', ')})`] : []), message]
  const label = lines.map(oneLine).filter(Boolean).map(escaped).join('\\n')
  return [
    `label="${label}"`,
    ...(isHead ? ['penwidth=3'] : []),
    ...(isCurrent ? ['color="#2da44e"'] : []),
  ].join(', ')
}

/** In a label the backslash has a meaning of its own, beside ending no string. */
const escaped = (text: string): string => text.replaceAll(/["\\]/g, '\\$&')
