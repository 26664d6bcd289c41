import type { FoundRename } from '../autogenerate/renames/answers.ts'
import { shellWord } from '../text/shell-words.ts'

/** A kind in a sentence. */
export function kindWord(kind: FoundRename['kind']): string {
  if (kind === 'enumValue') return 'value'
  if (kind === 'routine') return 'function'
  return kind.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}

/** What nobody has decided, a line each, with the words that say yes. */
export function openRenameLines(renames: readonly FoundRename[]): string[] {
  const open = renames.filter(({ decision }) => decision === 'open')
  return open.map(({ kind, from, to, words, reasons }) => {
    const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`
    return `  renamed? ${kindWord(kind)} ${from} may have become ${to}${why}: --rename ${shellWord(words)}`
  })
}
