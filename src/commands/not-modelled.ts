import type { Comparison } from '../autogenerate/compare.ts'
import { type ObjectId, spokenId } from '../schema/index.ts'

/** What a comparison could not speak about, each in one line. */
export function notModelled(comparison: Comparison): string[] {
  const { unmodelled, uncovered } = comparison
  // The schema is only made where something is to be said of it.
  const spoken = (id: ObjectId) => spokenId(id, comparison.current.defaultSchema)
  return [
    ...new Set(unmodelled.map(({ kind, name }) => `${kind} ${name}`)),
    ...uncovered.map(id => `${spoken(id)} (its copy in scratch differs)`),
  ]
}
