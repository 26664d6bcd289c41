/**
 * The parts of a dump that do not depend on the order of a table's columns: `ALTER TABLE` cannot reach
 * it, so two databases that differ in nothing else count as equal. The lines of each CREATE TABLE are
 * sorted, and the sections of the dump too, since those of columns follow their order.
 */
export function withoutColumnOrder(dump: string): string {
  return dump
    .split(/^(?=--\n-- Name: )/m)
    .map(sortedColumns)
    .sort()
    .join('')
}

function sortedColumns(section: string): string {
  return section.replace(
    /^(CREATE (?:UNLOGGED )?TABLE [^\n]*\(\n)(.*?)(^\))/ms,
    (_, head: string, columns: string, tail: string) =>
      head + columns.replace(/,$/gm, '').split('\n').sort().join('\n') + tail,
  )
}

/** The first line in which two dumps differ, with what each says there; undefined where they are equal. */
export function firstDifference(actual: string, expected: string): string | undefined {
  if (actual === expected) return undefined
  const [a, b] = [lines(withoutColumnOrder(actual)), lines(withoutColumnOrder(expected))]
  const position = a.findIndex((line, index) => line !== b[index])
  if (position === -1 && a.length === b.length) return undefined
  const at = position === -1 ? a.length : position
  return `${shown(a[at])} instead of ${shown(b[at])}`
}

const lines = (text: string) => text.split('\n').filter(line => line !== '' && line !== '--')

const shown = (line: string | undefined) => (line === undefined ? 'nothing' : `\`${line.trim()}\``)
