import type { Comparison } from '../autogenerate/compare.ts'

/** What a comparison could not speak about, each in one line. */
export function notModelled({ unmodelled, uncovered }: Comparison): string[] {
  return [
    ...new Set(unmodelled.map(({ kind, name }) => `${kind} ${name}`)),
    ...uncovered.map(id => `${id.replace(':', ' ')} (its copy in scratch differs)`),
  ]
}
