import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  type EquivalenceDatabase,
  openEquivalenceDatabase,
} from '../dialects/alembic/equivalence.ts'
import { judgeDdl } from '../dialects/alembic/judge.ts'
import type { DdlVector } from '../dialects/alembic/vector.ts'
import { postgresServer, type TestServer } from '../support/servers.ts'
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
  /** How many directives are written otherwise and were shown to do the same. */
  readonly proved: number
  /** How many were answered otherwise by which documented difference. */
  readonly byDifference: ReadonlyMap<string, number>
  /** `file: name: what was expected, what was answered`. */
  readonly failures: readonly string[]
  /** How many there are of what cannot be run yet. */
  readonly notRun: ReadonlyMap<string, number>
}

/** How one vector came out. */
type Outcome =
  | { readonly kind: 'agrees' | 'proved' }
  | { readonly kind: 'differs'; readonly by: string }
  | { readonly kind: 'fails'; readonly expected: unknown; readonly ours: unknown }
  | { readonly kind: 'notRun'; readonly what: string }

/** A line of a file; its keys tell which kind it is of. */
type Vector = GraphVector | TextVector | DdlVector | Unreadable | { readonly name: string }

interface Unreadable {
  readonly name: string
  readonly problem: string
}

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

/** The vectors judged so far, and the databases that they run on. */
class VectorRun implements VectorReport {
  agreed = 0
  proved = 0
  readonly byDifference = new Map<string, number>()
  readonly notRun = new Map<string, number>()
  readonly failures: string[] = []
  #server: Promise<TestServer> | undefined
  #versions: Promise<VersionDatabase> | undefined
  #equivalence: Promise<EquivalenceDatabase> | undefined

  async judge(file: string, vector: Vector): Promise<void> {
    const outcome = await this.#outcomeOf(vector).catch(thrown)
    switch (outcome.kind) {
      case 'agrees':
        this.agreed += 1
        break
      case 'proved':
        this.proved += 1
        break
      case 'differs':
        count(this.byDifference, outcome.by)
        break
      case 'notRun':
        count(this.notRun, outcome.what)
        break
      default: {
        const [expected, ours] = [outcome.expected, outcome.ours].map(it => JSON.stringify(it))
        this.failures.push(`${file}: ${vector.name}: expected ${expected}, answered ${ours}`)
      }
    }
  }

  async #outcomeOf(vector: Vector): Promise<Outcome> {
    if ('problem' in vector) return { kind: 'fails', expected: 'JSON', ours: vector.problem }
    if ('argv' in vector) {
      this.#versions ??= this.#useServer().then(openVersionDatabase)
      const ours = await runText(vector, await this.#versions)
      const { name: _, graph, argv, ...expected } = vector
      return outcome(judgeText(vector, ours), expected, ours)
    }
    if ('revisions' in vector) {
      const ours = answerOf(vector)
      return outcome(judge(vector, ours), vector.expect, ours)
    }
    return 'op' in vector ? this.#judgeDirective(vector) : { kind: 'notRun', what: 'unknown' }
  }

  async #judgeDirective(vector: DdlVector): Promise<Outcome> {
    this.#equivalence ??= this.#useServer().then(openEquivalenceDatabase)
    const verdict = await judgeDdl(vector, await this.#equivalence)
    return verdict.kind === 'differs' ? { kind: 'differs', by: verdict.by.join(' + ') } : verdict
  }

  #useServer(): Promise<TestServer> {
    this.#server ??= postgresServer()
    return this.#server
  }

  async end(): Promise<void> {
    await (await this.#equivalence)?.close()
    await (await this.#versions)?.close()
    await (await this.#server)?.stop()
  }
}

/** What the judging of one vector throws does not keep the others from being judged. */
const thrown = (error: Error): Outcome => ({
  kind: 'fails',
  expected: 'a verdict',
  ours: String(error.stack),
})

function outcome(verdict: Verdict, expected: unknown, ours: unknown): Outcome {
  return verdict.kind === 'fails' ? { ...verdict, expected, ours } : verdict
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function readVectors(path: string): Vector[] {
  const oracle = oracleOf(path)
  if (oracle !== undefined) return readRealGraph(path, oracle)
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : readVector(line, index + 1)))
}

function readVector(line: string, number: number): Vector {
  try {
    return JSON.parse(line)
  } catch (error) {
    return { name: `line ${number}`, problem: (error as Error).message }
  }
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
  const { agreed, proved, byDifference, failures, notRun } = report
  const [differing, missing] = [byDifference, notRun].map(total) as [number, number]
  const summary = [
    `${agreed} as recorded`,
    ...(proved > 0 ? [`${proved} otherwise, and the same on PostgreSQL`] : []),
    `${differing} by documented differences${differing > 0 ? ` (${listed(byDifference)})` : ''}`,
    ...(missing > 0 ? [`${missing} not run yet and counted as failed (${listed(notRun)})`] : []),
  ]
  return [
    ...failures,
    summary.join('; '),
    `${agreed + proved + differing} passed, ${failures.length + missing} failed`,
  ]
}

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, number) => sum + number, 0)

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .map(([word, number]) => `${word} ${number}`)
    .sort()
    .join(', ')
