import type { RebaseResult } from '../../commands/results/revision.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** What was rewritten, where the line stood and stands, and how to go on. */
export function printRebase(result: RebaseResult, { cwd, colours }: View): string {
  const { id, path, downRevisionsBefore, downRevisions, heads } = result
  const before = downRevisionsBefore.join(', ') || '<base>'
  const lines = [
    `  ${colours.yellow(id)} follows ${downRevisions.join(', ')}, and followed ${before}`,
    `  wrote ${colours.green(shownPath(path, cwd))}`,
    ...(heads.length === 1 ? [`  next: limbeck upgrade head`] : [`  heads: ${heads.join(', ')}`]),
  ]
  return `${lines.join('\n')}\n`
}
