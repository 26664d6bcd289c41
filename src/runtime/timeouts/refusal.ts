/** What the database has said, in whatever it is wrapped. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

/** The refusal that an error comes from: limbeck's errors, a query builder's and the driver's name it as their cause. */
export function refusalOf(error: unknown): Refusal | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    const { code, message } = at as Error & { readonly code?: unknown }
    if (typeof code === 'string' && isSqlState.test(code)) return { code, message }
  }
  return undefined
}

const isSqlState = /^(?=.*\d)[0-9A-Z]{5}$/
