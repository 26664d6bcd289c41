import { afterInterruption, expectNotInterrupted } from '../dialects/interruption.ts'
import type { ProjectInput } from '../environment/project.ts'
import { LimbeckError } from '../errors.ts'

/** A command whose errors say more: where revisions may be that nobody finds, and that it was told to end. */
export function explained<I extends ProjectInput, R>(
  command: (input: I) => Promise<R>,
): (input: I) => Promise<R> {
  return async input => {
    try {
      expectNotInterrupted(input.signal)
      return await command(input)
    } catch (thrown) {
      const error = afterInterruption(thrown, input.signal)
      if (!(error instanceof LimbeckError)) throw error
      const { explainError } = await import('./explain-error.ts')
      throw await explainError(error, input)
    }
  }
}
