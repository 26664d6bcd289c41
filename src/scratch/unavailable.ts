import { LimbeckError } from '../errors.ts'

/** Says why a scratch database cannot be in the place that was thought of. */
export function unavailable(message: string, hint: string, cause?: unknown): LimbeckError {
  return new LimbeckError('SCRATCH_UNAVAILABLE', message, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  })
}
