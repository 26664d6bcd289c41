import type { Connection, Dialect } from '../dialects/dialect.ts'

/** Names the session of a run after the revision that it is at: `limbeck:<revision>`. */
export interface SessionName {
  /** An expression that does so until the transaction ends. */
  inTransaction(revision: string): string
  /** One that does so until the session is named anew; absent where others get the session, too. */
  forSession?(revision: string | undefined): string
}

export interface NamedSession {
  readonly dialect: Dialect
  readonly connection: Connection
  /** A pooler lends the session to others between transactions. */
  readonly isPooled?: boolean | undefined
}

/** How a session is named; undefined where that is not ours to do, or nobody would see it. */
export function sessionName({
  dialect,
  connection,
  isPooled,
}: NamedSession): SessionName | undefined {
  const { applicationName: given } = connection
  const name = dialect.sessionName
  if (given === undefined || name === undefined) return undefined
  return {
    inTransaction: revision => name(nameAt(given, revision), 'transaction'),
    ...(isPooled
      ? {}
      : {
          forSession: (revision?: string) =>
            name(revision === undefined ? given : nameAt(given, revision), 'session'),
        }),
  }
}

/** What PostgreSQL keeps of a name, in bytes. */
const room = 63

/** A name that the project has chosen stands before ours, which is kept whole. */
export function nameAt(given: string, revision: string): string {
  const own = `limbeck:${revision}`
  if (given === 'limbeck') return own
  const ascii = given.replaceAll(/[^ -~]/g, '?')
  return `${ascii.slice(0, Math.max(room - own.length - 1, 0))} ${own}`.trimStart()
}
