import fc, { type Arbitrary } from 'fast-check'

/** What ends a name, a text or a statement somewhere, or means something else there. */
const pieces = [
  '"',
  "'",
  '`',
  '\\',
  ';',
  '$$',
  '$body1$',
  '--',
  '/*',
  '*/',
  '\n',
  '\t',
  ' ',
  '.',
  ',',
  '(',
  ')',
  '%',
  ':',
  '?',
  '$1',
  '[]',
  '::',
  '@',
  '#',
  'a',
  'Z',
  'ß',
  '表',
  '😀',
  'select',
  'User',
  'NULL',
  '"; DROP TABLE canary; --',
  "'); DROP TABLE canary; --",
  '`; DROP TABLE canary; #',
  "\\'; DROP TABLE canary; --",
  '$$; DROP TABLE canary; --',
  '*/ DROP TABLE canary; /*',
]

export interface HostileOptions {
  /** How much of it there may be, as the database counts. */
  readonly longest: number
  readonly length: (text: string) => number
  /** Characters that the database's names cannot have. */
  readonly without?: RegExp
}

/** Names that SQL could trip over, of every length that is allowed. */
export function hostileNames({ longest, length, without }: HostileOptions): Arbitrary<string> {
  const usable = pieces.filter(piece => without === undefined || !without.test(piece))
  return fc
    .oneof(
      fc
        .array(fc.constantFrom(...usable), { minLength: 1, maxLength: 6 })
        .map(list => list.join('')),
      fc.constantFrom(...usable).map(piece => piece.repeat(longest)),
    )
    .map(text => cut(text, longest, length))
}

/** Texts of any length, as comments, values and defaults are. */
export const hostileTexts: Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map(list => list.join('').replaceAll('\0', ''))

function cut(text: string, longest: number, length: (text: string) => number): string {
  const characters = [...text]
  while (length(characters.join('')) > longest) characters.pop()
  return characters.join('')
}
