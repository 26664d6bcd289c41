/** Why a case fails: which stage, and the first difference or the error. */
export class RoundTripFailure extends Error {
  readonly stage: string

  constructor(stage: string, message: string, options?: ErrorOptions) {
    super(`${stage}: ${message}`, options)
    this.stage = stage
  }
}

/** Does a part of a case; what it throws is a failure of that stage. */
export async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new RoundTripFailure(name, message, { cause: error })
  }
}
