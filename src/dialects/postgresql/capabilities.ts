import { LimbeckError } from '../../errors.ts'
import type { Capabilities } from '../capabilities.ts'
import type { CompileOptions } from '../dialect.ts'

export const capabilities: Capabilities = { transactionalDdl: true }

/** What newer servers can do, with the first major version that does; older ones than 13 are not served. */
const features = {
  columnCompression: { since: 14, says: 'COMPRESSION' },
  multiranges: { since: 14, says: 'multirange types' },
  sqlBodies: { since: 14, says: 'BEGIN ATOMIC and RETURN bodies' },
  nullsNotDistinct: { since: 15, says: 'NULLS NOT DISTINCT' },
  setNullColumns: { since: 15, says: 'ON DELETE SET NULL with columns' },
  generationDependencies: { since: 15, says: 'generated columns that let go of what they used' },
  unloggedSequences: { since: 15, says: 'unlogged sequences' },
  storageDefault: { since: 16, says: 'SET STORAGE DEFAULT' },
  maintain: { since: 17, says: 'the privilege MAINTAIN' },
  setExpression: { since: 17, says: 'SET EXPRESSION' },
  partitionIdentity: { since: 17, says: 'identity columns shared with partitions' },
  notEnforced: { since: 18, says: 'NOT ENFORCED' },
  notNullStates: { since: 18, says: 'NOT NULL that is NO INHERIT or NOT VALID' },
  temporalKeys: { since: 18, says: 'WITHOUT OVERLAPS and PERIOD' },
  virtualColumns: { since: 18, says: 'virtual generated columns' },
} as const

export type Feature = keyof typeof features

/** Whether the server has a feature; an unknown server is taken to be the newest. */
export function hasFeature(feature: Feature, { serverVersion }: CompileOptions): boolean {
  return !serverVersion || serverVersion >= features[feature].since * 10_000
}

/** Refuses, in words, what an older server would answer with a syntax error. */
export function requireFeature(feature: Feature, options: CompileOptions): void {
  if (hasFeature(feature, options)) return
  const { since, says } = features[feature]
  const major = Math.floor((options.serverVersion ?? 0) / 10_000)
  throw new LimbeckError('SERVER_TOO_OLD', `PostgreSQL ${major} does not know ${says}.`, {
    facts: { feature: says, needs: since, serverVersion: options.serverVersion },
    hint: `It needs PostgreSQL ${since} or newer: change the script, or upgrade the server.`,
  })
}
