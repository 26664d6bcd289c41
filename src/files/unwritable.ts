import { LimbeckError } from '../errors.ts'

/** The error of a file that could not be written. */
export function unwritable(path: string, error: unknown): LimbeckError {
  const { code, message } = error as NodeJS.ErrnoException
  return new LimbeckError('FILE_UNWRITABLE', `${path} cannot be written: ${message}.`, {
    facts: { path, code },
    hint: 'Nothing was written. Check the rights to the folder and the space on the disk.',
    cause: error,
  })
}
