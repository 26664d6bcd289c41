import { AsyncLocalStorage } from 'node:async_hooks'

const scope = new AsyncLocalStorage<true>()

/** Runs code in which no secret is fetched, since nobody is going to connect with it. */
export function withoutSecrets<T>(work: () => Promise<T>): Promise<T> {
  return scope.run(true, work)
}

/** Whether secrets are not to be fetched here. */
export const isWithoutSecrets = (): boolean => scope.getStore() === true

/** Given in place of a URL that was not fetched; names under `.invalid` are never found. */
export const noSecretUrl = 'postgresql://not-fetched.invalid/'
