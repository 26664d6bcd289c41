import { InterpolationError, interpolated } from './interpolate.ts'
import type { IniFile, IniValues } from './parse.ts'

/** A section that is being read: its values, and a list that gathers what is wrong with them. */
export interface Section {
  readonly name: string
  /** As they are written, with those of `[DEFAULT]` and `here` below them. */
  readonly values: IniValues
  readonly complaints: string[]
}

/** The value of a key; an empty one is undefined, and one that cannot be read a complaint. */
export function readKey(section: Section, key: string): string | undefined {
  try {
    return interpolated(key, section.values) || undefined
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error
    complain(section, key, `${error.message}.`)
    return undefined
  }
}

export function complain({ name, complaints }: Section, key: string, what: string): void {
  complaints.push(`${key} in [${name}] ${what}`)
}

/** A section's keys with the defaults below them; `here` is the folder of the file. */
export const valuesOf = (file: IniFile, name: string, here: string): IniValues =>
  new Map([['here', here], ...file.defaults, ...(file.sections.get(name) ?? [])])

/**
 * Every key of a section for env.ts. What cannot be interpolated stays as it is written, as the
 * patterns of log lines (`%(levelname)s`) are read.
 */
export const plainValues = (values: IniValues): Readonly<Record<string, string>> =>
  Object.freeze(Object.fromEntries([...values.keys()].map(key => [key, plainValue(key, values)])))

function plainValue(key: string, values: IniValues): string {
  try {
    return interpolated(key, values)!
  } catch (error) {
    if (error instanceof InterpolationError) return values.get(key)!
    throw error
  }
}
