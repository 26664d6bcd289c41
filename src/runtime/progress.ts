/** Which revisions of a run are safe and which would be lost with the open transaction. */
export class RunProgress {
  readonly #committed: string[] = []
  #open: string[] = []
  #hasPartialCommit = false

  /** A revision has done all its work, inside the open transaction. */
  finish(revision: string): void {
    this.#open.push(revision)
    this.#hasPartialCommit = false
  }

  /** The open transaction was committed; `midway` when the current revision is not finished. */
  commit(midway = false): void {
    this.#committed.push(...this.#open)
    this.#open = []
    this.#hasPartialCommit = midway
  }

  /** What stays in the database when the run fails now, in words and as ids. */
  failure(revision: string): RunOutcome {
    return {
      stayed: [...this.#committed],
      rolledBack: [...this.#open, revision],
      partly: this.#hasPartialCommit,
    }
  }
}

export interface RunOutcome {
  /** Revisions whose work is committed. */
  readonly stayed: readonly string[]
  /** Revisions whose work was undone, the failed one last. */
  readonly rolledBack: readonly string[]
  /** Part of the failed revision was committed before the failure. */
  readonly partly: boolean
}

/** The outcome as a sentence. */
export function describeOutcome({ stayed, rolledBack, partly }: RunOutcome): string {
  const undone = partly
    ? `Of ${rolledBack.at(-1)}, what came before its last commit stays; the rest was rolled back.`
    : `Rolled back: ${rolledBack.join(', ')}.`
  const kept = stayed.length === 0 ? 'Nothing of this run stays.' : `Stays: ${stayed.join(', ')}.`
  return partly && stayed.length === 0 ? undone : `${undone} ${kept}`
}
