import { LimbeckError } from '../errors.ts'

/** How long names of a database may be, and in what that is counted. */
export interface NameLimit {
  readonly database: string
  readonly longest: number
  readonly unit: 'bytes' | 'characters'
  /** What the database itself does with a longer one. */
  readonly instead: string
}

/** Refuses a name that a database would cut or refuse, before anything runs. */
export function expectShort(
  name: string,
  what: string,
  { database, longest, unit, instead }: NameLimit,
): void {
  // No character takes more than three bytes for each of its units.
  if (name.length * 3 <= longest) return
  const length = unit === 'bytes' ? Buffer.byteLength(name) : [...name].length
  if (length <= longest) return
  throw new LimbeckError(
    'NAME_TOO_LONG',
    `The ${what} ${JSON.stringify(name)} has ${length} ${unit}, and ${database} ${instead}.`,
    {
      facts: { name, length, longest, unit, database },
      hint: `Give it at most ${longest} ${unit}.`,
    },
  )
}
