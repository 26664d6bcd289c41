import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from './judge.ts'
import { type GraphVector, parseVectors } from './vector.ts'

/** How the vectors of some files came out. */
export interface VectorReport {
  readonly agreed: number
  /** How many were answered otherwise by which documented difference. */
  readonly byDifference: ReadonlyMap<string, number>
  /** `file: name: what was expected, what was answered`. */
  readonly failures: readonly string[]
}

/** Judges every vector of the files; a folder stands for the `.jsonl` files in it. */
export function runVectors(paths: readonly string[]): VectorReport {
  let agreed = 0
  const byDifference = new Map<string, number>()
  const failures: string[] = []
  for (const path of paths.flatMap(filesOf)) {
    for (const vector of parseVectors(readFileSync(path, 'utf8'))) {
      if (!('revisions' in vector)) {
        failures.push(
          `${path}: ${(vector as GraphVector).name}: vectors of this kind are not run yet`,
        )
        continue
      }
      const verdict = judge(vector)
      if (verdict.kind === 'agrees') agreed += 1
      else if (verdict.kind === 'differs') {
        const { id } = verdict.by
        byDifference.set(id, (byDifference.get(id) ?? 0) + 1)
      } else {
        const [expected, ours] = [vector.expect, verdict.ours].map(answer => JSON.stringify(answer))
        failures.push(`${path}: ${vector.name}: expected ${expected}, answered ${ours}`)
      }
    }
  }
  return { agreed, byDifference, failures }
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter(name => name.endsWith('.jsonl'))
  return names.sort().map(name => join(path, name))
}

/** The lines that the repository's `vectors` script prints, the count last. */
export function describeReport({ agreed, byDifference, failures }: VectorReport): string[] {
  const differing = [...byDifference.values()].reduce((sum, count) => sum + count, 0)
  const rules = [...byDifference].map(([id, count]) => `${id} ${count}`).sort()
  return [
    ...failures,
    `${agreed} as recorded, ${differing} by documented differences${rules.length ? `: ${rules.join(', ')}` : ''}`,
    `${agreed + differing} passed, ${failures.length} failed`,
  ]
}
