import type { RenameWords } from '../../operations/rename-words.ts'
import type { SourceContent } from '../../sources/source.ts'

/** What the sources of a target say of old names. */
export function hintsOf(contents: readonly SourceContent[]): RenameWords[] {
  return contents.flatMap(({ hints }) => hints?.renames ?? [])
}

/**
 * Tells the names of constraints and indexes that somebody has chosen. A source that does not say so has
 * chosen all of its names.
 */
export function isChosenName(contents: readonly SourceContent[]): (name: string) => boolean {
  const chosen = contents.map(({ hints }) => hints?.chosenNames)
  const names = new Set(chosen.flatMap(one => one ?? []))
  const isAll = chosen.includes(undefined)
  return name => isAll || names.has(name)
}
