import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { judgeText, type TextVector } from './command-text.ts'
import { judge } from './judge.ts'
import type { GraphVector } from './vector.ts'

/** How the vectors of some files came out. */
export interface VectorReport {
  readonly agreed: number
  /** How many were answered otherwise by which documented difference. */
  readonly byDifference: ReadonlyMap<string, number>
  /** `file: name: what was expected, what was answered`. */
  readonly failures: readonly string[]
  /** How many there are of what cannot be run yet. */
  readonly notRun: ReadonlyMap<string, number>
}

/** How one vector came out. */
type Outcome =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'differs'; readonly by: string }
  | { readonly kind: 'fails'; readonly expected: unknown; readonly ours: unknown }
  | { readonly kind: 'notRun'; readonly what: string }

/** A line of a file; its keys tell which kind it is of. */
type Vector = GraphVector | TextVector | { readonly name: string; readonly op: string }

/** Judges every vector of the files; a folder stands for the `.jsonl` files in it. */
export function runVectors(paths: readonly string[]): VectorReport {
  let agreed = 0
  const byDifference = new Map<string, number>()
  const notRun = new Map<string, number>()
  const failures: string[] = []
  for (const path of paths.flatMap(filesOf)) {
    for (const vector of readVectors(path)) {
      const outcome = judgeAny(vector)
      if (outcome.kind === 'agrees') agreed += 1
      else if (outcome.kind === 'differs') count(byDifference, outcome.by)
      else if (outcome.kind === 'notRun') count(notRun, outcome.what)
      else {
        const [expected, ours] = [outcome.expected, outcome.ours].map(it => JSON.stringify(it))
        failures.push(`${basename(path)}: ${vector.name}: expected ${expected}, answered ${ours}`)
      }
    }
  }
  return { agreed, byDifference, failures, notRun }
}

function judgeAny(vector: Vector): Outcome {
  if ('argv' in vector) return judgeText(vector)
  if (!('revisions' in vector)) return { kind: 'notRun', what: 'directives' }
  const verdict = judge(vector)
  if (verdict.kind === 'agrees') return verdict
  if (verdict.kind === 'differs') return { kind: 'differs', by: verdict.by.id }
  return { ...verdict, expected: vector.expect }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function readVectors(path: string): Vector[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line))
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter(name => name.endsWith('.jsonl'))
  return names.sort().map(name => join(path, name))
}

/** The lines that the repository's `vectors` script prints, the count last. */
export function describeReport(report: VectorReport): string[] {
  const { agreed, byDifference, failures, notRun } = report
  const [differing, missing] = [byDifference, notRun].map(total) as [number, number]
  return [
    ...failures,
    ...(missing > 0 ? [`${missing} not run yet, counted as failed: ${listed(notRun)}`] : []),
    `${agreed} as recorded, ${differing} by documented differences${differing > 0 ? `: ${listed(byDifference)}` : ''}`,
    `${agreed + differing} passed, ${failures.length + missing} failed`,
  ]
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, number) => sum + number, 0)

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .map(([word, number]) => `${word} ${number}`)
    .sort()
    .join(', ')
