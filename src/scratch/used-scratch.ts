import type { ScratchDatabase, ScratchKind } from './scratch.ts'

/** Which scratch database was used, as results say it. */
export interface UsedScratch {
  readonly kind: ScratchKind
  /** Of its PostgreSQL: `15.18`. */
  readonly version: string
}

export function usedScratch({
  kind,
  serverVersion,
}: Pick<ScratchDatabase, 'kind' | 'serverVersion'>): UsedScratch {
  return { kind, version: spokenVersion(serverVersion) }
}

/** The same in words: `server 15.18`. */
export function scratchInWords({ kind, version }: UsedScratch): string {
  const place = { embedded: 'PGlite', server: 'server', url: 'scratchUrl' }[kind]
  return `${place} ${version}`
}

/** A server's number as people say it: 150018 is 15.18. */
export const spokenVersion = (version: number): string => `${majorOf(version)}.${version % 10_000}`

/** The major of a server's number. */
export const majorOf = (version: number): number => Math.trunc(version / 10_000)
