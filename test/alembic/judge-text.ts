import { isDeepStrictEqual } from 'node:util'
import type { Verdict } from './judge.ts'
import { isSameSet } from './plain-answer.ts'
import type { OurAnswer } from './run-text.ts'
import { graphDifference } from './text-as-graph.ts'
import { textDifferences } from './text-differences.ts'
import { isOffline, type TextAnswer, type TextVector } from './text-vector.ts'

/** Compares what limbeck's command line did with what was recorded, or with what the differences make of it. */
export function judgeText(vector: TextVector, ours: OurAnswer): Verdict {
  const recordings: readonly TextAnswer[] = [vector, ...(vector.alternatives ?? [])]
  for (const recorded of recordings) {
    const { answer, rules } = documented(vector, recorded)
    if (!isSame(vector, answer, ours)) continue
    return rules.length === 0 ? { kind: 'agrees' } : { kind: 'differs', by: rules.join('+') }
  }
  if (ours.exit !== ours.documentedExit || !leavesRows(vector, ours)) return { kind: 'fails' }
  const rules = recordings.map(recorded => graphDifference(vector, recorded, ours))
  const [rule] = rules
  // What agrees with one of the recordings is excused by no rule.
  return rule === undefined || rules.includes(undefined)
    ? { kind: 'fails' }
    : { kind: 'differs', by: rule }
}

/** A failure changes no row, and nor does what does not move. */
function leavesRows({ argv: [command = ''], graph }: TextVector, ours: OurAnswer): boolean {
  const moves = ours.exit === 0 && ['upgrade', 'downgrade', 'stamp'].includes(command)
  return moves || ours.rowsAfter === undefined || isSameSet(graph.rows, ours.rowsAfter)
}

/** limbeck's answer by the book: the recorded one, after every rule that has a word to say. */
function documented(vector: TextVector, recorded: TextAnswer) {
  const rules: string[] = []
  let answer = recorded
  for (const difference of textDifferences) {
    const changed = difference.answer(vector, answer)
    if (changed === undefined) continue
    rules.push(difference.id)
    answer = changed
  }
  return { answer, rules }
}

function isSame(vector: TextVector, theirs: TextAnswer, ours: OurAnswer): boolean {
  const { log = [], warnings = [] } = theirs
  if (!isDeepStrictEqual(rowsAfter(vector, theirs), ours.rowsAfter)) return false
  if (theirs.exit !== 0 || ours.exit !== 0) return isSameFailure(theirs, ours)
  return (
    isDeepStrictEqual(log, ours.log) &&
    isDeepStrictEqual(warnings, ours.warnings) &&
    comparable(vector, theirs.stdout) === comparable(vector, ours.stdout)
  )
}

/** Where nothing else was recorded the rows stay as they are. */
function rowsAfter(vector: TextVector, { rowsAfter }: TextAnswer): readonly string[] | undefined {
  if (isOffline(vector)) return undefined
  return rowsAfter ?? [...vector.graph.rows].sort()
}

/** The text of a failure is limbeck's own, and so is its exit status: the one that its code has. */
function isSameFailure(theirs: TextAnswer, ours: OurAnswer): boolean {
  return (
    theirs.exit !== 0 &&
    ours.exit === ours.documentedExit &&
    theirs.stderr_category === ours.stderr_category
  )
}

/** Text as it is, but for blanks at the ends of lines of SQL and for an order that is not unique. */
function comparable(vector: TextVector, text: string): string {
  if (isOffline(vector)) return text.replace(/[ \t]+$/gm, '')
  return vector.notListed === undefined ? text : inAnyOrder(vector.argv[0]!, text)
}

/** Sorts what Alembic gives in no particular order: labels, what branches off, and what is current. */
function inAnyOrder(command: string, text: string): string {
  const sorted = (list: string) => list.split(', ').sort().join(', ')
  const lists = text
    .replace(/^(Branch(?:es into| names): )(.*)$/gm, (_, title, list) => title + sorted(list))
    .replace(/(?<=^(?! {4} *[^ -]).*)\((\S+(?:, \S+)+)\)/gm, (_, list) => `(${sorted(list)})`)
    .replace(/^ +-> .*\n(?:.+\n)*/gm, entries =>
      entries
        .split(/^(?= +-> )/m)
        .sort()
        .join(''),
    )
  return command === 'current'
    ? lists
        .split(/^(?=\S)(?=Rev: |\w+(?: \(|$))/m)
        .sort()
        .join('')
    : lists
}
