import { oneLine } from '../../../text/sentences.ts'
import type { Drawn } from './picture.ts'

/** The source of a Mermaid flowchart: the oldest revision at the bottom, as in `history`. */
export function drawMermaid(picture: readonly Drawn[]): string {
  const names = new Map(picture.map(({ revision }, index) => [revision.id, `r${index}`]))
  const lines = [
    'flowchart BT',
    ...picture.map(({ revision }, index) => `  r${index}["${labelOf(revision)}"]`),
    ...picture.flatMap(({ edges }, index) =>
      edges.map(({ to, isDependency }) =>
        isDependency
          ? `  ${names.get(to)} -. depends on .-> r${index}`
          : `  ${names.get(to)} --> r${index}`,
      ),
    ),
    ...classLines(picture),
  ]
  return `${lines.join('\n')}\n`
}

function labelOf({ id, labels, message }: Drawn['revision']): string {
  const lines = [id, ...(labels.length > 0 ? [`(${labels.join(', ')})`] : []), message]
  return lines.map(oneLine).filter(Boolean).map(escaped).join('<br/>')
}

/** Mermaid writes characters that mean something to it, or to HTML, as numbers. */
const escaped = (text: string): string =>
  text.replaceAll(/[#"&<>\\`;{}[\]|]/g, character => `#${character.charCodeAt(0)};`)

function classLines(picture: readonly Drawn[]): string[] {
  const classes = { head: 'stroke-width:3px', current: 'stroke:#2da44e,stroke-width:3px' }
  const isIn = {
    head: ({ revision }: Drawn) => revision.isHead && !revision.isCurrent,
    current: ({ revision }: Drawn) => revision.isCurrent,
  }
  return (['head', 'current'] as const).flatMap(name => {
    const members = picture.flatMap((drawn, index) => (isIn[name](drawn) ? [`r${index}`] : []))
    if (members.length === 0) return []
    return [`  classDef ${name} ${classes[name]}`, `  class ${members.join(',')} ${name}`]
  })
}
