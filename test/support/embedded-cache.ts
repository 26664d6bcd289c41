import { join } from 'node:path'
import { projectRoot } from './source-files.ts'

/** Where tests keep what an embedded PostgreSQL is made from, so that only the first run waits for it. */
export function embeddedCache(): string {
  return join(projectRoot, 'node_modules', '.cache', 'limbeck-test')
}
