/** Which revisions of a run are safe and which would be lost with the open transaction. */
export class RunProgress {
  readonly #committed: string[] = []
  readonly #uncertain: string[] = []
  #open: string[] = []
  #isPartlyCommitted = false
  #commits = 0
  #isHalted = false

  /** Part of the revision that is running was committed before its end. */
  get isPartlyCommitted(): boolean {
    return this.#isPartlyCommitted
  }

  /** Something failed that must not be tried again before somebody has seen it. */
  get isHalted(): boolean {
    return this.#isHalted
  }

  halt(): void {
    this.#isHalted = true
  }

  /** An earlier run has committed a part of the revision that begins. */
  goOn(): void {
    this.#isPartlyCommitted = true
  }

  /** A revision has done all its work, inside the open transaction. */
  finish(revision: string): void {
    this.#open.push(revision)
    this.#isPartlyCommitted = false
  }

  /** The open transaction was committed, with all that is finished. */
  commit(): void {
    this.#commits++
    this.#committed.push(...this.#open)
    this.#open = []
  }

  /** The open transaction was rolled back, and what it held is begun again. */
  rollBack(): void {
    this.#open = []
  }

  /** How many revisions are committed. */
  get done(): number {
    return this.#committed.length
  }

  /** How often something was committed. */
  get commits(): number {
    return this.#commits
  }

  /** The open transaction was committed in the middle of a revision. */
  commitMidway(): void {
    this.commit()
    this.#isPartlyCommitted = true
  }

  /** The open transaction ended, and nobody can say how. */
  loseTrack(revision: string): void {
    this.#uncertain.push(...withLast(this.#open, revision))
    this.#open = []
  }

  /** What the database holds when the run fails now, at this revision, or between two. */
  outcome(revision?: string): RunOutcome {
    const isUncertain = revision !== undefined && this.#uncertain.includes(revision)
    const open = revision === undefined ? [...this.#open] : withLast(this.#open, revision)
    return {
      stayed: [...this.#committed],
      rolledBack: isUncertain ? [] : open,
      uncertain: [...this.#uncertain],
      partly: this.#isPartlyCommitted,
    }
  }
}

/** The failed revision may be finished: then its commit was refused. */
const withLast = (revisions: readonly string[], last: string): string[] => [
  ...new Set([...revisions, last]),
]

export interface RunOutcome {
  /** Revisions whose work is committed. */
  readonly stayed: readonly string[]
  /** Revisions whose work was rolled back, the failed one last. */
  readonly rolledBack: readonly string[]
  /** Revisions of which nobody can say whether their work is committed. */
  readonly uncertain: readonly string[]
  /** Part of the failed revision was committed before the failure. */
  readonly partly: boolean
}

/** The outcome in a sentence or two. */
export function describeOutcome(outcome: RunOutcome): string {
  const { stayed, partly, uncertain } = outcome
  const kept = stayed.length === 0 ? 'Nothing of this run stays.' : `Stays: ${stayed.join(', ')}.`
  const says = stayed.length > 0 || !(partly || uncertain.length > 0)
  return `${describeLost(outcome)}${says ? ` ${kept}` : ''}`
}

function describeLost({ rolledBack, uncertain, partly }: RunOutcome): string {
  if (uncertain.length > 0)
    return `Whether ${uncertain.join(', ')} was committed is not known: \`limbeck current\` tells.`
  if (partly)
    return `Of ${rolledBack.at(-1)}, what came before its last commit stays; the rest was rolled back.`
  return `Rolled back: ${rolledBack.join(', ')}.`
}
