import type { Node } from 'libpg-query'
import { LimbeckError } from '../../errors.ts'
import { type RenameWords, readRenameWords } from '../../operations/rename-words.ts'
import type { SourceHints } from '../source.ts'
import type { Place } from './place.ts'
import type { SqlFile } from './read-files.ts'

/** What SQL files say of names: in comments, and by naming constraints and indexes themselves. */
export async function sqlHints(
  files: readonly SqlFile[],
  nodes: readonly Node[],
): Promise<SourceHints> {
  const renames = await Promise.all(files.map(renamesIn))
  return { renames: renames.flat(), chosenNames: [...new Set(nodes.flatMap(givenNames))] }
}

/** Names that the statements give, rather than leave to the database, wherever they stand in them. */
function givenNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(givenNames)
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    nameKeys.has(key) && typeof value === 'string' ? [value] : givenNames(value),
  )
}

/** Of a constraint, of an index, and of what is renamed. */
const nameKeys: ReadonlySet<string> = new Set(['conname', 'idxname', 'newname'])

const comment = /^--\s*limbeck:\s*rename\s+(.+)$/i

/** The comments `-- limbeck: rename users.nick=nickname` of a file; what only looks like one is part of a text. */
async function renamesIn({ file, text }: SqlFile): Promise<RenameWords[]> {
  if (!/limbeck:\s*rename/i.test(text)) return []
  const { scan } = await import('libpg-query')
  const plain = text.replaceAll(/^\\(un)?restrict.*$/gm, '')
  const { tokens } = await scan(plain)
  return tokens.flatMap(token => {
    const [, words] = comment.exec(token.text.trim()) ?? []
    if (words === undefined) return []
    const line = Buffer.from(plain).subarray(0, token.start).toString().split('\n').length
    return [readRenameWords(words) ?? wrongWords(words, { file, line })]
  })
}

function wrongWords(words: string, { file, line }: Place): never {
  throw new LimbeckError('RENAME_INVALID', `${file}:${line}: \`${words}\` is no rename.`, {
    facts: { file, line, rename: words },
    hint: 'Write `-- limbeck: rename users.nick=nickname`.',
  })
}
