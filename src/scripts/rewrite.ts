import { readFileSync } from 'node:fs'
import { LimbeckError } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { changedExport } from './changed-export.ts'
import type { PlacedLiteral, Span } from './literal.ts'
import { findLiteral, scanRevision } from './scan.ts'

/** The text of a file that is going to be rewritten: it has to be text through and through. */
export function readWhole(path: string): string {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return text
  throw new LimbeckError('REVISION_NOT_REWRITABLE', `${path} is not UTF-8 text.`, {
    facts: { path },
    hint: 'Nothing was written. Save it as UTF-8, or change it by hand.',
  })
}

/** New text for a piece of the old one. */
interface Edit extends Span {
  readonly text: string
}

/**
 * The text of a revision file with another down revision: in the constant, and in the docstring's
 * `Revises:`. Every other byte stays. What comes out is read again, and has to say just that.
 */
export async function withDownRevision(
  path: string,
  source: string,
  downRevision: string,
): Promise<string> {
  const before = await scanRevision(path, source)
  const literal = await findLiteral(path, source, 'downRevision')
  // A scanned revision has the export.
  const edits = [
    literalEdit(source, literal!, downRevision),
    ...docEdit(before, source, downRevision),
  ]
  const after = applyEdits(source, edits)
  await assertSays(path, after, { ...before, downRevisions: [downRevision] })
  return after
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: piece }) => text.slice(0, start) + piece + text.slice(end),
      source,
    )
}

/** The string goes where the old ones stood, with their quotes; a list stays a list. */
function literalEdit(source: string, literal: PlacedLiteral, value: string): Edit {
  const { strings, start, end } = literal
  const [first, last = first] = [strings[0], strings.at(-1)]
  const text = quoted(value, source[first?.start ?? -1] ?? usualQuote(source))
  if (first && last) return { start: first.start, end: last.end, text }
  const isList = Array.isArray(literal.value)
  return isList ? { start: start + 1, end: start + 1, text } : { start, end, text }
}

const quoted = (value: string, quote: string): string =>
  `${quote}${value.replaceAll(/[\\'"`]/g, found => (found === '\\' || found === quote ? `\\${found}` : found))}${quote}`

/** The first quote that the code has, which `null` cannot tell. */
function usualQuote(source: string): string {
  return /^export const revision\b[^=]*=\s*(['"`])/m.exec(source)?.[1] ?? "'"
}

/** The value of `Revises:` in the docstring, which is the first comment of its kind, if it has that line. */
function docEdit({ doc }: ScannedRevision, source: string, value: string): Edit[] {
  if (!/^Revises:/m.test(doc)) return []
  const comment = /\/\*\*[\s\S]*?\*\//.exec(source)!
  const line = /^([ \t/*]*Revises:[ \t]*)(.*?)[ \t]*(?:\*\/)?\r?$/m.exec(comment[0])
  if (!line) return []
  const [, before = '', old = ''] = line
  const start = comment.index + line.index + before.length
  const isGlued = old === '' && before.endsWith(':')
  return [{ start, end: start + old.length, text: isGlued ? ` ${value}` : value }]
}

async function assertSays(path: string, text: string, wanted: ScannedRevision): Promise<void> {
  const found = await scanRevision(path, text)
  const isSaid = found.message === wanted.message
  const changed = changedExport(wanted, found)?.name ?? (isSaid ? undefined : 'message')
  if (changed === undefined) return
  throw new LimbeckError(
    'REVISION_NOT_REWRITABLE',
    `The down revision of ${path} cannot be changed without changing something else in it.`,
    {
      facts: { path, changed, downRevisions: wanted.downRevisions },
      hint: `Nothing was written. Set \`downRevision\` to '${wanted.downRevisions[0]}' by hand.`,
    },
  )
}
