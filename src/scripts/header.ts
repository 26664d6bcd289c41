import type { Revision } from '../revisions/revision.ts'
import { readDocstring } from './docstring.ts'

const comment = String.raw`/\*\*[^*]*\*+(?:[^/*][^*]*\*+)*/`
const text = String.raw`'[^'\\\n]+'|"[^"\\\n]+"`
const list = String.raw`null|${text}|\[\s*(?:(?:${text})\s*,?\s*)*\]`
const constant = (name: string, value: string) =>
  String.raw`export const ${name}(?:: [\w |[\]]+)? = (${value});?\s*\n\s*`

/** A file as limbeck writes it: docstring, imports, the four constants, upgrade. */
const header = new RegExp(
  [
    String.raw`\s*(?:${comment}\s*)?`,
    String.raw`(?:import [^;'"]* from (?:${text});?\s*)*`,
    constant('revision', text),
    constant('downRevision', list),
    constant('branchLabels', list),
    constant('dependsOn', list),
    String.raw`export function upgrade\(`,
  ].join(''),
  'y',
)

/**
 * Reads a revision file that looks as limbeck wrote it, which nearly all do, much faster than a
 * lexer could. Anything unusual is undefined, and left to the lexer.
 */
export function readHeader(source: string): Revision | undefined {
  header.lastIndex = 0
  const found = header.exec(source)
  if (!found || !source.includes('\nexport function downgrade(')) return undefined
  const [, id, down, labels, dependencies] = found
  return {
    id: stringsIn(id!)[0]!,
    downRevisions: stringsIn(down!),
    branchLabels: stringsIn(labels!),
    dependsOn: stringsIn(dependencies!),
    ...readDocstring(source.slice(0, source.indexOf('export const'))),
  }
}

/** There are no escapes in them. */
function stringsIn(literal: string): string[] {
  return [...literal.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, a, b]) => a ?? b!)
}
