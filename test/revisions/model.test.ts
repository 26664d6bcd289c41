import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOf } from '../alembic/answer.ts'
import { isPromised, plainAnswer } from '../alembic/plain-answer.ts'
import type { GraphVector, VectorCommand } from '../alembic/vector.ts'
import { asVectorRevision, labelledSituations, type Situation } from './random-graph.ts'

/** Numbers that choose a way to name revisions: `branch@symbol+n`, each part optional. */
const choices = fc.record({
  branch: fc.nat(),
  symbol: fc.nat(),
  length: fc.nat(6),
  offset: fc.constantFrom('', '', '', '', '+1', '+2', '-1', '-2', '+9', '-9'),
  hasBranch: fc.constantFrom(false, false, true),
  isBare: fc.boolean(),
})

type Choices = typeof choices extends fc.Arbitrary<infer C> ? C : never

function nameOf({ revisions }: Situation, made: Choices): string {
  const ids = revisions.map(({ id }) => id)
  const labels = revisions.flatMap(({ branchLabels }) => branchLabels)
  const words = [...ids, ...labels, 'head', 'heads', 'base', 'nothing']
  const word = words[made.symbol % words.length]!
  const isShort = made.length > 3 && ids.concat(labels).includes(word)
  const symbol = isShort ? word.slice(0, made.length) : word
  const branches = [...ids, ...labels, ...labels, 'nowhere']
  const branch = made.hasBranch ? `${branches[made.branch % branches.length]}@` : ''
  return `${branch}${made.isBare && made.offset !== '' ? '' : symbol}${made.offset}`
}

const holds = (
  kind: string,
  commandOf: (names: string[], choice: number) => Partial<VectorCommand>,
) =>
  fc.assert(
    fc.property(
      labelledSituations,
      fc.array(choices, { minLength: 3, maxLength: 3 }),
      fc.nat(),
      (situation, made, choice) => {
        const names = made.map(one => nameOf(situation, one))
        const vector: GraphVector = {
          name: '',
          revisions: situation.revisions.map(asVectorRevision),
          heads: situation.rows,
          command: { kind, ...commandOf(names, choice) },
          expect: {},
        }
        const ours = answerOf(vector)
        const promised = plainAnswer(vector, situation.plain)
        const said = `${JSON.stringify(vector.command)}: ${JSON.stringify(ours)}, not ${JSON.stringify(promised)}`
        expect(isPromised(vector, situation.plain, ours), said).toBe(true)
      },
    ),
    { numRuns: 600 },
  )

test.each<[string, Parameters<typeof holds>[1]]>([
  ['upgrade', ([target]) => ({ target: target! })],
  ['downgrade', ([target]) => ({ target: target! })],
  ['stamp', (names, choice) => ({ target: names.slice(0, 1 + (choice % 3)) })],
  [
    'history',
    ([start, end], choice) => ({
      target: [`${start}:${end}`, `${start}:`, `:${end}`][choice % 3]!,
    }),
  ],
  ['resolve', (names, choice) => ({ target: names.slice(0, 1 + (choice % 2)), single: false })],
])('any %s is answered as a plain reading of the documentation does', (kind, commandOf) => {
  holds(kind, commandOf)
})
