import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresServer } from '../support/servers.ts'
import { answerOf } from './answer.ts'
import { judge } from './judge.ts'
import { judgeText } from './judge-text.ts'
import { mutantsOf, textMutantsOf } from './mutants.ts'
import { isPromised, plainAnswer } from './plain-answer.ts'
import { readPlainly } from './plain-graph.ts'
import { runText } from './run-text.ts'
import type { TextVector } from './text-vector.ts'
import type { GraphVector } from './vector.ts'
import { openVersionDatabase, type VersionDatabase } from './version-database.ts'

function read<V>(name: string): V[] {
  const text = readFileSync(new URL(`./vectors/${name}.jsonl`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}

/** Counts the defects that a judge lets pass: how many, of how many, by name. */
class Tally {
  made = 0
  readonly passed: string[] = []

  add(name: string, isRefused: boolean): void {
    this.made += 1
    if (!isRefused) this.passed.push(name)
  }

  get refusedShare(): number {
    return 1 - this.passed.length / this.made
  }
}

describe.each(['graph-named', 'graph-random'])('the judge of %s', name => {
  const vectors = read<GraphVector>(name)

  test('refuses answers with a defect', () => {
    const tally = new Tally()
    for (const vector of vectors) {
      for (const [defect, mutant] of mutantsOf(answerOf(vector))) {
        tally.add(`${vector.name}: ${defect}`, judge(vector, mutant).kind === 'fails')
      }
    }
    expect(tally.made).toBeGreaterThan(10_000)
    expect(tally.refusedShare, tally.passed.join('\n')).toBeGreaterThan(0.995)
  })

  test('refuses them where a difference was documented, too', () => {
    const tally = new Tally()
    for (const vector of vectors) {
      const ours = answerOf(vector)
      if (judge(vector, ours).kind !== 'differs') continue
      for (const [defect, mutant] of mutantsOf(ours)) {
        tally.add(`${vector.name}: ${defect}`, judge(vector, mutant).kind !== 'differs')
      }
    }
    expect(tally.made).toBeGreaterThan(500)
    expect(tally.refusedShare, tally.passed.join('\n')).toBeGreaterThan(0.99)
  })

  test('excuses nothing by a reading of its own: where Alembic was right, the plain reading says the same', () => {
    for (const vector of vectors) {
      const ours = answerOf(vector)
      const graph = readPlainly(vector)
      if (judge(vector, ours).kind !== 'agrees' || !plainAnswer(vector, graph)) continue
      expect(isPromised(vector, graph, ours), vector.name).toBe(true)
    }
  })
})

describe('the judge of command lines', () => {
  let database: VersionDatabase
  beforeAll(async () => {
    database = await openVersionDatabase(await postgresServer())
  })
  afterAll(() => database.close())

  test('refuses text, exit statuses, rows and logs with a defect', async () => {
    const tally = new Tally()
    for (const vector of read<TextVector>('cli-text').filter((_, index) => index % 5 === 0)) {
      for (const [defect, mutant] of textMutantsOf(await runText(vector, database))) {
        tally.add(`${vector.name}: ${defect}`, judgeText(vector, mutant).kind === 'fails')
      }
    }
    expect(tally.made).toBeGreaterThan(1000)
    expect(tally.refusedShare, tally.passed.join('\n')).toBeGreaterThan(0.98)
  })
})
