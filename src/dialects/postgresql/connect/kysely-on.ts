import type { Kysely, PostgresPool } from 'kysely'
import { importDriver } from './driver.ts'

/** Kysely on something that looks like a pool of `pg`. */
export async function kyselyOn(pool: object): Promise<Kysely<unknown>> {
  const load = () => import('kysely')
  const { Kysely: Builder, PostgresDialect } = await importDriver('kysely', load, 'PACKAGE_MISSING')
  return new Builder({ dialect: new PostgresDialect({ pool: pool as PostgresPool }) })
}
