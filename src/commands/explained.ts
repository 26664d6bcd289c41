import type { ProjectInput } from '../environment/project.ts'
import { LimbeckError } from '../errors.ts'

/** A command whose errors about revisions that nobody finds say where they may be. */
export function explained<I extends ProjectInput, R>(
  command: (input: I) => Promise<R>,
): (input: I) => Promise<R> {
  return async input => {
    try {
      return await command(input)
    } catch (error) {
      if (!(error instanceof LimbeckError)) throw error
      const { explainError } = await import('./explain-error.ts')
      throw await explainError(error, input)
    }
  }
}
