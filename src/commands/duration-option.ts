import { durationComplaint, parseDuration } from '../config/duration.ts'
import { LimbeckError } from '../errors.ts'

/** A length of time as a command was told it, in milliseconds; absent where it was not. */
export function durationOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const length = parseDuration(text)
  if (length !== undefined) return length
  throw new LimbeckError('USAGE', `${option}: ${durationComplaint(text)}`, {
    facts: { option, value: text },
  })
}
