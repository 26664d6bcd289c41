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

/** The same in words: `PGlite 18.3`, `PostgreSQL 15.18 on the same server`. */
export function scratchInWords({ kind, version }: UsedScratch): string {
  if (kind === 'embedded') return `PGlite ${version}`
  return `PostgreSQL ${version} ${kind === 'server' ? 'on the same server' : 'at scratchUrl'}`
}

/** A server's number as people say it: 150018 is 15.18. */
export const spokenVersion = (version: number): string => `${majorOf(version)}.${version % 10_000}`

/** The major of a server's number. */
export const majorOf = (version: number): number => Math.trunc(version / 10_000)
