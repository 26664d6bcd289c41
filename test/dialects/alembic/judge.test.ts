import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresServer } from '../../support/servers.ts'
import { differences } from './differences.ts'
import { type EquivalenceDatabase, openEquivalenceDatabase } from './equivalence.ts'
import { type DdlVerdict, judgeDdl } from './judge.ts'
import { recordedIn } from './recorded.ts'
import { comparable } from './same-sql.ts'
import type { DdlVector } from './vector.ts'

const vectors = ['postgresql', 'sqlite', 'mysql'].flatMap(dialect =>
  recordedIn(new URL(`../${dialect}/alembic-ddl.jsonl`, import.meta.url)).map(([, one]) => one),
)

let database: EquivalenceDatabase
let verdicts: readonly DdlVerdict[]
beforeAll(async () => {
  database = await openEquivalenceDatabase(await postgresServer())
  verdicts = await judgeAll(vectors)
})
afterAll(() => database.close())

/** One after the other, as they share a database. */
async function judgeAll(judged: readonly DdlVector[]): Promise<DdlVerdict[]> {
  const verdicts = []
  for (const vector of judged) verdicts.push(await judgeDdl(vector, database))
  return verdicts
}

/** Those that limbeck writes as they are recorded, or as a rebuild: no rule gives their answer alone. */
function written(): DdlVector[] {
  return vectors.filter((_, at) => {
    const verdict = verdicts[at]!
    if (verdict.kind === 'differs') return verdict.by.join() === 'guarded-rebuild'
    return ['agrees', 'proved'].includes(verdict.kind) && !vectors[at]!.error
  })
}

/** The same vector with another answer, as if Alembic had written that. */
function mutated(vector: DdlVector, change: (sql: string) => string): DdlVector {
  return { ...vector, alternatives: [], otherwise: undefined as never, sql: vector.sql.map(change) }
}

describe('the judge of directives', () => {
  test('uses every difference', () => {
    const used = verdicts.flatMap(verdict => (verdict.kind === 'differs' ? verdict.by : []))
    expect(differences.map(({ id }) => id).filter(id => !used.includes(id))).toEqual([])
  })

  test.each([
    ['a column that is named otherwise', (sql: string) => sql.replaceAll(/\bname\b/g, 'nome')],
    ['another type', (sql: string) => sql.replaceAll('INTEGER', 'BIGINT')],
    [
      'a column that may be null',
      (sql: string) => sql.replaceAll(/(?<!SERIAL )NOT NULL(?!.*PRIMARY KEY)/gs, ''),
    ],
    ['another default', (sql: string) => sql.replaceAll(/DEFAULT '/g, "DEFAULT 'x")],
  ])('notices %s', async (_, change) => {
    const other = written()
      .map(vector => [vector, mutated(vector, change)] as const)
      .filter(([{ sql }, one]) => one.sql.map(comparable).join() !== sql.map(comparable).join())
      .map(([, one]) => one)
    const judged = await judgeAll(other)
    const passed = other.filter((_, at) => judged[at]!.kind !== 'fails').map(({ name }) => name)
    expect(other.length).toBeGreaterThan(10)
    expect(passed).toEqual([])
  })
})

describe('SQL that is compared', () => {
  test('keeps white space and signs in texts, and drops them elsewhere', () => {
    expect(comparable(`SELECT "a" ,\n  'b ( "c" ) ; '  FROM \`d e\`;`)).toBe(
      `SELECT a,'b ( "c" ) ; '  FROM "d e"`.replace("'  FROM", "' FROM"),
    )
  })
})
