import type { IniValues } from './parse.ts'

/** Why a value cannot be read; never says what it is, which may be a password. */
export class InterpolationError extends Error {}

/** As deep as ConfigParser follows keys that name keys. */
const deepest = 10

/**
 * The value of a key with `%(other)s` replaced by the value of another key and `%%` by a percent
 * sign, as Python's ConfigParser does; undefined where there is no such key.
 */
export function interpolated(key: string, values: IniValues): string | undefined {
  return values.has(key) ? expanded(key, values, 1) : undefined
}

function expanded(key: string, values: IniValues, depth: number): string {
  const written = values.get(key)!
  if (!written.includes('%')) return written
  const takenIn = depth > 1 ? `takes in ${key}, which ` : ''
  if (depth > deepest) throw new InterpolationError(`${takenIn}refers to itself in the end`)
  return written.replaceAll(/%(?:%|\(([^)]+)\)s)?/g, (found, name?: string) => {
    if (found === '%%') return '%'
    const other = name?.toLowerCase()
    if (other !== undefined && values.has(other)) return expanded(other, values, depth + 1)
    throw new InterpolationError(takenIn + reason(name))
  })
}

const reason = (name: string | undefined): string =>
  name === undefined
    ? 'holds a `%` that stands alone: a percent sign is written `%%`'
    : 'names a key with `%(…)s` that is not there: a percent sign that is meant as it is, is written `%%`'
