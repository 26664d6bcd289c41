/** Words as a sentence lists them: `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

/** The first words of a list, and how many more there are: `a, b and 7 more`. */
export function fewOf(words: readonly string[], most = 5): string {
  const shown = words.slice(0, most).join(', ')
  return words.length <= most ? shown : `${shown} and ${words.length - most} more`
}

/** A number of things that have an s in the plural: `1 revision`, `3 revisions`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

/** A text as one line, which no terminal and no format takes for more than text. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
