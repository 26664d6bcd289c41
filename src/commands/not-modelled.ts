import type { Comparison } from '../autogenerate/compare.ts'

/** What a comparison could not speak about, each in one line. */
export function notModelled({ current, target, uncovered }: Comparison): string[] {
  const unmodelled = [...current.unmodelled, ...target.unmodelled]
  return [
    ...new Set(unmodelled.map(({ kind, name }) => `${kind} ${name}`)),
    ...uncovered.map(id => `${id.replace(':', ' ')} (its copy in scratch differs)`),
  ]
}
