import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { answerOf } from './answer.ts'
import { judge, type Verdict } from './judge.ts'
import { judgeText } from './judge-text.ts'
import { oracleOf, readRealGraph } from './real-graphs.ts'
import { runText } from './run-text.ts'
import type { TextVector } from './text-vector.ts'
import type { GraphVector } from './vector.ts'
import { openVersionDatabase, type VersionDatabase } from './version-database.ts'

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
  | {
      readonly kind: 'judged'
      readonly verdict: Verdict
      readonly expected: object
      readonly ours: object
    }
  | { readonly kind: 'notRun'; readonly what: string }

/** A line of a file; its keys tell which kind it is of. */
type Vector = GraphVector | TextVector | { readonly name: string }

/**
 * Judges every vector of the files: lines of `.jsonl`, and graphs in `.json` that have their answers
 * in `oracle/` beside them. A folder stands for the files in it.
 */
export async function runVectors(paths: readonly string[]): Promise<VectorReport> {
  const run = new VectorRun()
  try {
    for (const path of paths.flatMap(filesOf)) {
      for (const vector of readVectors(path)) await run.judge(basename(path), vector)
    }
  } finally {
    await run.end()
  }
  return run
}

/** The vectors judged so far, and the database that command lines run on. */
class VectorRun implements VectorReport {
  agreed = 0
  readonly byDifference = new Map<string, number>()
  readonly notRun = new Map<string, number>()
  readonly failures: string[] = []
  #database: Promise<VersionDatabase> | undefined

  async judge(file: string, vector: Vector): Promise<void> {
    const outcome = await this.#outcomeOf(vector)
    if (outcome.kind === 'notRun') return count(this.notRun, outcome.what)
    const { verdict, expected, ours } = outcome
    if (verdict.kind === 'agrees') this.agreed += 1
    else if (verdict.kind === 'differs') count(this.byDifference, verdict.by)
    else {
      const said = `expected ${JSON.stringify(expected)}, answered ${JSON.stringify(ours)}`
      this.failures.push(`${file}: ${vector.name}: ${said}`)
    }
  }

  async #outcomeOf(vector: Vector): Promise<Outcome> {
    if ('argv' in vector) {
      this.#database ??= openVersionDatabase()
      const ours = await runText(vector, await this.#database)
      const { name: _, graph, argv, ...expected } = vector
      return { kind: 'judged', verdict: judgeText(vector, ours), expected, ours }
    }
    if ('revisions' in vector) {
      const ours = answerOf(vector)
      return { kind: 'judged', verdict: judge(vector, ours), expected: vector.expect, ours }
    }
    return { kind: 'notRun', what: 'directives' }
  }

  async end(): Promise<void> {
    await (await this.#database)?.close()
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function readVectors(path: string): Vector[] {
  const oracle = oracleOf(path)
  if (oracle !== undefined) return readRealGraph(path, oracle)
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter(line => line.trim() !== '').map(line => JSON.parse(line))
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  const paths = readdirSync(path)
    .sort()
    .map(name => join(path, name))
  return paths.filter(file => file.endsWith('.jsonl') || oracleOf(file) !== undefined)
}

/** The lines that the repository's `vectors` script prints, the count last. */
export function describeReport(report: VectorReport): string[] {
  const { agreed, byDifference, failures, notRun } = report
  const [differing, missing] = [byDifference, notRun].map(total) as [number, number]
  const summary = [
    `${agreed} as recorded`,
    `${differing} by documented differences${differing > 0 ? ` (${listed(byDifference)})` : ''}`,
    ...(missing > 0 ? [`${missing} not run yet and counted as failed (${listed(notRun)})`] : []),
  ]
  return [
    ...failures,
    summary.join('; '),
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
