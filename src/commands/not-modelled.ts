import type { Comparison } from '../autogenerate/compare.ts'
import { spokenId } from '../schema/index.ts'

/** What a comparison could not speak about, each in one line. */
export function notModelled({ unmodelled, uncovered }: Comparison): string[] {
  return [
    ...new Set(unmodelled.map(({ kind, name }) => `${kind} ${name}`)),
    ...uncovered.map(id => `${spokenId(id)} (its copy in scratch differs)`),
  ]
}
