import { readFileSync } from 'node:fs'
import type { DdlVector } from './vector.ts'

/** The vectors of a file beside a test, by name. */
export function recordedIn(file: URL): (readonly [string, DdlVector])[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as DdlVector).map(vector => [vector.name, vector])
}
