import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where tools of the tests are kept between runs and shared by all checkouts. */
export const cacheFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'limbeck-test',
)

/** PostgreSQL clients unpacked by install-pg-dump.mjs: `<major>/bin/pg_dump`. */
export const privateClients = join(cacheFolder, 'postgresql-client')
