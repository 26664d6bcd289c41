import { isDeepStrictEqual } from 'node:util'
import { differences } from './differences.ts'
import { isPromised, plainAnswer } from './plain-answer.ts'
import { readPlainly, rowsAfterSteps } from './plain-graph.ts'
import type { Answer, GraphVector } from './vector.ts'

/** How limbeck's answer to a vector stands to Alembic's. */
export type Verdict =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'differs'; readonly by: string }
  | { readonly kind: 'fails' }

/**
 * Compares limbeck's answer with the recorded ones. Where it is none of them it must be what the
 * documentation promises, in a situation that one of the differences speaks of.
 */
export function judge(vector: GraphVector, ours: Answer): Verdict {
  const answers = [vector.expect, ...(vector.alternatives ?? [])]
  if (answers.some(answer => isSame(vector, answer, ours))) return { kind: 'agrees' }
  const graph = readPlainly(vector)
  const promised = plainAnswer(vector, graph)
  if (!promised || !isPromised(vector, graph, ours)) return { kind: 'fails' }
  if (vector.notListed && answers.some(answer => isUnlisted(vector, answer, ours))) {
    return { kind: 'agrees' }
  }
  // Where the recorded answer is a promised one as well, nothing excuses another.
  if (answers.some(answer => isPromised(vector, graph, answer))) return { kind: 'fails' }
  const by = differences.find(difference => difference.concerns({ vector, graph, promised }))
  return by ? { kind: 'differs', by: by.id } : { kind: 'fails' }
}

function isSame(vector: GraphVector, theirs: Answer, ours: Answer): boolean {
  if (theirs.error || ours.error) return theirs.error?.category === ours.error?.category
  return isDeepStrictEqual(compared(vector, theirs), compared(vector, ours))
}

/** Everything but the warnings about files, which limbeck reports as errors. */
function compared(vector: GraphVector, { warnings = [], ...answer }: Answer): unknown {
  const said = warnings.filter(warning => warning.startsWith('ambiguous'))
  return { ...answer, ...shownSteps(vector, answer), warnings: said }
}

/** Some recordings hold the rows after each step instead of what it changes, or those at the end only. */
function shownSteps({ heads, shows = 'changes' }: GraphVector, { steps }: Answer): object {
  if (!steps || shows === 'changes') return {}
  const states = rowsAfterSteps(heads, steps).map(rows => [...rows].sort())
  if (shows === 'end') return { steps: states.slice(-1) }
  return { steps: steps.map(({ rev }, index) => [rev, states[index]]) }
}

/** Where not every answer is listed: what does not vary agrees. */
function isUnlisted({ varies = [] }: GraphVector, theirs: Answer, ours: Answer): boolean {
  if (!ours.steps || !theirs.steps) return varies.includes('result')
  const order = (answer: Answer) => answer.steps!.map(step => step.rev)
  if (!varies.includes('order') && !isDeepStrictEqual(order(theirs), order(ours))) return false
  return varies.includes('headsAfter') || isDeepStrictEqual(theirs.headsAfter, ours.headsAfter)
}
