import { renameCandidates } from '../../diff/renames/candidates.ts'
import type { Changes } from '../../diff/renames/changes.ts'
import { type FormerNames, meaningsOf } from '../../diff/renames/meant.ts'
import type { RenameCandidate } from '../../diff/renames/rename.ts'
import { stepsOf } from '../../diff/renames/steps.ts'
import { endsOf, findThing, keyOf } from '../../diff/renames/things.ts'
import type { Rename, RenameKind, RenameWords } from '../../operations/rename-words.ts'
import { isMapped } from '../enum-mapping.ts'
import type { AskRename, FoundRename } from './answers.ts'
import { expectApart, type GivenRename, meaning, nameIsTaken, type Sides } from './given.ts'

/** A rename with who decided it. */
export interface DecidedRename {
  readonly rename: Rename
  readonly reasons: readonly string[]
  readonly decision: FoundRename['decision']
}

/** What is known when a stage of renames is decided. */
export interface Stage extends Sides {
  /** What may be renamed by now. */
  readonly kinds: ReadonlySet<RenameKind>
  /** What is asked about now. */
  readonly asked: ReadonlySet<RenameKind>
  readonly changes: Changes
  readonly nowCalled: FormerNames
  /** Words that mean nothing yet. */
  readonly given: readonly RenameWords[]
  readonly hints: readonly RenameWords[]
  readonly ask: AskRename | undefined
  /** What is said of values of enums that become others. */
  readonly mapped: readonly string[]
}

/** What words mean in this stage; `left` are those that have to wait for the next. */
export function decideGiven(stage: Stage): {
  readonly decided: readonly DecidedRename[]
  readonly left: readonly RenameWords[]
} {
  const decided: GivenRename[] = []
  const left: RenameWords[] = []
  for (const words of stage.given) {
    const rename = meaning(words, stage, stage.nowCalled)
    if (rename === undefined || !stage.kinds.has(rename.kind)) left.push(words)
    else if (isChange(rename)) decided.push({ words, rename })
  }
  expectApart(decided)
  const { blocked } = stepsOf(
    decided.map(({ rename }) => rename),
    stage.current,
  )
  const taken = decided.find(({ rename }) => blocked.includes(rename))
  if (taken !== undefined) throw nameIsTaken(taken)
  return {
    decided: decided.map(({ rename }) => ({ rename, reasons: [], decision: 'given' })),
    left,
  }
}

/**
 * What the target's hints mean. One whose new name is there already is of a rename that was made, and one
 * whose old name is gone is of no more use: both are passed over.
 */
export function decideHints(stage: Stage, decided: readonly DecidedRename[]): DecidedRename[] {
  const meant = stage.hints.flatMap(words => {
    const { exact } = meaningsOf(words, stage.current, stage.target, stage.nowCalled)
    return exact.filter(rename => stage.kinds.has(rename.kind) && isChange(rename)).slice(0, 1)
  })
  const isThere = (rename: Rename) => findThing(stage.current, endsOf(rename).to) !== undefined
  let useful = apart(meant, decided)
  // A new name may be there because it is the old one of another hint, as long as the chain has a new end.
  for (;;) {
    const leaving = new Set(useful.map(rename => keyOf(endsOf(rename).from)))
    const next = useful.filter(rename => !isThere(rename) || leaving.has(keyOf(endsOf(rename).to)))
    if (next.length === useful.length) break
    useful = next
  }
  const { blocked } = stepsOf([...decided.map(({ rename }) => rename), ...useful], stage.current)
  const open = useful.filter(rename => !blocked.includes(rename) && !isCircular(rename, useful))
  return open.map(rename => ({ rename, reasons: [], decision: 'hint' }))
}

const isChange = ({ from, to, toSchema }: Rename): boolean => from !== to || toSchema !== undefined

/** Two names that each were the other's: whether they have changed places already cannot be seen. */
function isCircular(rename: Rename, others: readonly Rename[]): boolean {
  const seen = new Set<Rename>()
  for (let at: Rename | undefined = rename; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const end: string = keyOf(endsOf(at).to)
    at = others.find(other => keyOf(endsOf(other).from) === end)
    if (at === rename) return true
  }
  return false
}

/** Those that share no end with what is decided. */
function apart(renames: readonly Rename[], decided: readonly DecidedRename[]): Rename[] {
  const used = new Set(decided.flatMap(({ rename }) => ends(rename)))
  return renames.filter(rename => !ends(rename).some(end => used.has(end)))
}

function ends(rename: Rename): string[] {
  const { from, to } = endsOf(rename)
  return [`from ${keyOf(from)}`, `to ${keyOf(to)}`]
}

/** Candidates that are left: asked where somebody can be, each new thing once; else open. */
export async function decideCandidates(
  stage: Stage,
  decided: readonly DecidedRename[],
): Promise<DecidedRename[]> {
  const { current, target, changes, asked, ask } = stage
  const all = renameCandidates(changes, current, target, asked)
  const possible = all
    .filter(({ rename }) => !becomesOther(rename, stage))
    .filter(({ rename }) => stepsOf([rename], current).blocked.length === 0)
  const used = new Set(decided.flatMap(({ rename }) => ends(rename)))
  const free = ({ rename }: RenameCandidate) => !ends(rename).some(end => used.has(end))
  if (ask === undefined)
    return possible
      .filter(free)
      .map(({ rename, reasons }) => ({ rename, reasons, decision: 'open' }))
  const answered: DecidedRename[] = []
  for (const candidates of questions(possible)) {
    const choices = candidates.filter(free)
    const [first] = choices
    if (first === undefined) continue
    const { kind, of, to, toSchema } = first.rename
    const position = await ask({
      kind,
      name: [of ?? toSchema, to].filter(part => part !== undefined).join('.'),
      choices: choices.map(({ rename, reasons }) => ({ from: formerName(rename), reasons })),
    })
    const chosen = position === undefined ? undefined : choices[position]
    if (chosen === undefined) continue
    for (const end of ends(chosen.rename)) used.add(end)
    answered.push({ rename: chosen.rename, reasons: chosen.reasons, decision: 'answer' })
  }
  return answered
}

/** What was said to become another value is no rename. */
function becomesOther({ kind, schema, of, from }: Rename, { mapped, current }: Stage): boolean {
  if (kind !== 'enumValue' || of === undefined) return false
  return isMapped(mapped, { schema, name: of }, from, current.defaultSchema)
}

/** With its schema, where that is what changes. */
const formerName = ({ schema, from, toSchema }: Rename): string =>
  toSchema === undefined ? from : `${schema}.${from}`

/** The candidates of each thing that comes, the likeliest thing first. */
function questions(candidates: readonly RenameCandidate[]): (readonly RenameCandidate[])[] {
  const groups = new Map<string, RenameCandidate[]>()
  for (const candidate of candidates) {
    const end = keyOf(endsOf(candidate.rename).to)
    groups.set(end, [...(groups.get(end) ?? []), candidate])
  }
  return [...groups.values()]
}
