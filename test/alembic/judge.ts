import { isDeepStrictEqual } from 'node:util'
import { answerOf } from './answer.ts'
import { type Difference, differences } from './differences.ts'
import { brokenLaws, readPlainly } from './plain-graph.ts'
import type { Answer, GraphVector } from './vector.ts'

/** How limbeck's answer to a vector stands to Alembic's. */
export type Verdict =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'differs'; readonly by: Difference }
  | { readonly kind: 'fails'; readonly ours: Answer }

/** Compares limbeck's answer with the recorded ones, then with the documented differences. */
export function judge(vector: GraphVector): Verdict {
  const ours = plain(answerOf(vector))
  const answers = [vector.expect, ...(vector.alternatives ?? [])]
  if (answers.some(answer => isSame(answer, ours))) return { kind: 'agrees' }
  const graph = readPlainly(vector)
  if (vector.notListed && answers.some(answer => isUnlisted(vector, answer, ours))) {
    return { kind: 'agrees' }
  }
  const by = differences.find(difference => difference.covers({ vector, graph, ours }))
  return by ? { kind: 'differs', by } : { kind: 'fails', ours }
}

function isSame(theirs: Answer, ours: Answer): boolean {
  if (theirs.error || ours.error) return theirs.error?.category === ours.error?.category
  return isDeepStrictEqual(compared(theirs), compared(ours))
}

/** Everything but the warnings about files, which limbeck reports as errors. */
function compared({ warnings = [], ...answer }: Answer): unknown {
  return { ...answer, warnings: warnings.filter(warning => warning.startsWith('ambiguous')) }
}

/** Where not every answer is listed: what does not vary agrees, and the laws hold. */
function isUnlisted(vector: GraphVector, theirs: Answer, ours: Answer): boolean {
  const { varies = [] } = vector
  if (!ours.steps || !theirs.steps) {
    const sorted = (answer: Answer) => [...(answer.revs ?? [])].sort()
    return varies.includes('result') && isDeepStrictEqual(sorted(theirs), sorted(ours))
  }
  const order = (answer: Answer) => {
    const revs = answer.steps!.map(step => step.rev)
    return varies.includes('order') ? revs.sort() : revs
  }
  if (!isDeepStrictEqual(order(theirs), order(ours))) return false
  if (!varies.includes('headsAfter') && !isDeepStrictEqual(theirs.headsAfter, ours.headsAfter)) {
    return false
  }
  const rows = (ours.headsBefore as string[] | undefined) ?? vector.heads
  return brokenLaws(readPlainly(vector), rows, ours.steps, ours.headsAfter!).length === 0
}

/** Without undefined keys, as JSON has none. */
function plain(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer)) as Answer
}
