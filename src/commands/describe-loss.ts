import type { DowngradeLoss, LostRows } from './inputs.ts'

/** How many tables and columns are named; there may be hundreds. */
const named = 20

/** What a downgrade drops, with what is in it: `table users (1,204 rows)`; undefined for nothing. */
export function droppedThings({ tables, columns }: DowngradeLoss): string | undefined {
  const things = [
    ...tables.map(table => `table ${table.name} (${amount(table, 'row')})`),
    ...columns.map(column => `column ${column.name} (${amount(column, 'value')})`),
  ]
  return things.length === 0 ? undefined : shortened(things, count => `${count} more`).join(', ')
}

/** The first of a list, and how many more there are. */
export function shortened(
  list: readonly string[],
  rest: (count: number) => string,
): readonly string[] {
  return list.length <= named ? list : [...list.slice(0, named), rest(list.length - named)]
}

/** `1,204 rows`, `about 3,000,000 rows`, `no row`; without a count that it was not counted. */
export function amount({ rows, isAbout }: LostRows, thing: 'row' | 'value'): string {
  if (rows === undefined) return `${thing}s not counted`
  if (rows === 0) return `no ${thing}s`
  const number = rows.toLocaleString('en-US')
  return `${isAbout ? 'about ' : ''}${number} ${thing}${rows === 1 ? '' : 's'}`
}

/** Only what holds something, or may. */
export function withRows({ tables, columns, ...loss }: DowngradeLoss): DowngradeLoss {
  const holds = ({ rows }: LostRows) => rows !== 0
  return { ...loss, tables: tables.filter(holds), columns: columns.filter(holds) }
}

/** Whose SQL and code nobody can look into; undefined where there is none. */
export function unknownSentence({ unknown }: DowngradeLoss): string | undefined {
  if (unknown.length === 0) return undefined
  return `What SQL and code of ${unknown.join(', ')} take away is not counted.`
}
