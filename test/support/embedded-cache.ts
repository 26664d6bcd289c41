import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './source-files.ts'

/** Where tests keep what an embedded PostgreSQL is made from, so that only the first run waits for it. */
export function embeddedCache(): string {
  return join(projectRoot, 'node_modules', '.cache', 'limbeck-test')
}

/** Lets a project in a folder have it, which else makes its own: that takes as long as all the rest. */
export function shareEmbeddedCache(folder: string): void {
  mkdirSync(embeddedCache(), { recursive: true })
  mkdirSync(join(folder, '.limbeck'))
  symlinkSync(embeddedCache(), join(folder, '.limbeck/cache'))
}
