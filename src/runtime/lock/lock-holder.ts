import type { RunLockHolder } from '../../dialects/run-lock.ts'

/** Who holds the lock of a run, for programs. */
export interface LockHolderFacts extends RunLockHolder {
  /** The revision it is at, where its application says so. */
  readonly revision: string | null
}

/** The holder with what its application tells: `limbeck:<revision>`, perhaps behind a name of its own and before `@<host>`. */
export function holderFacts(holder: RunLockHolder): LockHolderFacts {
  const [, revision = null] = /(?:^| )limbeck:([^@]+)/.exec(holder.application ?? '') ?? []
  return { ...holder, revision }
}

/** The holder in words. */
export function describeHolder(holder: RunLockHolder): string {
  const { application, address, user, pid, since, seconds } = holder
  return [
    application || 'an application without a name',
    address === null ? "on the server's machine" : `from ${address}`,
    ...(user === null ? [] : [`user ${user}`]),
    `pid ${pid}`,
    ...(since === null ? [] : [`since ${since} (${Math.max(Math.round(seconds ?? 0), 0)} s)`]),
  ].join(', ')
}
